import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openExport } from '../../../../scripts/testing/forged-export.ts'
import type { ForgedExport } from '../../../../scripts/testing/forged-export.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { openClosings } from '../evidence/index.ts'
import { openLog } from '../platform/index.ts'
import { removeHalfMade } from './import.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-import-'))
let server: TestServer
let operator: Person
let source: ForgedExport

beforeAll(async () => {
  server = await startTestServer({ ART32_DATA: folder })
  await server.registry.create({ name: 'This installation', slug: 'this-installation', language: 'en' })
  await server.registry.create({ name: 'Victim', slug: 'victim', language: 'en' })
  await server.registry.create({ name: 'Source', slug: 'source', language: 'en' })
  operator = await server.addPerson('operator@example.com', 'this-installation', 'owner')
  await server.tenants.join('source', operator.accountId, 'owner')
  const at = '/api/tenants/source/'
  await operator.post(`${at}connection/add`, { target: 'dns:example.org' })
  const text = new TextEncoder().encode('# Measures\n\n## Transfer\n\n- All network communication uses TLS 1.2.\n')
  const read = (await (await operator.upload(`${at}document/read?name=tom.md`, text)).json()) as {
    document: { id: string }
  }
  await operator.post(`${at}document/adopt`, { documentId: read.document.id })
  await operator.post(`${at}edition/draft`, {})
  const response = await operator.post(`${at}tenant/export`, {})
  source = openExport(new Uint8Array(await response.arrayBuffer()))
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const textOf = (path: string) => source.textOf(path)
const forged: ForgedExport['forge'] = (...given) => source.forge(...given)

async function refusal(bytes: Uint8Array): Promise<{ status: number; code: string; detail: string }> {
  const response = await operator.upload('/api/tenant/import?name=x.zip&slug=taken-over', bytes)
  return (await response.json()) as { status: number; code: string; detail: string }
}

const swap = (path: string, from: string | RegExp, to: string) => ({ [path]: textOf(path).replace(from, to) })

const attacks: Record<string, { make: () => Uint8Array; says: RegExp }> = {
  'no ZIP file at all': { make: () => strToU8('hello'), says: /no ZIP file/ },
  'a table of the database that no export holds': {
    make: () =>
      forged({ 'tables/membership.ndjson': '{}\n' }, (manifest) => {
        manifest.tables['membership'] = { columns: ['account_id'] }
      }),
    says: /table that this release does not know/,
  },
  'a column that nobody knows': {
    make: () => forged({}, (manifest) => manifest.tables['system']?.columns.push('secret')),
    says: /column that this release does not know/,
  },
  'a file that is missing': {
    make: () => zipSync(Object.fromEntries(Object.entries(source.files).filter(([name]) => name !== 'people.ndjson'))),
    says: /lists a file that is missing/,
  },
  'a file that nobody lists': {
    make: () => zipSync({ ...source.files, [`files/${'0'.repeat(64)}`]: strToU8('x') }),
    says: /does not list every file/,
  },
  'a row that is no JSON': {
    make: () => forged({ 'tables/system.ndjson': '{"id":\n' }),
    says: /tables\/system\.ndjson, line 1: it has not the fields/,
  },
  'a row with a field too many': {
    make: () => forged(swap('tables/system.ndjson', '{', '{"is_admin":true,')),
    says: /tables\/system\.ndjson, line 1: it has not the fields/,
  },
  'a row that refers to a row of somebody else': {
    make: () =>
      forged(
        swap(
          'tables/connection.ndjson',
          /"system_id": "[0-9a-f-]{36}"/,
          '"system_id": "00000000-0000-4000-8000-000000000000"',
        ),
      ),
    says: /tables\/connection\.ndjson, line 1–1: the database refuses a row \(23503\)/,
  },
  'a value of another type': {
    make: () => forged(swap('tables/system.ndjson', /"id": "[^"]+"/, '"id": "1; drop table system"')),
    says: /tables\/system\.ndjson, line 1–1: the database refuses a row \(22P02\)/,
  },
  'a secret': {
    make: () => forged(swap('tables/connection.ndjson', '"settings":null', '"settings":"{}"')),
    says: /holds a secret/,
  },
  'an entry of the ledger that was changed': {
    make: () => forged(swap('ledger/entries.ndjson', 'document.read', 'document.seen')),
    says: /ledger\/checkpoints\.ndjson, line \d+: the signed head is not that of the entries/,
  },
  'another content behind a commitment': {
    make: () => forged(swap('ledger/openings.ndjson', /"content": "\\\\x7b/, '"content": "\\\\x7c')),
    says: /ledger\/openings\.ndjson, line \d+: the content is not what the entry commits to/,
  },
  'a content that nobody committed to': {
    make: () => forged({ 'ledger/openings.ndjson': textOf('ledger/openings.ndjson').split('\n').slice(1).join('\n') }),
    says: /ledger\/entries\.ndjson, line 1: what its leaf commits to is missing/,
  },
  'another key': {
    make: () =>
      forged({ 'ledger/vkey': `${server.registry.instance.name}+00000000+AAAA\n` }, (manifest) => {
        manifest.ledger.vkey = `${server.registry.instance.name}+00000000+AAAA`
      }),
    says: /ledger\/vkey: it is no key/,
  },
  'an edition that says something else than the ledger': {
    make: () => forged(swap('tables/edition.ndjson', 'network communication', 'network traffic')),
    says: /an edition says something else than the ledger/,
  },
  'a manifest of another format': {
    make: () => forged({}, (manifest) => (manifest['format'] = 'art32.tenant-export/2')),
    says: /its format is not known/,
  },
}

describe('an import refuses, with the place, and leaves nothing behind', () => {
  it.each(Object.entries(attacks))('%s', async (_, { make, says }) => {
    const { status, code, detail } = await refusal(make())
    expect([status, code.startsWith('custody.') || code.startsWith('archive.')]).toEqual([400, true])
    expect(detail).toMatch(says)
    expect((await server.registry.list()).map(({ slug }) => slug)).not.toContain('taken-over')
    expect(await server.registry.listImporting()).toEqual([])
  })

  it('not a row of the registry', async () => {
    const { rows } = await server.databases.control.query<{ n: number }>('select count(*)::int as n from tenant')
    expect(rows[0]?.n).toBe(3)
  })
})

it('takes an unchanged export: the attacks above change what counts', async () => {
  const response = await operator.upload('/api/tenant/import?name=x.zip&slug=taken-over', forged({}))
  expect(response.status).toBe(200)
})

it('removes at the next start what a crash left in the middle of an import', async () => {
  const half = await server.registry.create({
    name: 'Half',
    slug: 'half-made',
    language: 'en',
    importingBy: operator.accountId,
  })
  expect((await server.registry.list()).map(({ slug }) => slug)).not.toContain('half-made')
  expect((await operator.get('/api/tenants/half-made/system/list')).status).toBe(404)
  const { registry, databases, ledgers } = server
  const clock = { now: () => new Date() }
  const closings = openClosings({ registry, databases, ledgers, clock, log: openLog('error', clock.now) })
  await removeHalfMade({ registry, closings })
  await expect(server.registry.open(half.id)).rejects.toMatchObject({ code: 'tenant.not_found' })
})

it('keeps no body after the answer', () => {
  expect(readdirSync(join(folder, 'spool'))).toEqual([])
})
