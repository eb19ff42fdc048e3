import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { Client } from 'pg'
import type { KeyMaterial } from '../engine/job.ts'
import { noColumnCount } from '../engine/count.ts'
import { type Outcome, run } from '../engine/run.ts'
import { ShieldError } from '../error.ts'
import { begin } from '../input/open.ts'
import { streamSource } from '../input/source.ts'
import type { Plan } from '../plan/plan.ts'
import { type Catalogue, readCatalogue, type Reference } from './catalogue.ts'
import { firstDifference } from './compare.ts'
import { connect, type End, quoted } from './connect.ts'
import { copyIn, type Filling } from './copy.ts'
import { createKeys, createTables } from './create.ts'
import { prepare, type Prepared, type TableWork } from './prepare.ts'
import { refusalOf } from './refusal.ts'
import { scriptOf, scriptSink } from './script.ts'
import { addReferences, dropReferences, emptyTables, setSequences, silenceTriggers } from './target.ts'

/** What is copied where, by which plan and key. */
export interface CopyOptions {
  /** Connection strings, `postgres://…`. */
  readonly source: string
  readonly target: string
  readonly plan: Plan
  readonly key: KeyMaterial
  /** How many threads work; left out: as many as there are processors, none for what is small. */
  readonly threads?: number | undefined
  /** Makes the tables in the target; without it they have to be there, the same and empty. */
  readonly createTables?: boolean
  /** The name of the target database: then rows that are there are deleted first. */
  readonly replace?: string | undefined
  /** Tables that are left alone, `schema.table`. */
  readonly except?: readonly string[]
  readonly longestRecord?: number | undefined
  /** Told how many bytes and rows there were, of about how many bytes, and which table is being written. */
  readonly progress?: ((bytes: number, rows: number, total: number, table: string) => void) | undefined
}

/** Below this a thread costs more than it saves. */
const SMALL = 4 * 1024 * 1024
const MOST_THREADS = 64

/** What a copy did. */
export interface CopyOutcome {
  readonly outcome: Outcome
  readonly tables: number
  /** What was done with each column, for the report. */
  readonly steps: Plan['columns']
}

/**
 * Copies the tables of a PostgreSQL database to another one without personal data, with keys and references intact: from one snapshot of
 * the source, in one transaction of the target, in constant memory. The source is only read.
 *
 * @throws {ShieldError} a plan, a database or a row that cannot be used; then the target is as it was
 */
export async function copyDatabase(options: CopyOptions): Promise<CopyOutcome> {
  const source = await connect('source', options.source)
  try {
    const target = await connect('target', options.target)
    try {
      return await copyBetween(source, target, options)
    } finally {
      await target.end().catch(() => undefined)
    }
  } finally {
    await source.end().catch(() => undefined)
  }
}

async function copyBetween(source: Client, target: Client, options: CopyOptions): Promise<CopyOutcome> {
  await told('source', () => source.query('begin isolation level repeatable read read only'))
  await told('target', () => target.query('begin'))
  await told('target', () => refuseSame(source, target))
  const all = await told('source', () => readCatalogue(source))
  const from = without(all, options.except ?? [])
  const prepared = prepare(options.plan, from)
  const to = await told('target', () => readyTarget(source, target, from, options))
  const enableTriggers = await told('target', () => silenceTriggers(target, to.tables))
  const outcome = await copyRows(source, target, prepared, options)
  await told('target', async () => {
    if (options.createTables === true) await createKeys(target, from.tables)
    await addReferences(target, to.references)
    await enableTriggers()
    await setSequences(source, target, [from, to], prepared.widths)
    await target.query('commit')
  })
  return { outcome, tables: prepared.tables.length, steps: prepared.steps }
}

async function told<T>(end: End, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw refusalOf(error, end)
  }
}

/** A lock that one connection holds is not to be had by the other when both are in one database, however each got there. */
async function refuseSame(source: Client, target: Client): Promise<void> {
  const key = randomBytes(8).readBigInt64BE().toString()
  await source.query('select pg_advisory_xact_lock($1)', [key])
  const { rows } = await target.query<{ free: boolean }>('select pg_try_advisory_xact_lock($1) as free', [key])
  if (rows[0]?.free !== true)
    throw new ShieldError('The target is the source: both addresses lead to the same database.')
}

function without(catalogue: Catalogue, except: readonly string[]): Catalogue {
  const left = new Set(except)
  const stranger = except.find((place) => !catalogue.tables.some((table) => table.place === place))
  if (stranger !== undefined) throw new ShieldError(`--except: the source has no table ${stranger}.`)
  const tables = catalogue.tables.filter(({ place }) => !left.has(place))
  const here = new Set(tables.map(({ schema, name }) => JSON.stringify([schema, name])))
  return {
    tables,
    references: catalogue.references.filter(
      ({ schema, table, toSchema, toTable }) =>
        here.has(JSON.stringify([schema, table])) && here.has(JSON.stringify([toSchema, toTable])),
    ),
    sequences: catalogue.sequences.filter(
      ({ owner }) => owner === null || here.has(JSON.stringify([owner.schema, owner.table])),
    ),
  }
}

