import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSubscriberWorld } from '../../../../scripts/testing/subscribers.ts'
import type { SubscriberWorld } from '../../../../scripts/testing/subscribers.ts'

let world: SubscriberWorld
let server: SubscriberWorld['server']

beforeAll(async () => {
  world = await startSubscriberWorld()
  ;({ server } = world)
})
afterAll(() => world.stop())
afterEach(() => world.forget())

describe('subscribing', () => {
  it('needs a click in the mailbox and one on the page, works once, and ends by one post', async () => {
    const page = await (await fetch(`${server.local}/trust/alpha`)).text()
    expect(page).toContain('action="/trust/alpha/subscribe"')
    expect((await world.ask('reader@example.org', ['edition', 'lapse'])).status).toBe(200)
    await world.arrived(1)
    const [letter] = world.received
    expect(letter?.to).toBe('reader@example.org')
    expect(letter?.raw).toContain('Please confirm: letters about the measures of Alpha')
    const link = world.linkIn(letter?.raw, 'confirm')
    // Programs open links to look at them.
    expect((await fetch(`${server.local}${link}`)).status).toBe(200)
    expect(await world.subscribers()).toEqual([])
    const confirmed = await world.form(link, [])
    expect([confirmed.status, await confirmed.text()]).toEqual([200, expect.stringContaining('every new edition')])
    expect(await world.subscribers()).toEqual([{ email: 'reader@example.org', topics: ['edition', 'lapse'] }])
    expect((await world.form(link, [])).status).toBe(410)
    await world.arrived(2)
    const welcome = world.received[1]?.raw.replaceAll(/\r\n[ \t]/g, ' ') ?? ''
    expect(welcome).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    const end = world.linkIn(welcome, 'unsubscribe')
    expect(welcome).toMatch(
      /List-Unsubscribe: ?<https:\/\/toms\.example\.com\/trust\/alpha\/unsubscribe\?token=[\w.=&-]+>/,
    )
    const shown = await (await fetch(`${server.local}${end}`)).text()
    expect(shown).toContain('reader@example.org')
    // As a mail provider posts it: from elsewhere, without a session.
    const gone = await world.form(end, [['List-Unsubscribe', 'One-Click']], { 'sec-fetch-site': 'cross-site' })
    expect(gone.status).toBe(200)
    expect(await world.subscribers()).toEqual([])
    const again = await world.form(end, [])
    expect([again.status, await again.text()]).toEqual([
      200,
      expect.stringContaining('Nothing is stored under this link'),
    ])
    expect(await (await fetch(`${server.local}${end}`)).text()).not.toContain('reader@example.org')
  })

  it('answers the same whether an address is known or not, and replaces what it wanted only after a click', async () => {
    await world.subscribe('known@example.org', ['edition'])
    const [known, unknown] = [
      await world.ask('KNOWN@example.org', ['lapse']),
      await world.ask('unknown@example.org', ['lapse']),
    ]
    expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()])
    await world.arrived(4)
    expect(await world.subscribers()).toEqual([{ email: 'known@example.org', topics: ['edition'] }])
    const link = world.linkIn(world.received.find(({ to }) => to.startsWith('KNOWN'))?.raw, 'confirm')
    await world.form(link, [])
    expect(await world.subscribers()).toEqual([{ email: 'known@example.org', topics: ['lapse'] }])
  })
})
