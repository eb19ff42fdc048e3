import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { atAlpha } from '../../../../scripts/testing/letters.ts'
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
    expect((await world.form(end, [])).status).toBe(200)
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

  it('refuses what is no single address, and writes to nobody', async () => {
    for (const email of [
      'a@example.org\r\nBcc: victim@example.com',
      'a@example.org\nX: y',
      'a@example.org, b@example.org',
      'A <a@example.org>',
      'a@example.org>',
      'a@b@example.org',
      'a\u2028@example.org',
      `${'a'.repeat(250)}@example.org`,
      '"a b"@example.org',
      '',
    ])
      expect([email, (await world.ask(email)).status]).toEqual([email, 400])
    expect((await world.ask('a@example.org', [])).status).toBe(400)
    expect((await world.ask('a@example.org', ['made-up'])).status).toBe(400)
    expect((await world.ask('a@example.org', ['edition'], { 'sec-fetch-site': 'cross-site' })).status).toBe(404)
    expect(
      (
        await world.form('/trust/nobody/subscribe', [
          ['email', 'a@example.org'],
          ['topic', 'edition'],
        ])
      ).status,
    ).toBe(404)
    const huge = await world.form('/trust/alpha/subscribe', [
      ['email', 'a@example.org'],
      ['topic', 'edition'],
      ['x', 'x'.repeat(9_000)],
    ])
    expect(huge.status).toBe(404)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(world.received).toEqual([])
  })

  it('sends a victim at most three letters a day, whoever asks how often, and says so to nobody', async () => {
    const texts = new Set<string>()
    for (let n = 0; n < 8; n++) texts.add(await (await world.ask('victim@example.org')).text())
    expect(texts.size).toBe(1)
    await vi.waitFor(() => expect(world.received.length).toBeGreaterThan(0), { timeout: 8_000 })
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    expect(world.received.length).toBeLessThanOrEqual(3)
    const { rows } = await server.databases.control.query<{ made: number }>(
      'select max(made)::int as made from attempt',
    )
    expect(rows[0]?.made).toBe(8)
  })

  it('stops a network that enters one address after the other', async () => {
    const statuses = []
    for (let n = 0; n < 22; n++) statuses.push((await world.ask(`many${n}@example.org`)).status)
    expect(statuses.slice(0, 20).every((status) => status === 200)).toBe(true)
    expect(statuses.slice(20)).toEqual([429, 429])
  })

  it('takes no forged, foreign or expired link', async () => {
    const end = await world.subscribe('reader@example.org')
    const token = new URL(`http://x${end}`).searchParams.get('token') ?? ''
    const [id = '', signature = ''] = token.split('.')
    const other = randomUUID()
    for (const [slug, forged] of [
      ['alpha', `${id}.${signature.split('').toReversed().join('')}`],
      ['alpha', `${other}.${signature}`],
      ['alpha', id],
      ['alpha', ''],
      ['beta', token],
    ]) {
      expect([forged, (await world.form(`/trust/${slug}/unsubscribe?token=${forged}`, [])).status]).toEqual([
        forged,
        400,
      ])
      expect((await world.form(`/trust/${slug}/confirm?token=${forged}`, [])).status).toBe(410)
    }
    expect(await world.subscribers()).toHaveLength(1)
    await world.ask('late@example.org')
    await world.arrived(3)
    const link = world.linkIn(world.received[2]?.raw, 'confirm')
    expect((await world.form(link.replace('/alpha/', '/beta/'), [])).status).toBe(410)
    await server.tenants.asSystem('alpha', ({ sql, now }) =>
      sql.query('update subscription_request set expires_at = $1', [now]),
    )
    expect((await world.form(link, [])).status).toBe(410)
    expect(await world.subscribers()).toHaveLength(1)
  })

  it('keeps no token that could be used by whoever reads the database', async () => {
    await world.ask('reader@example.org')
    await world.arrived(1)
    const token = new URL(`http://x${world.linkIn(world.received[0]?.raw, 'confirm')}`).searchParams.get('token') ?? ''
    const stored = await server.tenants.asSystem('alpha', ({ sql }) => sql.query('select * from subscription_request'))
    expect(JSON.stringify(stored.rows)).not.toContain(token)
    expect(token).toMatch(/^[\w-]{43}$/)
  })

  it('is not offered where the owner says so, and who follows already still is written to', async () => {
    await world.subscribe('reader@example.org')
    expect((await world.owner.post(atAlpha('subscriber.allow'), { isOpen: false })).status).toBe(200)
    expect(await (await fetch(`${server.local}/trust/alpha`)).text()).not.toContain('<form')
    expect((await world.ask('other@example.org')).status).toBe(404)
    await world.tellAgain()
    await world.arrived(3)
    expect(world.received[2]?.to).toBe('reader@example.org')
  })
})
