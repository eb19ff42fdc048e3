import { createHash } from 'node:crypto'
import { Zip, ZipDeflate } from 'fflate'
import { openCheckpoint, parseVkey } from '@art32/ledger'
import type { z } from 'zod'
import { openSnapshot } from '../evidence/index.ts'
import type { Queryable, Snapshot } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { ledgerCrypto, open } from '../platform/index.ts'
import type { OpenTenant } from '../tenant/index.ts'
import { bytesForms, leftOut, placeOf, readTables, rowsAtOnce } from './content.ts'
import type { Form, Table } from './content.ts'
import { custodyErrors } from './errors.ts'
import { exportFormat } from './manifest.ts'
import type { Manifest, Person } from './manifest.ts'

/** What an export needs besides the tenant. */
export interface ExportDependencies {
  /** Gives every waiting leaf its place. */
  readonly settle: (open: OpenTenant) => Promise<unknown>
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
  readonly now: () => Date
  readonly version: string
}

interface File {
  readonly path: string
  readonly content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>
  readonly isList: boolean
}

/** ZIP without its 64-bit extension; the directory comes after this. */
const mostBytes = 4_200_000_000
const attempts = 30

/**
 * A tenant as a ZIP file, part by part: one instant of its database, in constant memory.
 *
 * @throws {custody.busy | custody.too_large} the latter in the middle: the file then lacks its directory and cannot be opened
 */
export async function* exportTenant(tenant: OpenTenant, dependencies: ExportDependencies): AsyncGenerator<Uint8Array> {
  const snapshot = await settledSnapshot(tenant, dependencies)
  try {
    const files: z.input<typeof Manifest>['files'] = []
    const parts: Uint8Array[] = []
    let size = 0
    const zip = new Zip((error, part) => {
      if (error) throw bug('a file could not be packed', error)
      parts.push(part)
      size += part.length
    })
    const taken = () => {
      if (size > mostBytes) throw custodyErrors.too_large()
      return parts.splice(0)
    }
    for await (const { path, content, isList } of filesOf(tenant, snapshot.sql, dependencies, files)) {
      const entry = new ZipDeflate(path, { level: 6 })
      entry.mtime = epoch
      zip.add(entry)
      const hash = createHash('sha256')
      let bytes = 0
      let rows = 0
      for await (const part of content) {
        const chunk = typeof part === 'string' ? Buffer.from(part, 'utf8') : part
        bytes += chunk.length
        if (isList) rows += chunk.length === 0 ? 0 : count(chunk)
        hash.update(chunk)
        // The packer keeps what it is given until the next part comes.
        entry.push(new Uint8Array(chunk), false)
        yield* taken()
      }
      entry.push(new Uint8Array(), true)
      yield* taken()
      files.push({ path, bytes, sha256: hash.digest('hex'), ...(isList ? { rows } : {}) })
    }
    zip.end()
    yield* taken()
  } finally {
    await snapshot.end()
  }
}

const epoch = new Date('2000-01-01T00:00:00Z')

function count(chunk: Uint8Array): number {
  let lines = 0
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++
  return lines
}

/** An instant at which no event waits: what is exported is in the ledger to the last change. */
async function settledSnapshot(tenant: OpenTenant, { settle }: ExportDependencies): Promise<Snapshot> {
  for (let left = attempts; left > 0; left--) {
    await settle(tenant)
    const snapshot = await openSnapshot(tenant)
    if (snapshot.pending === 0) return snapshot
    await snapshot.end()
  }
  throw custodyErrors.busy()
}

async function* filesOf(
  tenant: OpenTenant,
  sql: Queryable,
  dependencies: ExportDependencies,
  files: z.input<typeof Manifest>['files'],
): AsyncGenerator<File> {
  const tables = await readTables(sql)
  const enterAgain: z.input<typeof Manifest>['enterAgain'] = []
  for (const table of tables)
    yield { path: `tables/${table.name}.ndjson`, content: linesOf(tenant, sql, table, enterAgain), isList: true }
  yield { path: 'people.ndjson', content: await peopleOf(sql, dependencies), isList: true }
  yield { path: 'ledger/entries.ndjson', content: lines(sql, ledgerQueries.entries), isList: true }
  yield { path: 'ledger/openings.ndjson', content: lines(sql, ledgerQueries.openings), isList: true }
  yield { path: 'ledger/checkpoints.ndjson', content: lines(sql, ledgerQueries.checkpoints), isList: true }
  yield { path: 'ledger/vkey', content: [`${tenant.tenant.vkey}\n`], isList: false }
  const written = new Set<string>()
  for (const [table, column] of fileColumns(tables)) {
    for await (const { sha256 } of rowsOf<{ sha256: string }>(
      sql,
      `select distinct encode(sha256(${column}), 'hex') as sha256 from ${table} where ${column} is not null`,
    )) {
      if (written.has(sha256)) continue
      written.add(sha256)
      yield { path: `files/${sha256}`, content: fileOf(sql, table, column, sha256), isList: false }
    }
  }
  yield {
    path: 'manifest.json',
    content: [await manifestOf(tenant, sql, tables, enterAgain, files, dependencies)],
    isList: false,
  }
}

const ledgerQueries = {
  entries: `select to_jsonb(e) as row from (select idx, at, convert_from(leaf, 'UTF8') as leaf from log_entry order by idx) e`,
  openings: `select to_jsonb(o) as row from (select commitment, idx, role, salt, content, erased_at from opening where idx is not null order by idx, role) o`,
  checkpoints: `select to_jsonb(c) as row from (select size, note, at from log_checkpoint order by size) c`,
}

