import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { parametersOfRegister } from '../measure/index.ts'

let server: TestServer
let owner: Person
beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
})
afterAll(() => server.stop())

const at = (path: string) => `/api/tenants/alpha/${path}`
const add = (input: Record<string, unknown>) => owner.post(at('connection/add'), input)
const code = async (response: Response) => ((await response.json()) as { code?: string }).code
interface Seen {
  readonly id: string
  readonly systemId: string
  readonly target: string
  readonly environment: string
}
const connections = async () =>
  ((await (await owner.get(at('connection/list'))).json()) as { connections: Seen[] }).connections
const find = async (target: string) => {
  const found = (await connections()).find((one) => one.target === target)
  if (!found) throw new Error(`${target} is not connected`)
  return found
}

it('puts a system into production unless another environment is named', async () => {
  await add({ target: 'dns:plain.example' })
  await add({ target: 'dns:staged.example', environment: 'staging' })
  expect((await find('dns:plain.example')).environment).toBe('production')
  const response = await owner.get(at('system/list?environment=staging'))
  const { systems } = (await response.json()) as { systems: { name: string; environment: string }[] }
  expect(systems).toMatchObject([{ name: 'dns:staged.example', environment: 'staging' }])
})

it('refuses one target, one system and one password in two environments', async () => {
  await add({ target: 'postgres://reader:pa-ss-1@db.example/app', name: 'Database' })
  expect(await code(await add({ target: 'dns:plain.example', environment: 'test' }))).toBe(
    'connection.other_environment',
  )
  expect(await code(await add({ target: 'dns:other.example', name: 'Database', environment: 'test' }))).toBe(
    'system.other_environment',
  )
  const second = 'postgres://reader:pa-ss-1@test-db.example/app'
  const refused = await add({ target: second, environment: 'test' })
  const said = await refused.text()
  expect([refused.status, said.includes('pa-ss-1')]).toEqual([409, false])
  expect(said).toContain('connection.shared_secret')
  expect((await add({ target: second.replace('pa-ss-1', 'pa-ss-2'), environment: 'test' })).status).toBe(200)
})

it('moves a system with its connections for a reason, never one that shares its password', async () => {
  await add({ target: 'postgres://reader:twin@one.example/app' })
  await add({ target: 'postgres://reader:twin@two.example/app' })
  const { systemId } = await find('postgres:one.example:5432/app')
  const move = (input: Record<string, unknown>) => owner.post(at('system/move'), input)
  expect(await code(await move({ systemId, environment: 'test', reason: 'never was production' }))).toBe(
    'connection.shared_secret',
  )
  const plain = await find('dns:plain.example')
  expect((await move({ systemId: plain.systemId, environment: 'test', reason: ' ' })).status).toBe(400)
  expect((await move({ systemId: plain.systemId, environment: 'test', reason: 'never was production' })).status).toBe(
    200,
  )
  expect((await find('dns:plain.example')).environment).toBe('test')
  await server.ledgers.settle(await server.registry.open('alpha'))
  const { entries } = (await (await owner.get(at('ledger/entries?limit=3'))).json()) as {
    entries: { type: string; content: Record<string, unknown> }[]
  }
  expect(entries.find((entry) => entry.type === 'system.changed')?.content).toMatchObject({
    before: { environment: 'production' },
    after: { environment: 'test' },
    reason: { reason: 'never was production' },
  })
})

it('cannot attach a connection to a system of another environment, even by SQL', async () => {
  const { id } = await find('dns:staged.example')
  const crossing = server.tenants.asSystem('alpha', async ({ sql }) => {
    await sql.query(`update connection set environment = 'production' where id = $1`, [id])
  })
  await expect(crossing).rejects.toMatchObject({ code: '23503' })
})

it('looks at production unless a run names other environments, and counts for a measure only what it names', async () => {
  const { runId } = (await (
    await owner.post(at('check/run'), { connectionIds: [], environments: ['staging'] })
  ).json()) as { runId: string }
  const ids = await server.tenants.asSystem('alpha', async ({ sql }) => {
    const { rows } = await sql.query<{ connection_ids: string[]; environments: string[] }>(
      'select connection_ids, environments from run where id = $1',
      [runId],
    )
    return rows[0]
  })
  expect(ids).toEqual({ connection_ids: [(await find('dns:staged.example')).id], environments: ['staging'] })

  const document = new TextEncoder().encode('# Measures\n\n## Transfer\n\n- All network communication uses TLS 1.2.\n')
  const read = (await (await owner.upload(`${at('document/read')}?name=tom.md`, document)).json()) as {
    document: { id: string }
  }
  await owner.post(at('document/adopt'), { documentId: read.document.id })
  type Register = { statements: { measure: { id: string; parts: { checks: unknown[] }[] } | null }[] }
  const measure = async () => {
    const register = (await (await owner.get(at('register/show'))).json()) as Register
    const found = register.statements.flatMap((one) => one.measure ?? [])[0]
    if (!found) throw new Error('there is no measure')
    return found
  }
  const { systemId } = await find('dns:staged.example')
  await server.tenants.asSystem('alpha', async (tx) => {
    for (const parameters of (await parametersOfRegister(tx)).get('tls.protocols')?.keys() ?? [])
      await tx.sql.query(
        `insert into backing (check_id, system_id, state, looked_at, at, fresh_until, parameters, outcome)
         values ('tls.protocols', $1, 'pass', now(), now(), now() + interval '1 day', $2, $3)`,
        [systemId, parameters, Buffer.alloc(32)],
      )
  })
  const seen = async () => (await measure()).parts.flatMap((part) => part.checks).length
  expect(await seen()).toBe(0)
  const { id } = await measure()
  const elsewhere = await owner.post(at('measure/change'), { measureId: id, revision: 1, scope: [systemId] })
  expect(await code(elsewhere)).toBe('measure.scope_elsewhere')
  const widened = await owner.post(at('measure/change'), {
    measureId: id,
    revision: 1,
    scope: [systemId],
    environments: ['production', 'staging'],
  })
  expect([widened.status, (await seen()) > 0]).toEqual([200, true])
})
