import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../scripts/testing/server.ts'
import { permissionsOf, roles } from './kernel/index.ts'
import type { AnyOperation, Permission } from './kernel/index.ts'
import { methodOf, pathOf } from './http/index.ts'
import { allOperations } from './operations.ts'

const document = new TextEncoder().encode(`# Technical and organisational measures

Version 3, 1 May 2026

## Confidentiality

- All network communication uses TLS 1.2 or newer.
- Multi-factor authentication is required for administrators.
- Visitors are escorted at all times.

## Availability

- Backups are made daily and restored every 3 months.
`)

let server: TestServer
let owner: Person
let member: Person
let stranger: Person
let guest: Person
let operations: readonly AnyOperation[]

beforeAll(async () => {
  server = await startTestServer()
  operations = server.operations
  for (const slug of ['alpha', 'beta', 'gamma']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  guest = await addGuest('guest@example.com', 'gamma')
})
afterAll(() => server.stop())

/** Somebody who is let into one room of a tenant and is nothing else. */
async function addGuest(email: string, tenant: string): Promise<Person> {
  const account = await server.accounts.create({ name: 'Guest', email, password: testPassword })
  await server.tenants.asSystem(tenant, async ({ sql, newId, now }) => {
    const [edition, room] = [newId(), newId()]
    await sql.query(
      `insert into edition (id, state, number, language, content, commitment, signed_by, signed_role, made_at)
       values ($1, 'edition', 1, 'en', '', '', $1, 'owner', $2)`,
      [edition, now],
    )
    await sql.query(
      `insert into room (id, name, edition_id, audience, opened_at, until) values ($1, 'r', $2, 'auditors', $3, $3::timestamptz + interval '1 day')`,
      [room, edition, now],
    )
    await sql.query('insert into guest (room_id, account_id, since) values ($1, $2, $3)', [room, account.id, now])
  })
  const { id } = (await server.registry.open(tenant)).tenant
  await server.registry.admit(id, account.id, 'guest', new Date(Date.now() + 86_400_000))
  return await server.signIn(email)
}

const path = (id: string, tenant = 'alpha') => {
  const operation = operations.find((one) => one.id === id)
  if (!operation) throw new Error(`there is no operation ${id}`)
  return pathOf(operation).replace('{tenant}', tenant)
}

async function json<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body
}

/** The body of an unusable but well-formed call: ids that nobody has. */
function strangeInput(operation: AnyOperation): Record<string, unknown> {
  const samples: Record<string, unknown> = {
    documentId: '00000000-0000-4000-8000-000000000000',
    measureId: '00000000-0000-4000-8000-000000000000',
    connectionId: '00000000-0000-4000-8000-000000000000',
    editionId: '00000000-0000-4000-8000-000000000000',
    runId: '00000000-0000-4000-8000-000000000000',
    accountId: '00000000-0000-4000-8000-000000000000',
    tokenId: '00000000-0000-4000-8000-000000000000',
    certificateId: '00000000-0000-4000-8000-000000000000',
    invitationId: '00000000-0000-4000-8000-000000000000',
    roomId: '00000000-0000-4000-8000-000000000000',
    lineId: '00000000-0000-4000-8000-000000000000',
    messageId: '00000000-0000-4000-8000-000000000000',
    questionId: '00000000-0000-4000-8000-000000000000',
    grantId: '00000000-0000-4000-8000-000000000000',
    commentId: '00000000-0000-4000-8000-000000000000',
    days: 1,
    guests: [],
    text: 'x',
    ...(operation.id.startsWith('grant.') ? { scope: 'read', hours: 1 } : {}),
    role: 'member',
    outcomeId: '00000000-0000-4000-8000-000000000000',
    revision: 1,
    section: 'Confidentiality',
    parts: ['a', 'b'],
    reason: 'no measure',
    target: 'dns:example.com',
    systemId: '00000000-0000-4000-8000-000000000000',
    environment: 'test',
    paused: true,
    key: 'tls.protocols/000000000000000000000000',
    format: operation.id === 'edition.file' ? 'pdf' : 'json',
    token: 'x',
    webhookId: '00000000-0000-4000-8000-000000000000',
    deliveryId: '00000000-0000-4000-8000-000000000000',
    url: 'https://hook.invalid/',
    kinds: ['edition.published'],
    choices: [],
    name: 'x',
    email: 'x@example.com',
    password: 'x'.repeat(20),
    issuer: 'https://id.example.com',
    clientId: 'x',
    joinRole: null,
    demand: 'nobody',
    roles: [],
  }
  return Object.fromEntries(
    Object.keys(operation.input.shape)
      .filter((key) => key in samples)
      .map((key) => [key, samples[key]]),
  )
}

