import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { asSuperuser } from '../../../../scripts/testing/superuser.ts'
import { listConnections } from '../connection/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { listOutcomes } from './computer-store.ts'
import { listExported } from './export-store.ts'
import { keepReadings, listPeriods } from './index.ts'
import * as store from './store.ts'

const looks = 2_000
let server: TestServer

/** A domain that was looked at for years, with one outcome a look. */
beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await within(async ({ sql }) => {
    const id = randomUUID()
    await sql.query(
      `insert into system (id, name, kind, environment, created_at) values ($1, 'Domain', 'domain', 'production', now())`,
      [id],
    )
    await sql.query(
      `insert into connection (id, system_id, environment, connector, target, settings, every, next_at, created_at)
       values ($1, $1, 'production', 'dns', 'example.com', '', 'P1D', now() + interval '1 day', now())`,
      [id],
    )
    await sql.query(`insert into run (id, connection_ids, state, requested_at) values ($1, '{}', 'done', now())`, [id])
    await sql.query(
      `with day as (
         select gen_random_uuid() as look, now() - n * interval '1 day' as at, n from generate_series(1, $2::int) n
       ), earlier as (
         insert into run (id, connection_ids, state, requested_at) select look, '{}', 'done', at from day
       ), seen as (
         insert into reading (id, run_id, connection_id, read, facts, facts_hash, at)
         select look, look, $1, 'ok', '\\x01', '\\x02', at from day
       ) insert into outcome (id, run_id, reading_id, check_id, check_version, system_id, state, subjects, parameters, at, fresh_until, commitment)
         select gen_random_uuid(), look, look, 'dns.caa', 1, $1, 'pass', '[]',
           case when n = $2 then '{"asked":"once"}' else '{}' end, at, at + interval '2 days', sha256(look::text::bytea) from day`,
      [id, looks],
    )
    await sql.query(
      `insert into span (check_id, system_id, parameters, state, from_at, until_at)
       select check_id, system_id, parameters, 'pass', min(at), max(fresh_until) from outcome group by 1, 2, 3`,
    )
  })
  // What PostgreSQL does by itself within minutes.
  await asSuperuser(server, 'alpha', (client) => client.query('analyze'))
})
afterAll(() => server.stop())

const within = <T>(work: (tx: TenantContext) => Promise<T>) => server.tenants.asSystem('alpha', work)

/** How many looks and outcomes are touched by some work, as PostgreSQL counts them, wherever it finds them. */
async function touched(work: (tx: TenantContext) => Promise<unknown>): Promise<number> {
  return await within(async (tx) => {
    const { rows: before } = await tx.sql.query<{ n: number }>(counted)
    await work(tx)
    const { rows: after } = await tx.sql.query<{ n: number }>(counted)
    return (after[0]?.n ?? Number.NaN) - (before[0]?.n ?? Number.NaN)
  })
}

const counted = `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as n from pg_stat_xact_user_tables
  where relname in ('reading', 'outcome')`

describe('years of looks', () => {
  it('are not read again by the next look, which judges and keeps what it saw', async () => {
    const look = async (tx: TenantContext) => {
      const [connection] = await listConnections(tx)
      if (!connection) throw new Error('nothing is connected')
      const reading = {
        read: 'no',
        why: 'unreachable',
        detail: '',
        at: tx.now.toISOString(),
        source: 'example.com',
      } as const
      await keepReadings(tx, [{ connection, reading }], { judged: () => Promise.resolve() })
    }
    expect(await touched(look)).toBeLessThan(looks / 10)
    expect(await touched(look)).toBeLessThan(looks / 10)
  })

  it.each<[what: string, work: (tx: TenantContext) => Promise<unknown>]>([
    ['the latest outcomes', (tx) => store.listLatest(tx, {})],
    ['the latest outcomes as export', (tx) => listExported(tx, {})],
    ['the latest outcomes of computers', listOutcomes],
    ['the last look of each connection', store.listLastLooks],
    ['what a release would judge anew', store.listJudged],
    ['what a check would judge anew', (tx) => store.listNewestLooks(tx, ['dns'], null)],
  ])('are not read for %s', async (_, work) => {
    expect(await touched(work)).toBeLessThan(looks / 10)
  })

  it('are not read for the twelve months of one outcome, which is known by its commitment', async () => {
    const commitment = await within(async ({ sql }) => {
      const { rows } = await sql.query<{ commitment: Buffer }>(
        'select commitment from outcome order by at limit 1 offset 900',
      )
      return rows[0]?.commitment ?? Buffer.alloc(0)
    })
    expect(await touched((tx) => listPeriods(tx, [[commitment]]))).toBeLessThan(looks / 10)
    expect(await within((tx) => listPeriods(tx, [[commitment]]))).toMatchObject([{ failed: 0 }])
  })

  it('leave the latest outcome also of parameters that nobody wants any more', async () => {
    const rows = await within((tx) => store.listLatest(tx, { checkId: 'dns.caa' }))
    expect(rows.map(({ parameters }) => parameters).toSorted()).toContain('{"asked":"once"}')
    expect(await within((tx) => store.listLatest(tx, { systemId: randomUUID() }))).toEqual([])
  })

  it('count by what was judged last where one look was judged twice', async () => {
    await within(async (tx) => {
      const [last] = await store.listLatest(tx, { checkId: 'dns.caa' })
      if (!last) throw new Error('nothing was judged')
      await store.supersede(tx, last)
      await store.addOutcome(tx, { ...last, id: tx.newId(), state: 'fail' })
    })
    const rows = await within((tx) => listExported(tx, {}))
    const states = rows.filter(({ check_id: check }) => check === 'dns.caa').map(({ state }) => state)
    expect(states.filter((state) => state === 'fail')).toHaveLength(1)
  })
})
