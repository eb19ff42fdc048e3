import { createHash } from 'node:crypto'
import { Readable, pipeline } from 'node:stream'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import type { z } from 'zod'
import { packTar, TarError, unpackTar } from '../platform/index.ts'
import type { Bytes, CopiedTable, CopyIn, CopyOut, Layout, Scratch, Scratches, TarFile } from '../platform/index.ts'
import { backupErrors } from './errors.ts'
import { archiveFormat, Head, Totals } from './manifest.ts'
import type { ProblemCode } from './problems.ts'

/** The rows of a table travel in files of this size, so that the archive is written and read in constant memory. Bytes. */
const partBytes = 4 * 1_048_576

/** What one table came to. */
export interface Tally {
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

/** Columns that no backup holds: keys that open backups. */
const withheld: Readonly<Record<string, readonly string[]>> = {
  tenant: ['backup_key'],
  backup_run: ['drill_key'],
}

/** What is written about an archive besides what its database says. */
export type About = Pick<z.output<typeof Head>, 'version' | 'kind' | 'installation' | 'tenant'>

/** An archive that is being written. */
export interface Writing {
  readonly bytes: Bytes
  readonly head: z.output<typeof Head>
  /** After the last byte. */
  tallies(): ReadonlyMap<string, Tally>
}

/** A database as an archive: `head.json`, its tables in parts as COPY writes them, `manifest.json`; a tar file under zstd. */
export async function writeArchive(copy: CopyOut, about: About): Promise<Writing> {
  const tables = copy.tables.map(({ name, columns }) => ({
    name,
    columns: columns.filter((column) => about.kind === 'tenant' || !withheld[name]?.includes(column)),
  }))
  const head: z.output<typeof Head> = {
    format: archiveFormat,
    ...about,
    at: copy.at.toISOString(),
    migrations: copy.migrations.map(({ id, sha256 }) => ({ id, sha256 })),
    tables,
    sequences: copy.sequences.map(({ name, value, called }) => ({ name, value, called })),
    ledger: await ledgerOf(copy),
  }
  const tallies = new Map<string, Tally>()
  async function* files(): AsyncGenerator<TarFile> {
    const first = Buffer.from(JSON.stringify(head))
    yield { name: 'head.json', bytes: first }
    for (const table of tables) yield* partsOf(table, copy.rows(table), (tally) => tallies.set(table.name, tally))
    const totals: z.input<typeof Totals> = { head: hashOf(first), tables: Object.fromEntries(tallies) }
    yield { name: 'manifest.json', bytes: Buffer.from(JSON.stringify(totals)) }
  }
  return { bytes: through(packTar(files()), createZstdCompress()), head, tallies: () => tallies }
}

/** The head of the ledger of a database that is being read or was filled. */
export async function ledgerOf(db: Pick<CopyOut, 'query'>): Promise<z.output<typeof Head>['ledger']> {
  const [state] = await db.query<{ origin: string; size: string; root: Buffer; note: string }>(
    'select origin, size, root, note from log_state where id = 1',
  )
  if (!state) return null
  return { origin: state.origin, size: Number(state.size), root: state.root.toString('base64'), note: state.note }
}

async function* partsOf(table: CopiedTable, rows: Bytes, told: (tally: Tally) => void): AsyncGenerator<TarFile> {
  const tally = tallying()
  let held: Uint8Array[] = []
  let size = 0
  let part = 0
  const file = (): TarFile => ({
    name: `tables/${table.name}/${String(++part).padStart(6, '0')}`,
    bytes: Buffer.concat(held),
  })
  for await (const piece of rows) {
    tally.add(piece)
    held.push(piece)
    size += piece.length
    if (size < partBytes) continue
    yield file()
    held = []
    size = 0
  }
  if (size > 0) yield file()
  told(tally.end())
}

/** Counts the rows of COPY's text format, in which a line break of a value is written as two characters. */
export function tallying(): { add(piece: Uint8Array): void; end(): Tally } {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  return {
    add(piece) {
      hash.update(piece)
      bytes += piece.length
      for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) rows++
    },
    end: () => ({ rows, bytes, sha256: hash.digest('hex') }),
  }
}

/** What came of an archive that was read to its end and held. */
export interface Restored {
  readonly head: z.output<typeof Head>
  readonly scratch: Scratch
  readonly tallies: ReadonlyMap<string, Tally>
}

/**
 * Makes a database of an archive. It is kept only where all of it is what the archive says: every table of its schema is
 * there, each with the rows and the hash that were noted at the end.
 *
 * @param accept looks at the head and, before anything is committed, at what was filled
 * @throws {backup.damaged} with what is wrong; the database is gone then
 */
