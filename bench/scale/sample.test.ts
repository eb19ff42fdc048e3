import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../scripts/testing/server.ts'
import type { TestServer } from '../../scripts/testing/server.ts'
import { asSuperuser } from '../../scripts/testing/superuser.ts'
import { partitioned } from './partitions.ts'
import { addRegister } from '../register.ts'
import { connect, look, multiply, slug } from './sample.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Sample', slug, language: 'en' })
  await addRegister(server, slug, 3)
  await connect(server)
})
afterAll(() => server.stop())

describe('the sample of the bench of growth', () => {
  it('multiplies what the product stored without making it smaller, and leaves the head of the log true', async () => {
    const one = await look(server, 1)
    expect(one.looks).toBe(10)
    expect(one.outcomes).toBeGreaterThan(50)
    await asSuperuser(server, slug, async (client) => {
      const mean = async () =>
        (
          await client.query<Record<string, number>>(
            `select (select avg(octet_length(facts)) from reading)::int as facts, (select count(distinct facts) from reading)::int as apart,
               (select avg(octet_length(leaf)) from log_entry where type = 'check.outcome')::int as leaf,
               (select count(*) from log_entry where type = 'check.outcome')::int as leaves,
               (select avg(octet_length(content)) from opening where role = 'outcome')::int as content,
               (select avg(pg_column_size(subjects)) from outcome)::int as subjects,
               (select count(*) from outcome)::int as outcomes, (select size from log_state)::int as head`,
          )
        ).rows[0] ?? {}
      const before = await mean()
      const more = await multiply(client, one.outcomes * 5)
      const after = await mean()
      expect(more).toEqual({ looks: 50, outcomes: one.outcomes * 5 })
      expect(after).toEqual({ ...before, apart: 60, leaves: (before['leaves'] ?? 0) * 6, outcomes: one.outcomes * 6 })
      expect((await partitioned(client)).map(({ value }) => value !== null && value > 0)).toEqual([
        true,
        true,
        true,
        true,
      ])
    })
    expect((await look(server, 1)).outcomes).toBe(one.outcomes)
  })
})
