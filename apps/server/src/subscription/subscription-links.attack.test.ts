import { randomUUID } from 'node:crypto'
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

describe('links to confirm and to end', () => {
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
})
