import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let stranger: Person
let token: string
let tokenOfBeta: string
beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  token = await tokenOf(owner, 'alpha')
  tokenOfBeta = await tokenOf(stranger, 'beta')
})
afterAll(() => server.stop())

async function tokenOf(person: Person, tenant: string): Promise<string> {
  const made = await person.post('/api/token/create', { tenant, name: 'laptops', permissions: ['facts:push'] })
  return ((await made.json()) as { token: string }).token
}

const ok = (facts: unknown) => ({ read: 'ok', complete: true, facts })
const disk = (encrypted: boolean) => ok([{ mount: '/', device: 'sda', encrypted }])
let last = Date.now() - 600_000
/** Each is a second later than the one before. */
const push = (n: number, more: object = {}) => ({
  format: 'art32.host/1',
  computer: n.toString(16).padStart(32, '0'),
  at: new Date((last += 1_000)).toISOString(),
  collector: 'test',
  groups: { volumes: disk(true) },
  ...more,
})
const send = (body: unknown, by = token, tenant = 'alpha', path = 'computer/push') =>
  fetch(`${server.local}/api/tenants/${tenant}/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
interface Refusal {
  readonly code: string
  readonly detail: string
  readonly fields?: { readonly path: string }[]
}
const refusal = async (answer: Promise<Response>) => {
  const response = await answer
  return { status: response.status, ...((await response.json()) as Refusal) }
}
interface Listed {
  readonly connectionId: string
  readonly systemId: string
  readonly name: string
  readonly computer: string
  readonly declared: boolean
  readonly last: { readonly skewSeconds: number } | null
  readonly counts: Readonly<Record<string, number>>
  readonly stale: number
}
const list = async () =>
  ((await (await owner.get('/api/tenants/alpha/computer/list')).json()) as { computers: Listed[] }).computers
const find = async (n: number) => {
  const id = n.toString(16).padStart(32, '0')
  const found = (await list()).find(({ computer }) => computer === id)
  if (!found) throw new Error('the computer is not listed')
  return found
}

it('takes twenty computers by one token, each as a system of its own that waits for a name', async () => {
  const sent = await Promise.all(Array.from({ length: 20 }, (_, n) => send(push(n + 1))))
  expect(sent.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
  const computers = await list()
  expect(new Set(computers.map(({ systemId }) => systemId)).size).toBe(20)
  expect(computers.every(({ declared }) => !declared)).toBe(true)
  const { connectionId } = await find(7)
  const named = await owner.post('/api/tenants/alpha/computer/name', { connectionId, name: 'NB-007' })
  expect(named.status).toBe(200)
  expect(await find(7)).toMatchObject({ name: 'NB-007', declared: true })
  await send(push(7))
  expect(await find(7)).toMatchObject({ name: 'NB-007', declared: true })
})

it('judges what was sent by the checks of hosts, and tells it in the ledger as a look', async () => {
  await send(push(30, { groups: { volumes: disk(false) } }))
  const { systemId, counts } = await find(30)
  expect(counts['fail']).toBe(1)
  const read = await owner.get(`/api/tenants/alpha/outcome/list?systemId=${systemId}`)
  const { outcomes } = (await read.json()) as { outcomes: { check: string; state: string; reason: string | null }[] }
  expect(outcomes.find(({ check }) => check === 'host.disk-encrypted')).toMatchObject({ state: 'fail' })
  // What was not sent was not looked at.
  expect(outcomes.find(({ check }) => check === 'host.firewall')).toMatchObject({
    state: 'not-evaluated',
    reason: 'not-configured',
  })
  expect(outcomes.some(({ check }) => check === 'raid.healthy')).toBe(false)
  // A check that is not about the computer leaves nothing to judge anew.
  const outdated = await owner.get('/api/tenants/alpha/check/outdated')
  expect(await outdated.json()).toMatchObject({ connections: 0 })
  const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
    sql.query<{ type: string }>(
      `select distinct l.leaf ->> 'type' as type from
       (select convert_from(leaf, 'UTF8')::jsonb as leaf from log_entry union all select event from log_pending) l
       where l.leaf #>> '{subj,id}' = $1 order by 1`,
      [systemId],
    ),
  )
  expect(rows.map(({ type }) => type)).toEqual(expect.arrayContaining(['check.outcome', 'system.created']))
})

