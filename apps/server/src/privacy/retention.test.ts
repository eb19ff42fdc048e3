import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { openLog } from '../platform/index.ts'
import { homeSlug } from '../tenant/index.ts'
import { openRetention } from './retention.ts'

let server: TestServer
let operator: Person
let owner: Person
let now = new Date()

const open = (batch = 3, tenants = server.tenants) =>
  openRetention({
    control: server.databases.control,
    registry: server.registry,
    tenants,
    now: () => now,
    log: openLog(
      'error',
      () => now,
      () => undefined,
    ),
    batch,
  })

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of [homeSlug, 'alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  operator = await server.addPerson('operator@example.com', homeSlug, 'owner')
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  // A new installation catches up at once; two runs at the same moment are one.
  await vi.waitFor(async () => {
    const { rows } = await control('select 1 from retention_run where finished_at is not null')
    expect(rows).toHaveLength(1)
  }, 10_000)
})
afterAll(() => server.stop())
beforeEach(() => {
  now = new Date()
})

const alpha = <T extends object>(text: string, values: unknown[] = []) =>
  server.tenants.asSystem('alpha', ({ sql }) => sql.query<T>(text, values))
const control = <T extends object>(text: string, values: unknown[] = []) =>
  server.databases.control.query<T>(text, values)

interface Shown {
  overdue: boolean
  runs: { id: string; counts: Record<string, number>; finishedAt: string | null; looked: number; failed: number }[]
}
const shown = async (person: Person, path: string) => (await (await person.get(path)).json()) as Shown

async function addReadings(count: number, at: Date): Promise<void> {
  const [run, system] = [randomUUID(), randomUUID()]
  await alpha(`insert into run (id, connection_ids, state, requested_at) values ($1, '{}', 'done', now())`, [run])
  await alpha(
    `insert into system (id, name, kind, environment, created_at) values ($1, $2, 'domain', 'production', now())`,
    [system, system],
  )
  await alpha(
    `with seen as (
       insert into reading (id, run_id, connection_id, read, facts, facts_hash, at)
       select gen_random_uuid(), $1, gen_random_uuid(), 'ok', '\\x01', '\\x02', $2 from generate_series(1, $3::int) returning *
     ) insert into outcome (id, run_id, reading_id, check_id, check_version, system_id, state, subjects, parameters, at, fresh_until, commitment)
       select gen_random_uuid(), $1, id, 'dns.caa', 1, $4, 'pass', '[{"subject":"x"}]', '{}', $2, $2, '\\x03' from seen`,
    [run, at, count, system],
  )
}

