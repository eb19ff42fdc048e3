import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startSubscriberWorld } from '../../../../scripts/testing/subscribers.ts'
import type { SubscriberWorld } from '../../../../scripts/testing/subscribers.ts'
import type { Tenants } from '../evidence/index.ts'
import type { Letter } from '../platform/index.ts'
import { sendToSubscribers } from './letters.ts'
import type { LetterDependencies } from './letters.ts'

let world: SubscriberWorld
let tenantId: string

beforeAll(async () => {
  world = await startSubscriberWorld()
  tenantId = (await world.server.registry.open('alpha')).tenant.id
})
afterAll(() => world.stop())
afterEach(() => world.forget())

async function follow(count: number): Promise<void> {
  await world.server.tenants.asSystem('alpha', async ({ sql, newId, now }) => {
    await sql.query(
      `insert into subscriber (id, email, language, topics, since)
       select gen_random_uuid(), 'reader' || n || '@example.org', 'en', '{edition}', '2020-01-01' from generate_series(1, $1) n`,
      [count],
    )
    await sql.query(
      `insert into subscription_notice (id, kind, edition_id, at)
       select $1, 'edition', id, $2 from edition where state = 'edition' order by number desc limit 1`,
      [newId(), now],
    )
  })
}

/** The sender with a mail server that takes note, and perhaps ways of failing. */
function sender(send: (letter: Letter) => Promise<void>, tenants: Tenants = world.server.tenants): LetterDependencies {
  return {
    tenants,
    mailer: { isSet: true, send },
    subscribing: { confirmToken: () => '', endToken: (_, id) => id },
    periods: () => Promise.resolve(new Map()),
    homeOf: () => Promise.resolve('https://toms.example.com/trust/alpha'),
    baseUrl: 'https://toms.example.com',
    log: { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined },
  }
}

/** When the next job is due; it is taken out of the queue, so that only the test sends. */
async function nextJob(): Promise<Date | undefined> {
  await world.server.ledgers.settle(await world.server.registry.open('alpha'))
  const { rows } = await world.server.databases.control.query<{ start_after: Date }>(
    `delete from pgboss.job where name = 'subscription.letters' and data ->> 'tenantId' = $1 returning start_after`,
    [tenantId],
  )
  // One of the publication may have been there as well.
  return rows.map((row) => row.start_after).toSorted((a, b) => b.getTime() - a.getTime())[0]
}

describe('ten thousand subscribers', () => {
  it('get their letters in batches with a pause, each once, also by two senders at the same time', async () => {
    await follow(10_000)
    const sent: string[] = []
    const own = sender(({ to }) => {
      sent.push(to)
      return Promise.resolve()
    })
    const began = Date.now()
    await sendToSubscribers({ tenantId }, own)
    expect(sent).toHaveLength(100)
    expect(await world.letters()).toBe(9_900)
    expect((await nextJob())?.getTime()).toBeGreaterThanOrEqual(began + 5_000)
    // Two at once hold different letters.
    await Promise.all([sendToSubscribers({ tenantId }, own), sendToSubscribers({ tenantId }, own)])
    expect(new Set(sent).size).toBe(300)
    expect(await world.letters()).toBe(9_700)
  })
})

describe('a sender that is killed', () => {
  it('sends no letter twice, and loses at most the one that it was in the middle of', async () => {
    await follow(10)
    const sent: { to: string; id: string }[] = []
    let isDead = false
    const dying: Tenants = {
      ...world.server.tenants,
      asSystem: (slug, work, options) =>
        isDead ? Promise.reject(new Error('killed')) : world.server.tenants.asSystem(slug, work, options),
    }
    const note = ({ to, id = '' }: Letter) => {
      sent.push({ to, id })
      return Promise.resolve()
    }
    const killed = sender(async (letter) => {
      await note(letter)
      isDead = sent.length === 4
    }, dying)
    await expect(sendToSubscribers({ tenantId }, killed)).rejects.toThrow('killed')
    expect(await world.letters()).toBe(7)
    // Somebody else does not touch what the dead one still holds.
    await sendToSubscribers({ tenantId }, sender(note))
    expect(sent).toHaveLength(4)
    await world.server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query(`update subscriber_letter set claimed_until = claimed_until - interval '1 hour'`),
    )
    await sendToSubscribers({ tenantId }, sender(note))
    expect(sent).toHaveLength(10)
    expect(new Set(sent.map(({ to }) => to)).size).toBe(10)
    // Nobody knows whether the one in the middle arrived: it is given up when its time is over.
    expect(await world.letters()).toBe(1)
    await world.server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query(`update subscriber_letter set at = at - interval '1 hour'`),
    )
    await sendToSubscribers({ tenantId }, sender(note))
    expect(await world.letters()).toBe(0)
    expect(sent).toHaveLength(10)
    expect(new Set(sent.map(({ id }) => id)).size).toBe(10)
  })
})