it('opens nothing else with its token', async () => {
  for (const [path, body] of [
    ['connection/add', { target: 'dns:example.org' }],
    ['check/run', {}],
    ['computer/name', { connectionId: (await find(1)).connectionId, name: 'Mine' }],
  ] as const)
    expect([path, (await send(body, token, 'alpha', path)).status]).toEqual([path, 403])
  const headers = { authorization: `Bearer ${token}` }
  for (const path of ['computer/list', 'system/list', 'outcome/list', 'register/show', 'ledger/show'])
    expect([path, (await fetch(`${server.local}/api/tenants/alpha/${path}`, { headers })).status]).toEqual([path, 403])
})

it('refuses a forged token, one of another tenant, one that was revoked, and one that may something else', async () => {
  const forged = `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`
  expect((await send(push(1), forged)).status).toBe(401)
  expect((await send(push(1), tokenOfBeta)).status).toBe(404)
  const other = await owner.post('/api/token/create', {
    tenant: 'alpha',
    name: 'reads',
    permissions: ['register:read'],
  })
  const { token: reads, tokenId } = (await other.json()) as { token: string; tokenId: string }
  expect((await send(push(1), reads)).status).toBe(403)
  await owner.post('/api/token/revoke', { tokenId })
  expect((await send(push(1), reads)).status).toBe(401)
  expect((await send(push(1), tokenOfBeta, 'beta')).status).toBe(200)
  expect((await stranger.get('/api/tenants/alpha/computer/list')).status).toBe(404)
})

it('refuses what was sent before, what is older, and clocks that are far off, each with the reason', async () => {
  const first = push(40)
  expect((await send(first)).status).toBe(200)
  expect(await refusal(send(first))).toMatchObject({ status: 409, code: 'computer.not_newer' })
  const older = { ...push(40), at: new Date(Date.parse(first.at) - 1_000).toISOString() }
  expect(await refusal(send(older))).toMatchObject({ code: 'computer.not_newer' })
  const at = (ms: number) => ({ at: new Date(Date.now() + ms).toISOString() })
  const ahead = await refusal(send(push(41, at(2 * 3_600_000 + 30_000))))
  expect(ahead).toMatchObject({ code: 'computer.clock_ahead' })
  expect(ahead.detail).toContain('120 minutes')
  expect(await refusal(send(push(41, at(-8.5 * 86_400_000))))).toMatchObject({ code: 'computer.too_old' })
  expect((await send(push(42, at(10 * 60_000)))).status).toBe(200)
  const { last: sent } = await find(42)
  expect(Math.abs((sent?.skewSeconds ?? 0) - 600)).toBeLessThan(10)
})

it('does not judge what was on its way for longer than a check allows, and calls it stale when its time is over', async () => {
  const days = (n: number) => ({ at: new Date(Date.now() - n * 86_400_000).toISOString() })
  const updates = ok({ security: [], others: 0, rebootRequired: false, listsAt: days(3).at })
  await send(push(45, { ...days(3), groups: { volumes: disk(true), updates } }))
  expect((await find(45)).stale).toBe(0)
  const { systemId } = await find(45)
  const { outcomes } = (await (await owner.get(`/api/tenants/alpha/outcome/list?systemId=${systemId}`)).json()) as {
    outcomes: { check: string }[]
  }
  expect(outcomes.map(({ check }) => check)).toContain('host.disk-encrypted')
  expect(outcomes.map(({ check }) => check)).not.toContain('host.updates')
  await server.tenants.asSystem('alpha', ({ sql }) =>
    sql.query(`update outcome set fresh_until = now() - interval '1 minute' where system_id = $1`, [systemId]),
  )
  expect(await find(45)).toMatchObject({ stale: outcomes.length, counts: { pass: 0 } })
})

it.each([
  ['an unknown field', { name: 'x' }, 'request'],
  ['an unknown group', { groups: { people: ok([]) } }, 'groups'],
  [
    'a field of a person',
    { groups: { volumes: ok([{ mount: '/', device: 'x', encrypted: true, user: 'x' }]) } },
    'groups.volumes.facts.0',
  ],
  [
    'a wrong type',
    { groups: { volumes: ok([{ mount: '/', device: 'x', encrypted: 'yes' }]) } },
    'groups.volumes.facts.0.encrypted',
  ],
  ['another format', { format: 'art32.host/2' }, 'format'],
  ['an id with a path', { computer: '../../etc/passwd' }, 'computer'],
  ['a label with markup', { label: '<img src=x onerror=alert(1)>' }, 'label'],
  ['a label for a spreadsheet', { label: '=1+1' }, 'label'],
  [
    'a long text',
    { groups: { volumes: ok([{ mount: 'x'.repeat(301), device: 'x', encrypted: true }]) } },
    'groups.volumes.facts.0.mount',
  ],
  [
    'a long list',
    { groups: { volumes: ok(Array.from({ length: 2_001 }, () => ({ mount: '/', device: 'x', encrypted: true }))) } },
    'groups.volumes.facts',
  ],
])('refuses %s and names the field', async (_name, more, path) => {
  const refused = await refusal(send(push(50, more)))
  expect([refused.status, refused.code]).toEqual([400, 'http.invalid'])
  const named = refused.fields?.map((field) => field.path || 'request') ?? []
  expect(named.some((one) => one.startsWith(path))).toBe(true)
  expect((await list()).some(({ computer }) => computer.endsWith('32'))).toBe(false)
})