/** Makes the target ready for rows; its catalogue, with the foreign keys that have to come back. */
async function readyTarget(source: Client, target: Client, from: Catalogue, options: CopyOptions): Promise<Catalogue> {
  if (options.createTables === true) {
    const before = await readCatalogue(target)
    const there = from.tables.find(({ place }) => before.tables.some((table) => table.place === place))
    if (there !== undefined)
      throw new ShieldError(
        `--create-tables: the target has a table ${there.place} already. Leave the option out, or take an empty database.`,
      )
    await createTables(source, target, from)
    return { ...(await readCatalogue(target)), references: from.references }
  }
  const all = await readCatalogue(target)
  const to = without(
    all,
    (options.except ?? []).filter((place) => all.tables.some((table) => table.place === place)),
  )
  const difference = firstDifference(from, to)
  if (difference !== undefined)
    throw new ShieldError(
      `The tables of the target are not those of the source: ${difference}. Run the application's migrations there first, or let it be made (--create-tables).`,
    )
  const touching = referencesTouching(all, from)
  await dropReferences(target, touching)
  await emptyTables(target, from.tables, options.replace)
  return { ...to, references: touching }
}

/** Also those of tables that are left alone: what they reference is written anew. */
function referencesTouching(all: Catalogue, { tables }: Catalogue): Reference[] {
  const written = new Set(tables.map(({ schema, name }) => JSON.stringify([schema, name])))
  return all.references.filter(
    ({ schema, table, toSchema, toTable }) =>
      written.has(JSON.stringify([schema, table])) || written.has(JSON.stringify([toSchema, toTable])),
  )
}

async function copyRows(
  source: Client,
  target: Client,
  { plan, tables: works, unknown }: Prepared,
  options: CopyOptions,
): Promise<Outcome> {
  const tables = works.filter(({ columns }) => columns.length > 0)
  const total = tables.reduce((sum, { table }) => sum + table.bytes, 0)
  let current = -1
  const open = async () => {
    current += 1
    return await fill(target, tables[current])
  }
  const { sink, isWhole } = scriptSink(open)
  const rows = scriptOf(source, tables)
  const reading = (async function* () {
    try {
      yield* rows
    } catch (error) {
      throw refusalOf(error, 'source')
    }
  })()
  const outcome = await run({
    input: await begin(streamSource(reading), 1 << 16),
    plan,
    sink,
    key: options.key,
    threads: options.threads ?? (total < SMALL ? 0 : Math.min(availableParallelism(), MOST_THREADS)),
    longestRecord: options.longestRecord,
    progress: (bytes, count) =>
      options.progress?.(bytes, count, total, tables[Math.max(0, current)]?.table.place ?? ''),
  })
  if (!isWhole() || current !== tables.length - 1) throw new Error('the rows of a table were not written to their end')
  const planned = Object.keys(options.plan.columns)
  await countApart(source, tables, outcome)
  return { ...outcome, unknown, missing: planned.filter((name) => !Object.hasOwn(outcome.counts.columns, name)) }
}

async function fill(target: Client, work: TableWork | undefined): Promise<Filling> {
  if (work === undefined) throw new Error('more tables were written than read')
  const { table, columns } = work
  const list = columns.map(({ name }) => quoted(name)).join(', ')
  const sql = `copy ${quoted(table.schema)}.${quoted(table.name)} (${list}) from stdin`
  const refusing = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw refusalOf(error, 'target', table.place)
    }
  }
  const filling = await refusing(copyIn(target, sql))
  return {
    write: async (bytes) => await refusing(filling.write(bytes)),
    finish: async () => await refusing(filling.finish()),
  }
}

/** What the engine never saw is counted where it is. */
async function countApart(source: Client, works: readonly TableWork[], { counts }: Outcome): Promise<void> {
  for (const { table, apart } of works) {
    if (apart.length === 0) continue
    const list = apart.map(({ name }) => `count(${quoted(name)})`).join(', ')
    const { rows } = await told('source', () =>
      source.query<string[]>({
        text: `select count(*), ${list} from ${table.isPartitioned ? '' : 'only '}${quoted(table.schema)}.${quoted(table.name)}`,
        rowMode: 'array',
      }),
    )
    const [all = 0, ...found] = (rows[0] ?? []).map(Number)
    for (const [index, { place, step }] of apart.entries()) {
      const values = found[index] ?? 0
      const count = (counts.columns[place] ??= noColumnCount())
      count.values = values
      count.empty = all - values
      count.changed = values
      if (step.by === 'nothing' && !step.isPlanned) count.quarantined = values
    }
  }
}
