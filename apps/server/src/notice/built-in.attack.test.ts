import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestServer, staySignedIn } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { connect } from '../connection/index.ts'
import { openLog } from '../platform/index.ts'
import { openRetention, ruleIds, rules } from '../privacy/index.ts'
import { attendApps, signOffOwn } from './index.ts'

let server: TestServer
let owner: Person
let member: Person
let stranger: Person
let now = new Date('2026-11-20T12:00:00Z')
const mailer = { isSet: true, send: async () => {}, close: () => {} }
beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => now }, mailer })
  // A new installation catches up at once; these tenants come after it.
  await vi.waitFor(async () => {
    const { rows } = await server.databases.control.query('select 1 from retention_run where finished_at is not null')
    expect(rows).toHaveLength(1)
  }, 10_000)
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  // The document of alpha is about this installation, the one of beta about something else.
  await server.tenants.asSystem('alpha', (tx) => connect(tx, { target: 'self' }, true))
})
afterAll(() => server.stop())

async function later(hours: number): Promise<void> {
  await staySignedIn(server)
  now = new Date(now.getTime() + hours * 3_600_000)
}
const run = async () =>
  await openRetention({
    control: server.databases.control,
    registry: server.registry,
    tenants: server.tenants,
    now: () => now,
    log: openLog(
      'error',
      () => now,
      () => undefined,
    ),
    signOff: signOffOwn,
  }).run()
interface RuleView {
  readonly ruleId: string
  readonly appId: string | null
  readonly name: string
  readonly period: string
  readonly state: string
  readonly lastRun: { readonly outcome: string; readonly deleted: number } | null
  readonly builtIn: { readonly table: string; readonly clears: string[] } | null
}
const read = async <T>(person: Person, path: string) => (await (await person.get(path)).json()) as T
const list = async (tenant = 'alpha', person = owner) =>
  (await read<{ rules: RuleView[] }>(person, `/api/tenants/${tenant}/deletion/list`)).rules
const sql = async <T extends object>(text: string, tenant = 'alpha') =>
  (await server.tenants.asSystem(tenant, (tx) => tx.sql.query<T>(text))).rows
const standing = async (tenant = 'alpha') =>
  (
    await sql<{ role: string; fresh_until: Date; overdue_since: Date | null; on_time: number; counted: number }>(
      `select role, fresh_until, overdue_since, on_time, counted from attestation where source = 'deletion'`,
      tenant,
    )
  )[0]
const told = async (tenant: string) => {
  await server.ledgers.settle(await server.registry.open(tenant))
  return (await sql(`select 1 from log_entry where type = 'retention.performed'`, tenant)).length
}
const invite = async (tenant: string) =>
  await sql(
    `insert into invitation (id, token_hash, email, name, role, invited_at, expires_at)
     values (gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), 'guest@example.com', 'x', 'member', now(), '2026-01-01')`,
    tenant,
  )