async function callAs(
  person: Person,
  operation: AnyOperation,
  tenant: string,
  extra: Record<string, unknown> = {},
): Promise<Response> {
  const at = pathOf(operation).replace('{tenant}', tenant)
  const input = { ...strangeInput(operation), ...extra }
  if (operation.kind === 'upload')
    return await person.upload(`${at}?${new URLSearchParams({ name: 'tom.md', ...stringly(extra) })}`, document)
  if (methodOf(operation) === 'get') return await person.get(`${at}?${new URLSearchParams(stringly(input))}`)
  return await person.post(at, input)
}

function stringly(input: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, String(value)]))
}

describe('every operation of a tenant', () => {
  it("answers another tenant's person with not-found, never with forbidden", async () => {
    for (const operation of operations.filter((one) => one.scope === 'tenant')) {
      const response = await callAs(stranger, operation, 'alpha')
      expect([operation.id, response.status]).toEqual([operation.id, 404])
      expect(await response.json()).toMatchObject({ code: 'tenant.not_found' })
    }
  })

  it('refuses who is signed out', async () => {
    for (const operation of operations.filter((one) => one.scope === 'tenant')) {
      const at = `${server.url}${pathOf(operation).replace('{tenant}', 'alpha')}`
      const response = await fetch(at, { method: methodOf(operation).toUpperCase() })
      expect([operation.id, response.status]).toEqual([operation.id, 401])
    }
  })

  it('refuses a role without the permission it needs', async () => {
    const beyond = operations.filter(
      (one) => one.scope === 'tenant' && one.needs !== null && !permissionsOf('member').includes(one.needs),
    )
    expect(beyond.length).toBeGreaterThan(10)
    for (const operation of beyond) {
      const response = await callAs(member, operation, 'alpha')
      expect([operation.id, response.status]).toEqual([operation.id, 403])
    }
  })

  it('is not there for a guest, but for those of rooms', async () => {
    const [rooms, others] = [true, false].map((wanted) =>
      operations.filter(
        (one) =>
          one.scope === 'tenant' && (one.needs !== null && permissionsOf('guest').includes(one.needs)) === wanted,
      ),
    )
    expect(rooms?.every((one) => one.id.startsWith('room.'))).toBe(true)
    for (const operation of others ?? []) {
      const response = await callAs(guest, operation, 'gamma')
      expect([operation.id, response.status]).toEqual([operation.id, 404])
      expect(await response.json()).toMatchObject({ code: 'tenant.not_found' })
    }
    for (const operation of rooms ?? []) {
      const response = await callAs(guest, operation, 'alpha')
      expect([operation.id, ((await response.json()) as { code: string }).code]).toEqual([
        operation.id,
        'tenant.not_found',
      ])
      const own = await callAs(guest, operation, 'gamma')
      expect([operation.id, own.status]).toEqual([operation.id, operation.id === 'room.list' ? 200 : 404])
    }
  })

  it('refuses unknown fields', async () => {
    for (const operation of operations.filter((one) => one.scope === 'tenant')) {
      const response = await callAs(owner, operation, 'alpha', { tenantId: 'beta', isAdmin: 'true' })
      expect([operation.id, response.status]).toEqual([operation.id, 400])
      expect(await response.json()).toMatchObject({ code: 'http.invalid' })
    }
  })

  it('refuses only with codes that it declares, or those of the adapter', async () => {
    for (const operation of operations.filter((one) => one.scope === 'tenant' && one.kind !== 'stream')) {
      const response = await callAs(owner, operation, 'alpha')
      if (response.ok) continue
      const { code, status } = (await response.json()) as { code: string; status: number }
      expect(status, `${operation.id} ${code}`).toBeLessThan(500)
      const declared = operation.refuses.map((refusal) => refusal.definition.code)
      expect([operation.id, declared.includes(code) || code.startsWith('http.')]).toEqual([operation.id, true])
    }
  })

  it('has a limit to how often one caller may ask', async () => {
    const limited = await startTestServer({}, { limits: { caller: 0, token: 0, change: 1 } })
    await limited.registry.create({ name: 'alpha', slug: 'alpha', language: 'en' })
    const person = await limited.addPerson('owner@example.com', 'alpha', 'owner')
    for (const operation of operations) {
      const response = await callAs(person, operation, 'alpha')
      expect([operation.id, response.status]).toEqual([operation.id, 429])
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    await limited.stop()
  })

  it('has a summary, an id of noun and verb, and reads by GET, changes by POST', () => {
    const ids = operations.map((operation) => operation.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const operation of operations) {
      expect(operation.id).toMatch(/^[a-z]+\.[a-z_]+$/)
      expect(operation.summary.length).toBeGreaterThan(10)
      expect(methodOf(operation)).toBe(operation.changes || operation.kind === 'upload' ? 'post' : 'get')
    }
  })

  it('stands in the OpenAPI document', async () => {
    const { paths } = await json<{ paths: Record<string, Record<string, { operationId: string }>> }>(
      await fetch(`${server.url}/openapi.json`),
    )
    for (const operation of operations)
      expect(paths[pathOf(operation)]?.[methodOf(operation)]?.operationId).toBe(operation.id)
  })
})

describe('the dpo', () => {
  it('reads all and neither owns nor signs', () => {
    const never: Permission[] = [
      'edition:sign',
      'register:write',
      'mapping:confirm',
      'access:write',
      'connection:write',
      'room:write',
    ]
    for (const permission of never) expect(permissionsOf('dpo').includes(permission)).toBe(false)
    expect(permissionsOf('dpo').includes('register:read') && permissionsOf('dpo').includes('ledger:read')).toBe(true)
    expect(roles.filter((role) => permissionsOf(role).includes('edition:sign'))).toEqual(['owner', 'signatory'])
  })
})

describe('a request', () => {
  it('from another site is refused', async () => {
    const response = await fetch(`${server.url}${path('document.adopt')}`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
      body: '{}',
    })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'http.foreign_origin' })
  })

  it('that is no JSON, or too large, is refused with the reason', async () => {
    const post = (body: string, type: string) =>
      fetch(`${server.url}/api/account/setup`, { method: 'POST', headers: { 'content-type': type }, body })
    expect((await post('{', 'application/json')).status).toBe(400)
    expect((await post('{}', 'text/plain')).status).toBe(415)
    expect((await post(`{"name":"${'x'.repeat(3_000_000)}"}`, 'application/json')).status).toBe(413)
  })

  it('gets strict headers with every answer', async () => {
    for (const address of ['/health', '/api/account/whoami', '/nothing', '/api/nothing']) {
      const { headers } = await fetch(`${server.url}${address}`)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('content-security-policy')).not.toContain('unsafe-inline')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBeTruthy()
    }
  })
})

