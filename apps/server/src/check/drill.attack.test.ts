import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { drillPush } from '../../../../scripts/testing/drill.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let stranger: Person
let token: string
let ofComputers: string
let ofBeta: string
beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  token = await tokenOf(owner, 'alpha', 'drill:push')
  ofComputers = await tokenOf(owner, 'alpha', 'facts:push')
  ofBeta = await tokenOf(stranger, 'beta', 'drill:push')
})
afterAll(() => server.stop())

async function tokenOf(person: Person, tenant: string, permission: string): Promise<string> {
  const made = await person.post('/api/token/create', { tenant, name: permission, permissions: [permission] })
  return ((await made.json()) as { token: string }).token
}

const connect = async (drill = `drill-${randomUUID()}`) => {
  const connector = { connector: 'drill', settings: { drill }, name: drill }
  const made = await owner.post('/api/tenants/alpha/connection/add', connector)
  expect(made.status).toBe(200)
  return { drill, connectionId: ((await made.json()) as { connections: string[] }).connections[0] ?? '' }
}
const send = (body: unknown, by = token, tenant = 'alpha', path = 'drill/push') =>
  fetch(`${server.local}/api/tenants/${tenant}/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
interface Refusal {
  readonly code: string
  readonly detail: string
  readonly fields?: readonly { readonly path: string }[]
}
const refusal = async (answer: Promise<Response>) => {
  const response = await answer
  return { status: response.status, ...((await response.json()) as Refusal) }
}
interface Outcome {
  readonly check: string
  readonly subject: string
  readonly state: string
  readonly reason: string | null
  readonly systemName: string
}
const outcomesOf = async (drill: string) => {
  const read = await owner.get('/api/tenants/alpha/outcome/list?checkId=backup.restore-proven')
  const { outcomes } = (await read.json()) as { outcomes: Outcome[] }
  return outcomes.filter(({ systemName }) => systemName === drill)
}
const ago = (ms: number) => new Date(Date.now() - ms)

it('judges what a drill sent, by its own subjects, and tells it in the ledger', async () => {
  const { drill } = await connect()
  expect((await send(drillPush(drill, {}, ago(60_000)))).status).toBe(200)
  expect((await outcomesOf(drill)).map(({ state }) => state)).toContain('pass')
  expect((await outcomesOf(drill)).map(({ state }) => state)).not.toContain('fail')
  const bad = drillPush(drill, { problems: [{ code: 'truncated', place: 'line 7' }], rtoSeconds: null })
  expect((await send(bad)).status).toBe(200)
  expect(await outcomesOf(drill)).toMatchObject([{ state: 'fail' }])
  const findings = await (await owner.get('/api/tenants/alpha/finding/list')).text()
  expect(findings).toContain('The backup ends too early: line 7.')
  const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
    sql.query<{ n: number }>(
      `select count(*)::int as n from (select convert_from(leaf, 'UTF8')::jsonb as leaf from log_entry
         union all select event from log_pending) l where l.leaf ->> 'type' = 'check.outcome'`,
    ),
  )
  expect(rows[0]?.n).toBeGreaterThan(1)
})

it('keeps that a drill could not look, as neither pass nor fail', async () => {
  const { drill } = await connect()
  const push = drillPush(drill)
  const groups = { ...push.groups, drill: { read: 'no', why: 'not-configured', detail: 'restic is not installed' } }
  expect((await send({ ...push, groups })).status).toBe(200)
  expect(await outcomesOf(drill)).toMatchObject([{ state: 'not-evaluated', reason: 'not-configured' }])
})

it('refuses a drill that nobody connected, one of another tenant, and one that is paused', async () => {
  const { drill, connectionId } = await connect()
  expect(await refusal(send(drillPush('made-up')))).toMatchObject({ status: 404, code: 'drill.unknown' })
  // The name is connected at the neighbour only.
  expect(await refusal(send(drillPush(drill), ofBeta, 'beta'))).toMatchObject({ status: 404, code: 'drill.unknown' })
  await owner.post('/api/tenants/alpha/connection/pause', { connectionId, paused: true })
  expect(await refusal(send(drillPush(drill)))).toMatchObject({ status: 409, code: 'drill.paused' })
})

it('takes no token that is forged, of another tenant, of computers, or revoked; and its own opens nothing else', async () => {
  const { drill } = await connect()
  const forged = `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`
  expect((await send(drillPush(drill), forged)).status).toBe(401)
  expect((await send(drillPush(drill), ofBeta)).status).toBe(404)
  // Whoever finds the token on a stolen laptop vouches for no restore.
  expect((await send(drillPush(drill), ofComputers)).status).toBe(403)
  for (const path of ['computer/push', 'connection/add', 'check/run', 'token/create'])
    expect([path, (await send({}, token, 'alpha', path)).status]).not.toEqual([path, 200])
  for (const path of ['connection/list', 'outcome/list', 'register/show', 'ledger/show']) {
    const headers = { authorization: `Bearer ${token}` }
    expect([path, (await fetch(`${server.local}/api/tenants/alpha/${path}`, { headers })).status]).toEqual([path, 403])
  }
  const made = await owner.post('/api/token/create', { tenant: 'alpha', name: 'old', permissions: ['drill:push'] })
  const { token: old, tokenId } = (await made.json()) as { token: string; tokenId: string }
  await owner.post('/api/token/revoke', { tokenId })
  expect((await send(drillPush(drill), old)).status).toBe(401)
  expect(await outcomesOf(drill)).toEqual([])
})

it('refuses what was sent before, also twice at once, what is older, and clocks that are far off', async () => {
  const { drill } = await connect()
  const first = drillPush(drill, {}, ago(120_000))
  const both = await Promise.all([send(first), send(first)])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(await refusal(send(first))).toMatchObject({ code: 'drill.not_newer' })
  // Another number makes an old result no newer.
  expect(await refusal(send({ ...first, nonce: 'f'.repeat(32) }))).toMatchObject({ code: 'drill.not_newer' })
  expect(await refusal(send(drillPush(drill, {}, ago(180_000))))).toMatchObject({ code: 'drill.not_newer' })
  expect(await refusal(send(drillPush(drill, {}, ago(-7_300_000))))).toMatchObject({ code: 'drill.clock_ahead' })
  expect(await refusal(send(drillPush(drill, {}, ago(8 * 86_400_000))))).toMatchObject({ code: 'drill.too_old' })
})

it.each([
  ['a verdict of its own', (push: object) => ({ ...push, passed: true }), ''],
  ['a name that is a path', (push: object) => ({ ...push, drill: '../../etc/passwd' }), 'drill'],
  [
    'a place that would repaint a terminal',
    ({ drill }: { drill: string }) => drillPush(drill, { problems: [{ code: 'damaged', place: '\u001b[2J' }] }),
    'groups.drill.facts.problems.0.place',
  ],
  ['another format', (push: object) => ({ ...push, format: 'art32.drill/2' }), 'format'],
])('refuses %s', async (_what, change, place) => {
  const { drill } = await connect()
  const { status, fields = [] } = await refusal(send(change(drillPush(drill))))
  expect(status).toBe(400)
  expect(fields.map(({ path }) => path)).toContain(place)
})

it.each([
  ['an end before the beginning', { startedAt: '2999-01-01T00:00:00.000Z' }, 'startedAt'],
  ['an end that is not the end', { endedAt: '2026-01-01T00:00:00.000Z' }, 'endedAt'],
  ['a restore that is longer than the drill', { rtoSeconds: 7_200 }, 'rtoSeconds'],
  ['fewer comparisons than the plan has', { expectations: [] }, 'expectations'],
])('refuses facts that contradict themselves: %s', async (_what, more, place) => {
  const { drill } = await connect()
  const refused = await refusal(send(drillPush(drill, more)))
  expect(refused).toMatchObject({ status: 422, code: 'drill.contradicts_itself' })
  expect(refused.detail).toContain(place)
})