function fileColumns(tables: readonly Table[]): [string, string][] {
  return tables.flatMap(({ name, columns }) =>
    columns.flatMap((column): [string, string][] => (column.form?.form === 'file' ? [[name, column.name]] : [])),
  )
}

async function* fileOf(sql: Queryable, table: string, column: string, sha256: string): AsyncGenerator<Uint8Array> {
  const { rows } = await sql.query<{ bytes: Buffer }>(
    `select ${column} as bytes from ${table} where encode(sha256(${column}), 'hex') = $1 limit 1`,
    [sha256],
  )
  const { bytes = Buffer.alloc(0) } = rows[0] ?? {}
  for (let at = 0; at < bytes.length; at += 1_048_576) yield bytes.subarray(at, at + 1_048_576)
}

/** The rows of a table as lines of JSON, in the order of its key. */
async function* linesOf(
  { tenant, dataKey }: OpenTenant,
  sql: Queryable,
  { name, columns, key }: Table,
  enterAgain: z.input<typeof Manifest>['enterAgain'],
): AsyncGenerator<string> {
  const special = columns.flatMap((column) =>
    column.form && column.form.form !== 'plain' ? [{ name: column.name, form: column.form }] : [],
  )
  const unknown = columns.find((column) => column.type === 'bytea' && !bytesForms[`${name}.${column.name}`])
  if (unknown) throw bug('a column of bytes has no declared form')
  const extra = special.map(({ name: column, form }) =>
    form.form === 'file'
      ? `case when t.${column} is not null then jsonb_build_object('bytes', octet_length(t.${column}), 'sha256', encode(sha256(t.${column}), 'hex')) end as "${column}"`
      : `t.${column} as "${column}"`,
  )
  const plain =
    special.length === 0 ? 'to_jsonb(t)' : `to_jsonb(t) - array[${special.map((one) => `'${one.name}'`).join(', ')}]`
  const order = key.map((column) => `t.${column}`).join(', ')
  const query = `select ${[`(${plain})::text as row`, ...extra].join(', ')} from ${name} t order by ${order}`
  for await (const found of rowsOf<{ row: string } & Record<string, unknown>>(
    sql,
    query,
    rowsAtOnce(special.map(({ form }) => form)),
  )) {
    const row = special.length === 0 ? {} : (JSON.parse(found.row) as Record<string, unknown>)
    const added = special.map(({ name: column, form }) => {
      const value = found[column]
      if (form.form === 'secret')
        enterAgain.push({ table: name, id: String(row[key[0] ?? '']), what: String(row[form.label]) })
      return `"${column}":${JSON.stringify(specialValue(form, value, (place) => placeOf(tenant.id, place, row), dataKey))}`
    })
    yield `${[found.row.slice(0, -1), ...added].join(',')}}\n`
  }
}

function specialValue(
  form: Form,
  value: unknown,
  place: (template: string) => string,
  key: OpenTenant['dataKey'],
): unknown {
  if (value === null || value === undefined || form.form === 'secret') return null
  if (form.form === 'sealed' && Buffer.isBuffer(value))
    return open(key, place(form.place), value).toString(form.coding ?? 'utf8')
  return value
}

async function* lines(sql: Queryable, query: string): AsyncGenerator<string> {
  for await (const { row } of rowsOf<{ row: string }>(sql, query.replace('as row', '::text as row'))) yield `${row}\n`
}

let cursors = 0

/** The rows of a query, a few at a time. */
async function* rowsOf<R extends object>(sql: Queryable, query: string, atOnce = rowsAtOnce([])): AsyncGenerator<R> {
  const cursor = `export_${cursors++}`
  await sql.query(`declare ${cursor} no scroll cursor for ${query}`)
  for (;;) {
    const { rows } = await sql.query<R>(`fetch ${atOnce} from ${cursor}`)
    yield* rows
    if (rows.length < atOnce) break
  }
  await sql.query(`close ${cursor}`)
}

async function peopleOf(sql: Queryable, { accountsById }: ExportDependencies): Promise<string[]> {
  const { rows } = await sql.query<{ account_id: string; role: string; since: Date }>(
    'select account_id, role, since from membership order by since, account_id',
  )
  const known = await accountsById(rows.map((row) => row.account_id))
  return rows.flatMap(({ account_id: account, role, since }) => {
    const { name, email } = known.get(account) ?? {}
    if (name === undefined || email === undefined) return []
    const person: z.input<typeof Person> = { account, name, email, role, since: since.toISOString() }
    return [`${JSON.stringify(person)}\n`]
  })
}

async function manifestOf(
  { tenant }: OpenTenant,
  sql: Queryable,
  tables: readonly Table[],
  enterAgain: z.input<typeof Manifest>['enterAgain'],
  files: z.input<typeof Manifest>['files'],
  { now, version }: ExportDependencies,
): Promise<string> {
  const { rows } = await sql.query<{ note: string }>('select note from log_state where id = 1')
  const head = openCheckpoint(ledgerCrypto, rows[0]?.note ?? '', [parseVkey(ledgerCrypto, tenant.vkey)])
  const manifest: z.input<typeof Manifest> = {
    format: exportFormat,
    version,
    madeAt: now().toISOString(),
    tenant: {
      name: tenant.name,
      slug: tenant.slug,
      language: tenant.language,
      publicId: tenant.publicId,
      since: tenant.since.toISOString(),
    },
    ledger: {
      origin: tenant.origin,
      vkey: tenant.vkey,
      size: head.size,
      root: Buffer.from(head.root).toString('base64'),
    },
    tables: Object.fromEntries(tables.map(({ name, columns }) => [name, { columns: columns.map((one) => one.name) }])),
    leftOut,
    enterAgain,
    files,
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
