import { unzipSync } from 'fflate'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  frontierRoot,
  leafHash,
  parseLeaf,
  sequenceEntries,
  signNote,
  verifyBundle,
  emptyFrontier,
  encodeFrontier,
} from '@art32/ledger'
import type { BundleReport } from '@art32/ledger'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { asSuperuser } from '../../../../scripts/testing/superuser.ts'
import { ledgerCrypto } from '../platform/index.ts'

const document = new TextEncoder().encode('# Measures\n\n- All network communication uses TLS 1.2 or newer.\n')

let server: TestServer
let owner: Person

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
})
afterAll(() => server.stop())

describe('the login role of a tenant', () => {
  it.each([
    'update log_entry set at = now()',
    `update log_entry set leaf = 'x'`,
    'delete from log_entry',
    'truncate log_entry',
    'truncate log_entry cascade',
    `insert into log_entry (idx, leaf, leaf_hash, type, subject) values (99, 'x', sha256('x'), 'x', 'x')`,
    'update log_state set size = 0',
    'delete from log_state',
    'update log_tile set n = n + 1',
    'delete from log_checkpoint',
    'truncate log_checkpoint',
    `insert into log_checkpoint (size, root, note) values (99, sha256('x'), 'x')`,
    'delete from log_pending',
    `update log_pending set event = '{}'`,
    'update opening set commitment = commitment',
    'delete from opening',
    'truncate opening',
    'alter table log_entry disable trigger all',
    'alter table log_entry disable trigger log_entry_append_only',
    'drop trigger log_entry_append_only on log_entry',
    'alter table log_entry drop constraint log_entry_pkey',
    'alter table log_entry rename to old_entry',
    'drop table log_entry cascade',
    'alter table log_entry owner to current_user',
    `set session_replication_role = 'replica'`,
    'set role art32_owner',
    'set session authorization art32_owner',
    'create or replace function ledger_refuse() returns trigger language plpgsql as $$ begin return null; end $$',
    'alter function ledger_refuse() rename to ledger_allow',
    'drop function ledger_refuse() cascade',
    'create table log_entry_2 ()',
    'create schema attack',
    `copy log_entry from program 'true'`,
    `select pg_read_file('/etc/passwd')`,
    `select lo_import('/etc/passwd')`,
    'create extension dblink',
  ])('is refused: %s', async (statement) => {
    const { connections } = await server.registry.open('alpha')
    const client = await connections.connect()
    try {
      await client.query('begin')
      const refusal = await client.query(statement).then(
        () => 'done',
        ({ code }: { code: string }) => code,
      )
      // Insufficient privilege, and not some mistake in the statement.
      expect(refusal).toBe('42501')
    } finally {
      await client.query('rollback')
      client.release()
    }
  })

  it('cannot start a log again', async () => {
    const { connections } = await server.registry.open('alpha')
    const client = await connections.connect()
    try {
      const state = async () => (await client.query('select * from log_state')).rows
      const before = await state()
      await client.query(`select ledger_start('x', sha256('x'), 'x', 'x')`)
      expect(await state()).toEqual(before)
      expect((await client.query(`select 1 from log_checkpoint where note = 'x'`)).rows).toEqual([])
    } finally {
      client.release()
    }
  })

  it('cannot enter an entry that does not follow from the head', async () => {
    const { connections } = await server.registry.open('alpha')
    const client = await connections.connect()
    const integrate = (size: number, leaf: string, hash: Buffer) =>
      client.query('select ledger_integrate($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
        size,
        ['1'],
        [Buffer.from(leaf)],
        [hash],
        [],
        [],
        [],
        [],
        Buffer.alloc(32),
        Buffer.alloc(0),
        'x',
      ])
    try {
      const { rows } = await client.query<{ size: string }>('select size from log_state')
      const size = Number(rows[0]?.size)
      await expect(integrate(size - 1, 'x', Buffer.alloc(32))).rejects.toMatchObject({ code: '40001' })
      await expect(integrate(size, 'x', Buffer.alloc(32))).rejects.toMatchObject({ code: '22000' })
    } finally {
      client.release()
    }
  })
})