export async function readArchive(
  bytes: Bytes,
  scratches: Scratches,
  accept: {
    /** As what it is made, where a tenant is to have it; by default a database. */
    layout?: Layout
    head?(head: z.output<typeof Head>): void
    filled?(into: CopyIn, head: z.output<typeof Head>): Promise<void>
  },
): Promise<Restored> {
  const files = unpackTar(through(bytes, createZstdDecompress()))
  try {
    const first = await files.next()
    if (first.done === true || first.value.name !== 'head.json') throw damaged('no-head')
    const head = parse(Head, first.value.bytes)
    accept.head?.(head)
    const scratch = await scratches.make(head.kind, head.migrations, undefined, accept.layout)
    try {
      const tallies = new Map<string, Tally>()
      await scratch.fill(async (into) => {
        const totals = await fillAll(files, into, head, tallies)
        compare(totals, head, hashOf(first.value.bytes), tallies)
        await accept.filled?.(into, head)
        await into.commit(head.sequences)
      })
      return { head, scratch, tallies }
    } catch (error) {
      await scratch.drop()
      throw error
    }
  } catch (error) {
    throw asDamage(error)
  } finally {
    await files.return(undefined)
  }
}

async function fillAll(
  files: AsyncGenerator<TarFile>,
  into: CopyIn,
  head: z.output<typeof Head>,
  tallies: Map<string, Tally>,
): Promise<z.output<typeof Totals>> {
  requireTables(into.tables, head)
  let next = await files.next()
  for (const table of head.tables) {
    const tally = tallying()
    const prefix = `tables/${table.name}/`
    const hasRows = next.done !== true && next.value.name.startsWith(prefix)
    if (hasRows)
      await into.fill(
        table,
        (async function* () {
          for (; next.done !== true && next.value.name.startsWith(prefix); next = await files.next()) {
            tally.add(next.value.bytes)
            yield next.value.bytes
          }
        })(),
      )
    else await into.clear(table)
    tallies.set(table.name, tally.end())
  }
  if (next.done === true || next.value.name !== 'manifest.json') throw damaged('no-manifest')
  const totals = parse(Totals, next.value.bytes)
  if ((await files.next()).done !== true) throw damaged('more-than-listed')
  return totals
}

/** An archive that leaves a table out, or a column, is none of this schema. */
function requireTables(known: readonly CopiedTable[], { tables, kind }: z.output<typeof Head>): void {
  const named = new Map(tables.map((table) => [table.name, table.columns]))
  if (named.size !== tables.length || named.size !== known.length) throw damaged('tables-missing')
  for (const { name, columns } of known) {
    const there = named.get(name)
    const expected = columns.filter((column) => kind === 'tenant' || !withheld[name]?.includes(column))
    if (!there || there.length !== expected.length || !expected.every((column) => there.includes(column)))
      throw damaged('tables-missing')
  }
}

function compare(
  totals: z.output<typeof Totals>,
  { tables }: z.output<typeof Head>,
  head: string,
  tallies: ReadonlyMap<string, Tally>,
): void {
  if (totals.head !== head || Object.keys(totals.tables).length !== tables.length) throw damaged('manifest-differs')
  for (const { name } of tables) {
    const noted = totals.tables[name]
    const seen = tallies.get(name)
    if (!noted || !seen) throw damaged('tables-missing')
    if (noted.rows !== seen.rows) throw damaged('rows-differ')
    if (noted.bytes !== seen.bytes || noted.sha256 !== seen.sha256) throw damaged('hash-differs')
  }
}

function parse<T extends z.ZodType>(schema: T, bytes: Uint8Array): z.output<T> {
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch (cause) {
    throw backupErrors.damaged({ problem: 'manifest-unreadable' }, { cause })
  }
}

/** A backup that is not what it was. @param problem a code, which the page of the installation says in words */
export function damaged(problem: ProblemCode, cause?: unknown): Error {
  return backupErrors.damaged({ problem }, { cause })
}

/** Bytes that do not unpack are damage; a database that does not answer, or a full disk, is none of the backup. */
export function asDamage(error: unknown): unknown {
  if (error instanceof TarError) return damaged('cut-off', error)
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    if (/^(ZSTD|Z_|ERR_ZSTD)/.test(error.code)) return damaged('unpacks-not', error)
    // Values that do not fit their columns, broken rules and references.
    if (/^(22|23)...$/.test(error.code)) return damaged('rows-refused', error)
  }
  return error
}

/** Lets a stream pass a packer; an error of the one ends the other. */
export function through(
  bytes: Bytes,
  packer: ReturnType<typeof createZstdCompress | typeof createZstdDecompress>,
): Bytes {
  pipeline(Readable.from(bytes, { objectMode: false, highWaterMark: 1_048_576 }), packer, () => undefined)
  return packer
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