describe('the rules by which art32 itself deletes', () => {
  it('stand in the register of every tenant, made of the rules by which it deletes', async () => {
    for (const [tenant, person] of [
      ['alpha', owner],
      ['beta', stranger],
    ] as const) {
      const own = (await list(tenant, person)).filter(({ builtIn }) => builtIn !== null)
      expect(own.map(({ name, period, builtIn }) => [name, period, builtIn?.table])).toEqual(
        ruleIds.filter((id) => rules[id].in === 'tenant').map((id) => [id, rules[id].after, rules[id].table]),
      )
      expect(new Set(own.map(({ ruleId }) => ruleId)).size).toBe(own.length)
      expect(own.every(({ appId, state }) => appId === null && state === 'waiting')).toBe(true)
    }
    expect((await list()).find(({ name }) => name === 'reading.facts')?.builtIn?.clears).toEqual(['facts', 'envelope'])
  })

  it('are run daily, with one row and at most one leaf a tenant, and attest only where they are promised', async () => {
    await later(1)
    await run()
    expect((await list())[0]).toMatchObject({ state: 'on-time', lastRun: { outcome: 'done', deleted: 0 } })
    // Nothing can have run out in a tenant of an hour.
    expect(await standing()).toBeUndefined()
    expect([await told('alpha'), await told('beta')]).toEqual([0, 0])
    await later(24)
    await invite('beta')
    await run()
    expect(await standing()).toMatchObject({ role: 'art32', overdue_since: null, on_time: 2, counted: 2 })
    expect((await standing())?.fresh_until).toEqual(new Date(now.getTime() + 48 * 3_600_000))
    expect(await standing('beta')).toBeUndefined()
    expect([await told('alpha'), await told('beta')]).toEqual([1, 1])
    const taken = (await list('beta', stranger)).find(({ name }) => name === 'invitation.expired')
    expect(taken?.lastRun).toMatchObject({ outcome: 'done', deleted: 1 })
    expect(await sql('select 1 from retention_run', 'beta')).toHaveLength(2)
    expect(await sql('select 1 from deletion_run', 'beta')).toEqual([])
  })

  it('are late for the page and the measure at the same instant, and a run makes up for it', async () => {
    await later(48)
    await server.tenants.asSystem('alpha', attendApps)
    expect((await list())[0]?.state).toBe('due')
    expect((await standing())?.overdue_since).toBeNull()
    now = new Date(now.getTime() + 1)
    await server.tenants.asSystem('alpha', attendApps)
    await server.tenants.asSystem('alpha', attendApps)
    expect((await list())[0]?.state).toBe('overdue')
    expect(await read(owner, '/api/tenants/alpha/retention/list')).toMatchObject({ overdue: true })
    expect(await standing()).toMatchObject({ role: 'art32', overdue_since: new Date(now.getTime() - 1), counted: 3 })
    await server.tenants.asSystem('beta', attendApps)
    expect(await standing('beta')).toBeUndefined()
    await run()
    expect(await standing()).toMatchObject({ overdue_since: null, on_time: 2, counted: 3 })
    const [first] = await list()
    const shown = await read<{ gaps: object[]; runs: object[] }>(
      owner,
      `/api/tenants/alpha/deletion/show?ruleId=${first?.ruleId}`,
    )
    expect([shown.gaps.length, shown.runs.length]).toEqual([1, 3])
  })

  it('say of a run that was stopped or could not look that it counts for nothing', async () => {
    const before = await standing()
    await later(24)
    const stopped = () => `insert into retention_run (id, started_at, interrupted_at, counts)
      values (gen_random_uuid(), '${now.toISOString()}', '${now.toISOString()}', `
    await sql(`${stopped()} '{}')`)
    expect((await list())[0]?.lastRun).toMatchObject({ outcome: 'not-looked', deleted: 0 })
    await later(1)
    await sql(`${stopped()} '{"invitation.expired": 4}')`)
    expect((await list()).find(({ name }) => name === 'invitation.expired')?.lastRun).toMatchObject({
      outcome: 'partial',
      deleted: 4,
    })
    expect((await list())[0]?.state).toBe('due')
    expect(await standing()).toEqual(before)
  })

  it('are neither changed nor ended nor reported, by nobody, and shown to members only', async () => {
    const ruleId = (await list())[0]?.ruleId
    const changes = [
      ['change', { ruleId, revision: 1, name: 'x', ownerId: null }],
      ['end', { ruleId, reason: 'It is in the way.' }],
      ['report', { ruleId, examined: 0, deleted: 0 }],
    ] as const
    for (const [what, input] of changes) {
      const path = `/api/tenants/alpha/deletion/${what}`
      expect(await (await owner.post(path, input)).json()).toMatchObject({ code: 'deletion.built_in' })
      expect((await member.post(path, input)).status).toBe(403)
      expect((await stranger.post(path, input)).status).toBe(404)
    }
    expect(await sql('select 1 from deletion_rule')).toEqual([])
    expect((await member.get('/api/tenants/alpha/deletion/list')).status).toBe(200)
    for (const path of ['list', `show?ruleId=${ruleId}`, 'export?format=csv'])
      expect((await stranger.get(`/api/tenants/alpha/deletion/${path}`)).status).toBe(404)
    // What another tenant lost is not among it.
    const csv = await (await owner.get('/api/tenants/alpha/deletion/export?format=csv&language=de')).text()
    expect(csv).toContain('art32,invitation.expired,Einladungen,')
    expect(csv).not.toMatch(/invitation\.expired,Einladungen,[^,]*,erledigt,1/)
  })

  it('stand behind nothing any more where the installation is no longer promised', async () => {
    await sql('delete from connection')
    await server.tenants.asSystem('alpha', attendApps)
    expect(await standing()).toBeUndefined()
  })
})