describe('whoever owns the database server', () => {
  const slug = 'tampered'
  /** The edition that customers read, and the head that one of them kept after more had happened. */
  let editionId: string
  let held: string
  let sizes: { readonly edition: number; readonly held: number }

  beforeAll(async () => {
    await server.registry.create({ name: slug, slug, language: 'en' })
    await server.tenants.join(slug, owner.accountId, 'owner')
    const at = (operation: string) => `/api/tenants/${slug}/${operation}`
    const { document: read } = await json<{ document: { id: string } }>(
      await owner.upload(`${at('document/read')}?name=tom.md`, document),
    )
    await json(await owner.post(at('document/adopt'), { documentId: read.id }))
    editionId = (await json<{ id: string }>(await owner.post(at('edition/draft'), {}))).id
    const size = async () => (await server.ledgers.settle(await server.registry.open(slug))).size
    const edition = await size()
    for (const host of ['a', 'b', 'c'])
      await json(await owner.post(at('connection/add'), { target: `dns:${host}.example` }))
    sizes = { edition, held: await size() }
    held = (await json<{ checkpoint: string }>(await owner.get(at('ledger/show')))).checkpoint
    // What this machine remembers outside of the database would find some of it at once (restore.attack.test.ts). Here it is
    // as on a machine that remembers nothing: what is left is what others hold.
    const { signer } = await server.registry.open(slug)
    Object.assign(signer.heads, { of: () => undefined, family: () => [], keep: () => undefined })
    await asSuperuser(server, slug, async (client) => {
      for (const table of tables) await client.query(`create table saved_${table} as table ${table}`)
    })
  })
  afterEach(async () => {
    await asSuperuser(server, slug, async (client) => {
      await client.query(`set session_replication_role = 'replica'`)
      for (const table of tables) await client.query(`truncate ${table}`)
      for (const table of tables) await client.query(`insert into ${table} table saved_${table}`)
    })
  })
  const tables = ['log_entry', 'log_checkpoint', 'log_state']

  async function verify(known: readonly string[]): Promise<BundleReport> {
    const response = await owner.get(`/api/tenants/${slug}/edition/file?editionId=${editionId}&format=bundle`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(response.status, Buffer.from(bytes).toString()).toBe(200)
    return verifyBundle(ledgerCrypto, new Map(Object.entries(unzipSync(bytes))), { held: known })
  }

  const faults = (report: BundleReport) => report.steps.filter(({ ok }) => !ok)

  /** Breaks the log without the guards of the database. */
  async function tamper(...statements: string[]): Promise<void> {
    await asSuperuser(server, slug, async (client) => {
      await client.query('begin')
      await client.query(`set local session_replication_role = 'replica'`)
      for (const statement of statements) expect((await client.query(statement)).rowCount).not.toBe(0)
      await client.query('commit')
    })
  }

  it('has a log that verifies against a held checkpoint while nobody touches it', async () => {
    const report = await verify([held])
    expect(faults(report)).toEqual([])
    expect(report.holds).toBe(true)
  })

  it('is found out when one leaf is changed', async () => {
    await tamper(
      `update log_entry set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"k":"user"', '"k":"system"'), 'UTF8') where idx = 2`,
    )
    const report = await verify([held])
    expect(report.holds).toBe(false)
    expect(faults(report).map(({ id }) => id)).toContain('root')
  })

  it('is found out when the last leaf is dropped', async () => {
    await tamper(`delete from log_entry where idx = ${sizes.held - 1}`)
    const report = await verify([held])
    expect(report.holds).toBe(false)
    expect(faults(report).some(({ id }) => id === 'entries')).toBe(true)
  })

  it('is found out when two leaves are swapped, and the place is named', async () => {
    await tamper(
      'update log_entry set idx = 1000 where idx = 1',
      'update log_entry set idx = 1 where idx = 2',
      'update log_entry set idx = 2 where idx = 1000',
    )
    const report = await verify([held])
    expect(report.holds).toBe(false)
    expect(faults(report).some(({ place }) => /1/.test(place))).toBe(true)
  })

  it('is found out by a held checkpoint when the log is cut back to an older signed head', async () => {
    const open = await server.registry.open(slug)
    const { rows } = await asSuperuser(server, slug, (client) =>
      client.query<{ leaf: Buffer }>('select leaf from log_entry where idx < $1 order by idx', [sizes.edition]),
    )
    const batch = sequenceEntries(
      ledgerCrypto,
      { origin: open.signer.name, frontier: emptyFrontier, last: undefined },
      rows.map(({ leaf }) => leaf),
    )
    await tamper(
      `delete from log_entry where idx >= ${sizes.edition}`,
      `delete from log_checkpoint where size > ${sizes.edition}`,
      `update log_state set (size, root, note, frontier) = (select size, root, note, '\\x${hex(encodeFrontier(batch.frontier))}'::bytea from log_checkpoint where log_checkpoint.size = ${sizes.edition})`,
    )
    expect((await verify([])).holds).toBe(true)
    const report = await verify([held])
    expect(report.holds).toBe(false)
    expect(faults(report).map(({ id }) => id)).toEqual(['held'])
  })

  it('is found out by a held checkpoint even with the key of the log, when the whole tree is built and signed again', async () => {
    const open = await server.registry.open(slug)
    const { rows } = await asSuperuser(server, slug, (client) =>
      client.query<{ leaf: Buffer }>('select leaf from log_entry order by idx'),
    )
    const forged = rows.map(({ leaf }) => leaf)
    const last = forged.length - 1
    forged[last] = Buffer.from(String(forged[last]).replace('"connection"', '"measure"'))
    expect(parseLeaf(forged[last]).subj.t).toBe('measure')
    const batch = sequenceEntries(
      ledgerCrypto,
      { origin: open.signer.name, frontier: emptyFrontier, last: undefined },
      forged,
    )
    const note = signNote(ledgerCrypto, batch.text, [open.signer])
    await asSuperuser(server, slug, async (client) => {
      await client.query(`set session_replication_role = 'replica'`)
      await client.query('update log_entry set leaf = $2, leaf_hash = $3 where idx = $1', [
        last,
        forged[last],
        leafHash(ledgerCrypto, forged[last] ?? Buffer.of()),
      ])
      await client.query('update log_state set root = $1, frontier = $2, note = $3', [
        frontierRoot(ledgerCrypto, batch.frontier),
        encodeFrontier(batch.frontier),
        note,
      ])
    })
    const report = await verify([held])
    expect(report.holds).toBe(false)
    expect(faults(report).map(({ id }) => id)).toContain('held')
  })

  it('cannot make the server sign on top of a head that was changed', async () => {
    await tamper(
      `update log_state set frontier = set_byte(frontier, octet_length(frontier) - 1, 255 - get_byte(frontier, octet_length(frontier) - 1))`,
    )
    const before = await asSuperuser(server, slug, (client) => client.query('select size from log_checkpoint'))
    const response = await owner.post(`/api/tenants/${slug}/connection/add`, { target: 'dns:late.example' })
    await response.arrayBuffer()
    await expect(server.ledgers.settle(await server.registry.open(slug))).rejects.toMatchObject({
      code: 'inconsistent',
    })
    const after = await asSuperuser(server, slug, (client) => client.query('select size from log_checkpoint'))
    expect(after.rows).toEqual(before.rows)
  })
})

async function json<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
