import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { keepSpan, listSpans } from './span.ts'

const day = (n: number, hour = 6) => new Date(Date.UTC(2026, 0, n, hour))
type State = 'pass' | 'fail' | 'not-evaluated'

describe('how long a verdict held', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
    await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  })
  afterAll(() => server.stop())

  /** Looks of some days, each fresh for two, as seen at the end of the last day that is named. */
  const after = async (looks: readonly (readonly [at: Date, state: State])[], now: Date) => {
    const system = randomUUID()
    return await server.tenants.asSystem('alpha', async (tx) => {
      await tx.sql.query(
        `insert into system (id, name, kind, environment, created_at) values ($1::uuid, $1::uuid::text, 'tls', 'production', $2)`,
        [system, now],
      )
      const key = { check_id: 'tls.protocols', system_id: system, parameters: '{}' }
      for (const [at, state] of looks) {
        const fresh_until = new Date(at.getTime() + 2 * 86_400_000)
        await keepSpan({ ...tx, now: at }, { ...key, state, reason: null, at, fresh_until })
      }
      const { spans, days } = await listSpans(
        { ...tx, now },
        { checkId: 'tls.protocols', systemId: system, parameters: '{}' },
      )
      return { spans: spans.map(({ state, from_at, until_at }) => [state, from_at, until_at]), days }
    })
  }

  it('is one span as long as looks say the same', async () => {
    const looks = [1, 2, 3].map((n) => [day(n), 'pass'] as const)
    expect(await after(looks, day(3, 23))).toEqual({
      spans: [['pass', day(1), day(5)]],
      days: { held: 3, failed: 0, unseen: 0 },
    })
  })

  it('ends where a look says something else, and that day counts as failed', async () => {
    const looks = [
      [day(1), 'pass'],
      [day(2), 'fail'],
      [day(3), 'pass'],
    ] as const
    expect(await after(looks, day(4, 5))).toEqual({
      spans: [
        ['pass', day(1), day(2)],
        ['fail', day(2), day(3)],
        ['pass', day(3), day(5)],
      ],
      days: { held: 2, failed: 2, unseen: 0 },
    })
  })

  it('says of days without a fresh look, or with one that could not look, that nobody knows', async () => {
    const looks = [
      [day(1), 'pass'],
      [day(6), 'not-evaluated'],
      [day(8), 'pass'],
    ] as const
    // The first look was fresh until the third; the sixth and the seventh could not look.
    expect((await after(looks, day(8, 7))).days).toEqual({ held: 4, failed: 0, unseen: 4 })
  })

  it('is nothing where nobody looked', async () => {
    expect((await after([], day(1))).days).toEqual({ held: 0, failed: 0, unseen: 0 })
  })
})