describe('the daily deletion', () => {
  it('takes the facts after thirteen months and leaves their hash and the outcome', async () => {
    await addReadings(7, new Date('2024-01-01T00:00:00Z'))
    await addReadings(2, now)
    await open().run()
    const { rows } = await alpha<{ kept: boolean; hash: string; subjects: string }>(
      `select r.facts is not null as kept, encode(r.facts_hash, 'hex') as hash, o.subjects::text
       from reading r join outcome o on o.reading_id = r.id where o.state = 'pass' order by r.at`,
    )
    expect(rows.map(({ kept }) => kept)).toEqual([...Array<boolean>(7).fill(false), true, true])
    expect(rows.every(({ hash }) => hash === '02')).toBe(true)
    expect(rows[0]?.subjects).toBe('[]')
    const list = await shown(owner, '/api/tenants/alpha/retention/list')
    expect(list.runs[0]?.counts).toEqual({ 'reading.facts': 7, 'outcome.subjects': 7 })
    expect(list.overdue).toBe(false)
    const gone = await owner.get(
      `/api/tenants/alpha/outcome/facts?outcomeId=${(await alpha<{ id: string }>('select id from outcome order by at limit 1')).rows[0]?.id}`,
    )
    expect([gone.status, await gone.json()]).toMatchObject([410, { code: 'check.facts_gone' }])
  })

  it('stands in the ledger of the tenant that lost something and in the log of the installation', async () => {
    await addReadings(1, new Date('2024-01-01T00:00:00Z'))
    const before = await server.ledgers.settle(await server.registry.open('beta'))
    await open().run()
    expect(await server.ledgers.settle(await server.registry.open('beta'))).toEqual(before)
    await server.ledgers.settle(await server.registry.open('alpha'))
    const query = `select o.content from log_entry e join opening o on o.idx = e.idx and o.role = 'content'
      where e.type = 'retention.performed' order by e.idx desc limit 1`
    const contents = async (rows: { content: Buffer }[]) => JSON.parse(String(rows[0]?.content)) as unknown
    expect(await contents((await alpha<{ content: Buffer }>(query)).rows)).toEqual({
      'outcome.subjects': 1,
      'reading.facts': 1,
    })
    expect(await contents((await control<{ content: Buffer }>(query)).rows)).toMatchObject({ looked: 4, failed: 0 })
  })

  it('ends sessions, links and invitations that ran out, and nothing that still holds', async () => {
    const soon = new Date(now.getTime() + 3_600_000)
    const past = new Date(now.getTime() - 1_000)
    for (const at of [past, soon]) {
      await control('insert into verification (identifier, value, "expiresAt") values ($1, $1, $2)', [randomUUID(), at])
      await control('insert into setup_link (token_hash, expires_at) values (sha256($1), $2)', [
        Buffer.from(randomUUID()),
        at,
      ])
      await control(
        `insert into session ("expiresAt", token, "updatedAt", "userId") select $1, $2, now(), id from account limit 1`,
        [at, randomUUID()],
      )
    }
    for (const days of [29, 31])
      await alpha(
        `insert into invitation (id, token_hash, email, name, role, invited_at, expires_at)
         values (gen_random_uuid(), sha256($1), $2, 'x', 'member', now(), now() - make_interval(days => $3))`,
        [Buffer.from(randomUUID()), `${days}@example.com`, days],
      )
    await open().run()
    for (const table of ['verification', 'setup_link'])
      expect([table, (await control(`select 1 from ${table}`)).rows.length]).toEqual([table, 1])
    expect((await control('select 1 from session where "expiresAt" < now()')).rows).toEqual([])
    expect((await alpha<{ email: string }>('select email from invitation')).rows).toEqual([{ email: '29@example.com' }])
  })

  it('forgets who reported a weakness a year after it was closed, by name or by address alone, and nobody before', async () => {
    const days = (count: number) => new Date(now.getTime() - count * 86_400_000)
    const reports = [
      [null, 'open@example.com', null],
      [days(364), 'lately@example.com', 'Lately'],
      [days(367), 'long-ago@example.com', null],
      [days(367), null, 'Long Ago'],
    ] as const
    for (const [number, [closedAt, email, name]] of reports.entries())
      await alpha(
        `insert into report (id, number, source, received_at, language, title, product, description, email, name, state, acknowledge_by, closed_at)
         values (gen_random_uuid(), $1, 'form', now(), 'en', 'x', 'x', 'x', $2, $3, 'received', now(), $4)`,
        [number + 1, email, name, closedAt],
      )
    await open().run()
    expect((await alpha('select email, name from report order by number')).rows).toEqual([
      { email: 'open@example.com', name: null },
      { email: 'lately@example.com', name: 'Lately' },
      { email: null, name: null },
      { email: null, name: null },
    ])
  })

  it('goes on where a killed one stopped, and says what that one had done', async () => {
    await addReadings(9, new Date('2024-01-01T00:00:00Z'))
    let left = 2
    const dying: typeof server.tenants = {
      ...server.tenants,
      async asSystem(slug, work, options) {
        const { id } = (await server.registry.open('alpha')).tenant
        if (slug === id && left-- === 0) throw new Error('killed')
        return await server.tenants.asSystem(slug, work, options)
      },
    }
    await open(3, dying).run()
    expect(
      (await alpha('select 1 from reading where facts is not null and at < $1', ['2025-01-01'])).rows,
    ).toHaveLength(3)
    const { overdue, runs } = await shown(operator, '/api/retention/show')
    expect([overdue, runs[0]?.failed]).toEqual([true, 1])
    await open().run()
    expect((await alpha('select 1 from reading where facts is not null and at < $1', ['2025-01-01'])).rows).toEqual([])
    expect((await shown(operator, '/api/retention/show')).overdue).toBe(false)
    await server.ledgers.settle(await server.registry.open('alpha'))
    const { rows } = await alpha<{ content: string }>(
      `select convert_from(o.content, 'UTF8') as content from log_entry e join opening o on o.idx = e.idx and o.role = 'content'
       where e.type = 'retention.performed' and convert_from(e.leaf, 'UTF8') like '%"code":"interrupted"%'`,
    )
    expect(rows).toEqual([{ content: '{"outcome.subjects":6,"reading.facts":6}' }])
  })

  it('is overdue after two days, and runs once where two start it', async () => {
    await open().run()
    expect(await open().isDue()).toBe(false)
    const { rows: before } = await control('select 1 from retention_run')
    await Promise.all([open().run(), open().run()])
    expect((await control('select 1 from retention_run')).rows.length - before.length).toBeLessThanOrEqual(2)
    expect((await control('select 1 from retention_run where finished_at is null')).rows).toEqual([])
    await control(`update retention_run set started_at = started_at - interval '49 hours'`)
    expect(await open().isDue()).toBe(true)
    expect((await shown(operator, '/api/retention/show')).overdue).toBe(true)
    expect(await open().facts()).toMatchObject({ overdue: true, missed: 0 })
    await open().run()
    expect(await open().facts()).toMatchObject({ overdue: false, missed: 0 })
  })

  it('runs once where several starts found it due, and goes on being due while one was only killed', async () => {
    await control(`update retention_run set started_at = started_at - interval '25 hours'`)
    const count = async () => (await control('select 1 from retention_run')).rows.length
    const before = await count()
    await control('insert into retention_run (id, started_at, interrupted_at) values ($1, now(), now())', [
      randomUUID(),
    ])
    expect(await open().isDue()).toBe(true)
    await open().run({ catchesUp: true })
    await open().run({ catchesUp: true })
    expect((await count()) - before).toBe(2)
    // What somebody asks for is done.
    await open().run()
    expect((await count()) - before).toBe(3)
  })

  it('is not overdue in a tenant that is younger than its rhythm, and is in an older one that it never reached', async () => {
    await server.registry.create({ name: 'gamma', slug: 'gamma', language: 'en' })
    const person = await server.addPerson('gamma@example.com', 'gamma', 'owner')
    const list = async () => await shown(person, '/api/tenants/gamma/retention/list')
    expect(await list()).toMatchObject({ runs: [], overdue: false })
    const shift = async (hours: number) =>
      await control(`update tenant set since = now() - make_interval(hours => $1) where slug = 'gamma'`, [hours])
    for (const [hours, overdue] of [
      [47, false],
      [49, true],
    ] as const) {
      await shift(hours)
      expect([hours, (await list()).overdue]).toEqual([hours, overdue])
    }
    await open().run()
    expect((await list()).overdue).toBe(false)
  })

  it('is shown and started by the operator only', async () => {
    for (const response of [await owner.get('/api/retention/show'), await owner.post('/api/retention/run_now', {})])
      expect([response.status, await response.json()]).toMatchObject([403, { code: 'privacy.not_operator' }])
    expect((await operator.post('/api/retention/run_now', {})).status).toBe(200)
  })
})
