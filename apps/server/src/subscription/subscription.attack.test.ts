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
      ['x', 'x'.repeat(40_000)],
    ])
    expect(huge.status).toBe(404)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(world.received).toEqual([])
  })

  it('sends a victim at most three letters a day, whoever asks how often, and says so to nobody', async () => {
    const texts = new Set<string>()
    const victims = ['victim@example.org', 'VICTIM@example.org', 'victim@EXAMPLE.org']
    for (const [n, victim] of victims.entries()) {
      texts.add(await (await world.ask(victim)).text())
      // Else the next request would end this one before its letter is sent.
      await world.arrived(n + 1)
    }
    const newest = () =>
      server.tenants.asSystem(
        'alpha',
        async ({ sql }) => (await sql.query<{ id: string }>('select id from subscription_request')).rows,
      )
    const before = await newest()
    for (let n = 0; n < 5; n++) texts.add(await (await world.ask('victim@example.org')).text())
    expect(texts.size).toBe(1)
    // Neither a letter nor another link: the one that they hold still works.
    expect(await newest()).toEqual(before)
    expect(before).toHaveLength(1)
  })

  it('stops a network that enters one address after the other', async () => {
    const statuses = []
    for (let n = 0; n < 22; n++) statuses.push((await world.ask(`many${n}@example.org`)).status)
    expect(statuses.slice(0, 20).every((status) => status === 200)).toBe(true)
    expect(statuses.slice(20)).toEqual([429, 429])
  })
})
