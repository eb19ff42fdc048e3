import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseVkey, verifyBundle } from '@art32/ledger'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { ledgerCrypto } from '../platform/index.ts'

let home: TestServer
let other: TestServer
let owner: Person
let operator: Person

const document = new TextEncoder().encode(`# Technical and organisational measures

## Confidentiality

- All network communication uses TLS 1.2 or newer.
- Visitors are escorted at all times.
`)

const json = async <T>(response: Response): Promise<T> => {
  const body = (await response.json()) as T
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body
}
const at = (path: string) => `/api/tenants/alpha/${path}`

async function exportOf(person: Person, slug = 'alpha'): Promise<Uint8Array> {
  const response = await person.post(`/api/tenants/${slug}/tenant/export`, {})
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip'])
  return new Uint8Array(await response.arrayBuffer())
}
const filesOf = (bytes: Uint8Array) =>
  new Map(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, Buffer.from(content).toString('utf8')]))
const linesOf = (files: ReadonlyMap<string, string>, path: string) =>
  (files.get(path) ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)

interface Bundle {
  readonly zip: Uint8Array
  readonly vkey: string
}
let before: Bundle
let archive: Uint8Array

async function bundleOf(person: Person, number: number): Promise<Uint8Array> {
  const { editions } = await json<{ editions: { id: string; number: number | null }[] }>(
    await person.get(at('edition/list')),
  )
  const found = editions.find((one) => one.number === number)
  const response = await person.get(`${at('edition/file')}?editionId=${found?.id}&format=bundle`)
  expect(response.status).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}

function holds(zip: Uint8Array, vkey: string): boolean {
  return verifyBundle(ledgerCrypto, new Map(Object.entries(unzipSync(zip))), { keys: [parseVkey(ledgerCrypto, vkey)] })
    .holds
}

beforeAll(async () => {
  home = await startTestServer()
  await home.registry.create({ name: 'Alpha GmbH', slug: 'alpha', language: 'de' })
  owner = await home.addPerson('owner@example.com', 'alpha', 'owner')
  await home.addPerson('editor@example.com', 'alpha', 'editor')
  await json(await owner.post(at('connection/add'), { target: 'dns:example.org', environment: 'test' }))
  await json(await owner.post(at('connection/add'), { target: 'postgres://reader:s3cr3t-word@127.0.0.1:1/app' }))
  const read = await json<{ document: { id: string } }>(
    await owner.upload(`${at('document/read')}?name=tom.md`, document),
  )
  await json(await owner.post(at('document/adopt'), { documentId: read.document.id }))
  await json(
    await owner.post(at('measure/confirm_section'), { documentId: read.document.id, section: 'Confidentiality' }),
  )
  const { id } = await json<{ id: string }>(await owner.post(at('edition/draft'), {}))
  await json(await owner.post(at('edition/sign'), { editionId: id }))
  before = { zip: await bundleOf(owner, 1), vkey: (await home.registry.open('alpha')).tenant.vkey }
  archive = await exportOf(owner)

  other = await startTestServer()
  await other.registry.create({ name: 'This installation', slug: 'this-installation', language: 'en' })
  operator = await other.addPerson('operator@example.com', 'this-installation', 'owner')
})
afterAll(async () => {
  await Promise.all([home.stop(), other.stop()])
})

it('exports every row as a line of JSON and no secret', async () => {
  const files = filesOf(archive)
  expect(linesOf(files, 'tables/system.ndjson')).toHaveLength(2)
  expect(linesOf(files, 'people.ndjson').map((one) => one['email'])).toEqual([
    'owner@example.com',
    'editor@example.com',
  ])
  expect([...files.values()].join('\n')).not.toContain('s3cr3t-word')
  const { enterAgain } = JSON.parse(files.get('manifest.json') ?? '') as { enterAgain: { what: string }[] }
  expect(enterAgain.map((one) => one.what).toSorted()).toEqual(['dns:example.org', 'postgres:127.0.0.1:1/app'])
  const { entries } = await json<{ entries: { type: string }[] }>(await owner.get(at('ledger/entries?limit=1')))
  expect(entries[0]?.type).toBe('tenant.exported')
})

