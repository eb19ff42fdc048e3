import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSubscriberWorld } from '../../../../scripts/testing/subscribers.ts'
import type { SubscriberWorld } from '../../../../scripts/testing/subscribers.ts'
import { parametersOfRegister } from '../measure/index.ts'
import { noteLapses } from './notice.ts'

let world: SubscriberWorld
let server: SubscriberWorld['server']

beforeAll(async () => {
  world = await startSubscriberWorld()
  ;({ server } = world)
  await backed('pass', "now() + interval '1 day'")
  await world.confirmAll()
  await world.sign()
  await world.forget()
})
afterAll(() => world.stop())
afterEach(() => world.forget())

const systemId = randomUUID()

/** What every check said of one system, as a look would note it. */
async function backed(state: 'pass' | 'fail', until: string): Promise<void> {
  await server.tenants.asSystem('alpha', async (tx) => {
    await tx.sql.query(
      `insert into system (id, name, kind, environment, created_at) values ($1, 'web', 'host', 'production', now()) on conflict do nothing`,
      [systemId],
    )
    await tx.sql.query('delete from backing')
    for (const [check, wanted] of await parametersOfRegister(tx))
      for (const parameters of wanted.keys())
        await tx.sql.query(
          `insert into backing (check_id, system_id, state, looked_at, at, fresh_until, parameters, outcome, failing_since)
           values ($1, $2, $3, now(), now(), ${until}, $4, $5, case when $3 = 'fail' then now() end)`,
          [check, systemId, state, parameters, Buffer.alloc(32)],
        )
  })
}
const sweep = () => server.tenants.asSystem('alpha', noteLapses)

describe('a line whose proof ran out', () => {
  it('is told once, with the day, to whoever wants to hear of it, and again after it was backed in between', async () => {
    const edition = (await (await fetch(`${server.local}/trust/alpha/edition.json`)).json()) as {
      counts: { public: { proven: number } }
    }
    expect(edition.counts.public.proven).toBeGreaterThan(0)
    await world.follow('lapse@example.org', ['lapse'])
    await world.follow('edition@example.org', ['edition'])
    world.received = []
    await sweep()
    expect(await world.letters()).toBe(0)
    await backed('pass', `'2026-01-05T08:00:00Z'`)
    await sweep()
    await sweep()
    await world.arrived(1)
    const [letter] = world.received
    expect(letter?.to).toBe('lapse@example.org')
    expect(letter?.raw).toContain('argon2id hashes')
    expect(letter?.raw).toContain('The proof ran out on 5 January 2026')
    await backed('pass', `now() + interval '1 day'`)
    await sweep()
    await backed('pass', `'2026-01-06T08:00:00Z'`)
    await sweep()
    await world.arrived(2)
    expect(world.received[1]?.raw).toContain('6 January 2026')
  })

  it('is not told while it fails within its grace: the page does not say so either', async () => {
    await world.follow('lapse@example.org', ['lapse'])
    await backed('fail', `now() + interval '1 day'`)
    await sweep()
    expect(await world.letters()).toBe(0)
    await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query(`update backing set failing_since = now() - interval '80 hours'`),
    )
    await sweep()
    await world.arrived(1)
    expect(world.received[0]?.raw).toContain('Correction due.')
    expect(world.received[0]?.raw).not.toContain('web')
  })
})