it('refuses what is too large, and what is no JSON', async () => {
  const text = 'x'.repeat(290)
  const long = Array.from({ length: 1_900 }, () => ({ mount: text, device: text, encrypted: true }))
  expect(await refusal(send(push(60, { groups: { volumes: ok(long) } })))).toMatchObject({ code: 'computer.too_large' })
  expect((await send(`{"format":"${'x'.repeat(3 * 1_048_576)}"}`)).status).toBe(413)
  expect((await send('{')).status).toBe(400)
})

it('keeps no account in clear, and tells whose it is only to those who must act', async () => {
  const accounts = ok({ rootEquivalent: ['account-0123456789ab', 'root'], administrators: 1, emptyPasswords: 0 })
  await send(push(70, { groups: { accounts } }))
  const { systemId } = await find(70)
  const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
    sql.query<{ subjects: unknown }>(`select subjects from outcome where system_id = $1 and state = 'fail'`, [
      systemId,
    ]),
  )
  const kept = JSON.stringify(rows)
  expect(kept).toMatch(/person-[0-9a-f]{32}/)
  expect(kept).not.toContain('account-0123456789ab')
})

it('takes no facts of a paused computer, looks at none, and lets a removed one come back as new', async () => {
  await send(push(80))
  const { connectionId } = await find(80)
  const post = (path: string, body: object) => owner.post(`/api/tenants/alpha/${path}`, body)
  expect(await refusal(post('check/run', { connectionIds: [connectionId] }))).toMatchObject({
    code: 'connection.sends',
  })
  await post('connection/pause', { connectionId, paused: true })
  expect(await refusal(send(push(80)))).toMatchObject({ code: 'computer.paused' })
  await post('connection/pause', { connectionId, paused: false })
  expect((await send(push(80))).status).toBe(200)
  await post('computer/name', { connectionId, name: 'Known' })
  await post('connection/remove', { connectionId })
  expect((await send(push(80))).status).toBe(200)
  expect(await find(80)).toMatchObject({ declared: false })
})

it('never lets a computer take the place of a system by its label', async () => {
  await owner.post('/api/tenants/alpha/connection/add', { target: 'dns:example.org', name: 'Database' })
  await send(push(90, { label: 'Database' }))
  expect((await find(90)).name).not.toBe('Database')
  await send(push(91, { label: 'NB-091' }))
  expect((await find(91)).name).toBe('NB-091')
})

it('knows a computer that was connected before it sent anything', async () => {
  const computer = (95).toString(16).padStart(32, '0')
  await owner.post('/api/tenants/alpha/connection/add', {
    connector: 'computer',
    settings: { computer },
    name: 'NB-095',
  })
  expect(await find(95)).toMatchObject({ declared: true, last: null, name: 'NB-095' })
  await send(push(95))
  expect(await find(95)).toMatchObject({ declared: true, name: 'NB-095' })
})

it('ends a flood of made-up computers', async () => {
  await server.tenants.asSystem('alpha', ({ sql }) =>
    sql.query(
      `with made as (select gen_random_uuid() as id, gen_random_uuid() as system_id, n from generate_series(1, 100) n),
         systems as (insert into system (id, name, kind, environment, created_at)
           select system_id, 'made up ' || n, 'computer', 'production', now() from made returning id),
         connections as (insert into connection (id, system_id, environment, connector, target, settings, every, next_at, created_at)
           select id, system_id, 'production', 'computer', 'computer:made-up-' || n, '', 'P1D', now(), now() from made returning id)
       insert into computer (connection_id, sent_at, received_at, skew_s, collector, system, is_declared)
       select id, now(), now(), 0, 'x', 'x', false from made`,
    ),
  )
  expect(await refusal(send(push(5_000)))).toMatchObject({ code: 'computer.too_many_new' })
  expect((await send(push(1))).status).toBe(200)
})