it('is imported elsewhere, where register, findings and editions are read, and the old edition still verifies', async () => {
  const done = await json<{ slug: string; invitations: number }>(
    await operator.upload('/api/tenant/import?name=alpha.zip', archive),
  )
  expect(done).toMatchObject({ slug: 'alpha', invitations: 2 })
  const show = async (person: Person) =>
    (
      await json<{ statements: { text: string; measure: { parts: { confirmedBy: string | null }[] } | null }[] }>(
        await person.get(at('register/show')),
      )
    ).statements.map(({ text, measure }) => [text, measure?.parts.map((part) => part.confirmedBy) ?? null])
  expect(await show(operator)).toEqual(await show(owner))
  await json(await operator.get(at('finding/list')))
  const { invitations } = await json<{ invitations: { email: string; role: string }[] }>(
    await operator.get(at('invitation/list')),
  )
  expect(invitations.map(({ email, role }) => [email, role])).toEqual([
    ['editor@example.com', 'editor'],
    ['owner@example.com', 'owner'],
  ])

  const again = await bundleOf(operator, 1)
  expect([holds(before.zip, before.vkey), holds(again, before.vkey)]).toEqual([true, true])
  const { tenant } = await other.registry.open('alpha')
  expect(tenant.vkey).not.toBe(before.vkey)
  await other.ledgers.settle(await other.registry.open('alpha'))
  const { entries } = await json<{ entries: { index: number; type: string }[] }>(
    await operator.get(at('ledger/entries?limit=200')),
  )
  expect(
    entries
      .toReversed()
      .slice(0, 3)
      .map((one) => one.type),
  ).toEqual(['log.continued', 'tenant.imported', 'access.granted'])

  // A new edition cites confirmations that were made over there: each has a place in the log that goes on.
  const { id } = await json<{ id: string }>(await operator.post(at('edition/draft'), {}))
  await json(await operator.post(at('edition/sign'), { editionId: id }))
  expect(holds(await bundleOf(operator, 2), tenant.vkey)).toBe(true)
  const edition = await json<{ sections: unknown }>(
    await operator.get(`${at('edition/file')}?editionId=${await idOf(2)}&format=json`),
  )
  expect(JSON.stringify(edition.sections)).toContain('"confirmedBy":{')
})

async function idOf(number: number): Promise<string> {
  const { editions } = await json<{ editions: { id: string; number: number | null }[] }>(
    await operator.get(at('edition/list')),
  )
  return editions.find((one) => one.number === number)?.id ?? ''
}

it('leaves connections paused until their settings are entered again', async () => {
  const { connections } = await json<{ connections: { id: string; enterAgain: boolean; paused: boolean }[] }>(
    await operator.get(at('connection/list')),
  )
  expect(connections.map(({ enterAgain, paused }) => [enterAgain, paused])).toEqual([
    [true, true],
    [true, true],
  ])
  const [first] = connections
  const refused = await operator.post(at('check/run'), { connectionIds: [first?.id] })
  expect(await refused.json()).toMatchObject({ code: 'connection.enter_again' })
  await json(await operator.post(at('connection/add'), { target: 'dns:example.org', environment: 'test' }))
  const seen = await json<{ connections: { target: string; enterAgain: boolean; paused: boolean }[] }>(
    await operator.get(at('connection/list')),
  )
  expect(seen.connections.find((one) => one.target === 'dns:example.org')).toMatchObject({
    enterAgain: false,
    paused: false,
  })
})

it('exported again is equal but for what the format says must differ', async () => {
  await json(await operator.upload('/api/tenant/import?name=alpha.zip&slug=alpha-again', archive))
  const first = filesOf(archive)
  const second = filesOf(await exportOf(operator, 'alpha-again'))
  const differing = ['earlier_log', 'earlier_entry', 'earlier_checkpoint', 'earlier_opening', 'connection']
  for (const path of first.keys()) {
    if (!/^(?:tables|files)\//.test(path) || differing.some((table) => path === `tables/${table}.ndjson`)) continue
    expect([path, second.get(path)]).toEqual([path, first.get(path)])
  }
  expect(linesOf(second, 'tables/earlier_entry.ndjson')).toHaveLength(linesOf(first, 'ledger/entries.ndjson').length)
  const connections = (files: ReadonlyMap<string, string>) =>
    linesOf(files, 'tables/connection.ndjson').map((row) => ({ ...row, paused: null, next_at: null }))
  expect(connections(second)).toEqual(connections(first))
})

it('is told to the log of the installation on both sides, with who did it', async () => {
  const types = async (server: TestServer) =>
    (
      await server.databases.control.query<{ type: string }>(
        `select coalesce(e.type, '') as type from log_entry e union all select event ->> 'type' from log_pending`,
      )
    ).rows.map((row) => row.type)
  expect(await types(home)).toContain('tenant.exported')
  expect(await types(other)).toContain('tenant.imported')
})

it('is for an owner to take out and for the operator to take in', async () => {
  const member = await other.addPerson('member@example.com', 'alpha', 'member')
  expect((await member.post(at('tenant/export'), {})).status).toBe(403)
  expect(await (await member.upload('/api/tenant/import?name=x.zip', archive)).json()).toMatchObject({
    code: 'access.not_operator',
  })
})
