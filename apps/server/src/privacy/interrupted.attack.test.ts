import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startTestServer, staySignedIn } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { openLog } from '../platform/index.ts'
import { homeSlug } from '../tenant/index.ts'
import { openRetention } from './retention.ts'

let server: TestServer
let operator: Person
let now = new Date('2026-11-20T12:00:00Z')
beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => now } })
  for (const slug of [homeSlug, 'alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  operator = await server.addPerson('operator@example.com', homeSlug, 'owner')
  await vi.waitFor(async () => {
    expect((await control('select 1 from retention_run where finished_at is not null')).rows).toHaveLength(1)
  }, 10_000)
})
afterAll(() => server.stop())

const control = <T extends object>(text: string) => server.databases.control.query<T>(text)
const sqlIn = async <T extends object>(slug: string, text: string, values: unknown[] = []) =>
  (await server.tenants.asSystem(slug, ({ sql }) => sql.query<T>(text, values))).rows
const fill = async (slug: string, count: number) =>
  await sqlIn(
    slug,
    `insert into invitation (id, token_hash, email, name, role, invited_at, expires_at)
     select gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), gen_random_uuid() || '@example.com', 'x', 'member', now(), '2026-01-01'
     from generate_series(1, $1::int)`,
    [count],
  )
const runsIn = async (slug: string) =>
  await sqlIn<{ id: string; done: boolean; interrupted: boolean; counts: Record<string, number> }>(
    slug,
    `select id, finished_at is not null as done, interrupted_at is not null as interrupted, counts
     from retention_run order by started_at desc`,
  )
const leavesOf = async (slug: string, id: string) => {
  await server.ledgers.settle(await server.registry.open(slug))
  const rows = await sqlIn<{ content: string }>(
    slug,
    `select convert_from(o.content, 'UTF8') as content from log_entry e join opening o on o.idx = e.idx and o.role = 'content'
     where e.type = 'retention.performed' and e.subject = $1`,
    [id],
  )
  return rows.map(({ content }) => JSON.parse(content) as unknown)
}
const quiet = openLog(
  'error',
  () => now,
  () => undefined,
)
const open = (tenants = server.tenants, log = quiet) =>
  openRetention({
    control: server.databases.control,
    registry: server.registry,
    tenants,
    now: () => now,
    log,
    batch: 3,
  })

/** Ends the process, as far as the database can tell, before the second batch in beta: nothing more of it is said anywhere. */
async function killed(): Promise<void> {
  const { id } = (await server.registry.open('beta')).tenant
  let batches = 0
  const dying: typeof server.tenants = {
    ...server.tenants,
    async asSystem(slug, work, options) {
      if (slug === id && (batches += 1) > 1) throw new Error('killed')
      return await server.tenants.asSystem(slug, work, options)
    },
  }
  const silent: typeof quiet = {
    ...quiet,
    error() {
      throw new Error('killed')
    },
  }
  await expect(open(dying, silent).run()).rejects.toThrow('killed')
}

it('a run that was killed counts as none; its rest is finished under its own name and recorded once', async () => {
  await fill('alpha', 2)
  await fill('beta', 5)
  now = new Date(now.getTime() + 24 * 3_600_000)
  await staySignedIn(server)
  await killed()
  const [stopped] = await runsIn('beta')
  expect(stopped).toMatchObject({ done: false, interrupted: false, counts: { 'invitation.expired': 3 } })
  expect((await runsIn('alpha'))[0]).toMatchObject({ id: stopped?.id, done: true })
  expect(await open().isDue()).toBe(true)

  // What alpha lost since is of the next run: what was recorded is not run again.
  await fill('alpha', 1)
  await open().run({ catchesUp: true })
  expect((await runsIn('beta'))[0]).toMatchObject({ id: stopped?.id, done: true, counts: { 'invitation.expired': 5 } })
  expect(await leavesOf('beta', stopped?.id ?? '')).toEqual([{ 'invitation.expired': 5 }])
  expect(await leavesOf('alpha', stopped?.id ?? '')).toEqual([{ 'invitation.expired': 2 }])
  expect(await sqlIn('alpha', 'select 1 from invitation')).toHaveLength(1)
  const { runs } = (await (await operator.get('/api/retention/show')).json()) as { runs: object[] }
  expect(runs[0]).toMatchObject({ id: stopped?.id, counts: { 'invitation.expired': 7 }, looked: 4, failed: 0 })
  expect(await open().isDue()).toBe(false)
  await server.ledgers.anchorAll()
  expect((await control(`select 1 from log_entry where subject = '${stopped?.id}'`)).rows).toHaveLength(1)
})

it('one that was killed long ago is not gone on with: it says so, and a new one looks at everything', async () => {
  await fill('beta', 5)
  await killed()
  const [stopped] = await runsIn('beta')
  now = new Date(now.getTime() + 12 * 3_600_000)
  expect((await open().facts()).lastEndedAt).not.toBe(null)
  await open().run()
  const [next, before] = await runsIn('beta')
  expect(before).toMatchObject({ id: stopped?.id, done: false, interrupted: true })
  expect(next).toMatchObject({ done: true, counts: { 'invitation.expired': 2 } })
  expect(await leavesOf('beta', stopped?.id ?? '')).toEqual([{ 'invitation.expired': 3 }])
  const { rows } = await control<{ done: boolean; interrupted: boolean }>(
    `select finished_at is not null as done, interrupted_at is not null as interrupted from retention_run where id = '${stopped?.id}'`,
  )
  expect(rows).toEqual([{ done: false, interrupted: true }])
})

it('a tenant that could not be reached says so, and its run is never done', async () => {
  const { id } = (await server.registry.open('alpha')).tenant
  let isAway = true
  const away: typeof server.tenants = {
    ...server.tenants,
    async asSystem(slug, work, options) {
      if (slug === id && isAway) {
        isAway = false
        throw new Error('unreachable')
      }
      return await server.tenants.asSystem(slug, work, options)
    },
  }
  await open(away).run()
  expect((await runsIn('alpha'))[0]).toMatchObject({ done: false, interrupted: true, counts: {} })
  expect(await open().facts()).toMatchObject({ missed: 1 })
  await sqlIn('alpha', 'update retention_run set started_at = $1 where finished_at is not null', [
    new Date(now.getTime() - 49 * 3_600_000),
  ])
  const owner = await server.addPerson(`${randomUUID()}@example.com`, 'alpha', 'owner')
  expect(await (await owner.get('/api/tenants/alpha/retention/list')).json()).toMatchObject({ overdue: true })
})