describe('the register', () => {
  it('is read, adopted, confirmed, changed, split, merged and set aside, each with its leaf', async () => {
    const read = await json<{ document: { id: string } }>(
      await owner.upload(`${path('document.read')}?name=tom.md`, document),
    )
    await json(await owner.post(path('document.adopt'), { documentId: read.document.id }))
    type Measure = {
      id: string
      revision: number
      assurance: string
      parts: { catalogueId: string; confirmedBy: string | null }[]
    }
    type Register = {
      statements: { text: string; section: string; measure: Measure | null }[]
      counts: { lines: number; unconfirmed: number }
    }
    const show = async () => await json<Register>(await owner.get(path('register.show')))
    const lines = async () =>
      (await show()).statements.flatMap((one) => (one.measure ? [{ ...one, measure: one.measure }] : []))

    const [tls] = await lines()
    expect(tls?.text).toContain('TLS 1.2')
    expect(tls?.measure.parts.map((part) => part.catalogueId)).toContain('transport-encryption')
    const confirmed = await json<{ measure: Measure }>(
      await owner.post(path('measure.confirm'), { measureId: tls?.measure.id, revision: 1 }),
    )
    expect(confirmed.measure).toMatchObject({ revision: 2, assurance: 'stated' })
    expect(confirmed.measure.parts[0]?.confirmedBy).toBe('person')

    const stale = await owner.post(path('measure.change'), {
      measureId: tls?.measure.id,
      revision: 1,
      owner: 'Operations',
    })
    expect(await stale.json()).toMatchObject({ status: 409, code: 'measure.changed_meanwhile' })
    await json(
      await owner.post(path('measure.change'), {
        measureId: tls?.measure.id,
        revision: 2,
        owner: 'Operations',
        catalogueIds: ['transport-encryption', 'mfa'],
      }),
    )
    expect((await lines())[0]?.measure.parts.every((part) => part.confirmedBy === null)).toBe(true)

    const backup = (await lines()).find((one) => one.text.startsWith('Backups'))
    const parts = ['Backups are made daily', 'restored every 3 months.']
    const split = await json<{ measureIds: string[] }>(
      await owner.post(path('measure.split'), { measureId: backup?.measure.id, revision: 1, parts }),
    )
    expect(split.measureIds).toHaveLength(2)
    expect((await lines()).slice(-2).map((one) => one.text)).toEqual(parts)
    await json(await owner.post(path('measure.merge'), { measureId: split.measureIds[0], revision: 2 }))
    expect((await lines()).at(-1)?.text).toBe(parts.join(' '))

    const before = (await show()).counts.lines
    await json(
      await owner.post(path('measure.ignore'), {
        measureId: split.measureIds[0],
        revision: 3,
        reason: 'said elsewhere',
      }),
    )
    expect((await show()).counts.lines).toBe(before - 1)

    const section = await json<{ confirmed: number }>(
      await owner.post(path('measure.confirm_section'), { documentId: read.document.id, section: 'Confidentiality' }),
    )
    expect(section.confirmed).toBeGreaterThanOrEqual(1)

    await server.ledgers.settle(await server.registry.open('alpha'))
    const { events } = await json<{ events: { type: string; who: { name: string | null } }[] }>(
      await owner.get(`${path('history.list')}?id=${split.measureIds[0]}`),
    )
    expect(events.map((event) => event.type)).toEqual(['statement.ignored', 'statement.merged', 'statement.split'])
    expect(events.every((event) => event.who.name === 'owner')).toBe(true)
  })

  it('appends to the ledger with every change and with nothing that only reads', async () => {
    // In a tenant of its own: runs that other tests asked for append when their time comes.
    const size = async () => await server.ledgers.settle(await server.registry.open('beta'))
    const before = await size()
    const reading = operations.filter((one) => one.scope === 'tenant' && !one.changes && one.kind === 'json')
    for (const operation of reading) await callAs(stranger, operation, 'beta')
    expect(await size()).toBe(before)
    await json(await stranger.post(path('connection.add', 'beta'), { target: 'dns:example.org' }))
    expect(await size()).toBeGreaterThan(before)
  })
})

it('lists the same operations for types and for the server', () => {
  expect(operations.map((operation) => operation.id)).toEqual(
    allOperations({} as Parameters<typeof allOperations>[0]).map((operation) => operation.id),
  )
})

it('gives a short name to one of two who want it at the same moment', async () => {
  const create = () => owner.post('/api/tenant/create', { name: 'Same', slug: 'same-name', language: 'en' })
  // Owner of a tenant, but not of the installation's own: not an operator.
  expect(await (await create()).json()).toMatchObject({ code: 'access.not_operator' })
  const results = await Promise.allSettled(
    [1, 2, 3].map(() => server.registry.create({ name: 'Same', slug: 'same-name', language: 'en' })),
  )
  expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  for (const one of results)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'tenant.slug_taken' })
})
