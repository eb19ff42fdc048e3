import { lstat } from 'node:fs/promises'
import { Client, escapeIdentifier } from 'pg'
import { errorCode } from '../engine/reading.ts'
import type { DrillFacts } from './facts.ts'
import { oneLine } from './fault.ts'
import { insideOf, sumOf } from './files.ts'
import type { Plan } from './plan.ts'

/** What was expected, and what was found. */
export type Expectation = DrillFacts['drill']['expectations'][number]

/** What a database answered. */
export type Asked = {
  readonly expectations: readonly Expectation[]
  readonly tables: number
  readonly rows: number
  /** The newest row of each table that was asked for one; null: it has none. */
  readonly newest: readonly (Date | null)[]
}

/** Asks a restored database all that a plan expects of it, without changing anything. @param began when the drill did */
export async function askDatabase(url: string, { expect }: Plan, began: Date, signal: AbortSignal): Promise<Asked> {
  const client = new Client({ connectionString: url, application_name: 'art32 drill', connectionTimeoutMillis: 15_000 })
  client.on('error', () => undefined)
  const stop = () => void client.end().catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  try {
    await client.connect()
    await client.query(`set default_transaction_read_only = on; set timezone = 'UTC'; set datestyle = 'ISO, YMD'`)
    const expectations: Expectation[] = []
    const newest: (Date | null)[] = []
    for (const { table, rows } of expect.tables) expectations.push(await askTable(client, table, rows))
    for (const one of expect.queries) expectations.push(await askQuery(client, one))
    for (const one of expect.newest) {
      const { expectation, at } = await askNewest(client, one, began)
      expectations.push(expectation)
      newest.push(at)
    }
    return { expectations, newest, ...(await countAll(client)) }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
    await client.end().catch(() => undefined)
  }
}

const quoted = (table: string) => table.split('.').map(escapeIdentifier).join('.')
const clipped = (value: string) => oneLine(value).slice(0, 100)

/** There is no such table, column or schema, or it may not be read: what was expected is not there. */
const isMissing = (error: unknown) => /^(?:42P01|42703|3F000|42501|42809)$/.test(errorCode(error))

async function askTable(client: Client, table: string, least: number): Promise<Expectation> {
  const base = { what: 'table', name: oneLine(table), wanted: `at least ${least} rows` } as const
  try {
    const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${quoted(table)}`)
    const seen = rows[0]?.n ?? '0'
    return { ...base, isMet: Number(seen) >= least, seen: `${seen} rows` }
  } catch (error) {
    if (isMissing(error)) return { ...base, isMet: false, seen: null }
    throw error
  }
}

type Query = Plan['expect']['queries'][number]

async function askQuery(client: Client, { name, query, equals, atLeast, atMost }: Query): Promise<Expectation> {
  const wanted = [
    ...(equals === undefined
      ? []
      : [typeof equals === 'string' && !isTellable(equals) ? 'the text of the plan' : `equals ${String(equals)}`]),
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ].join(', ')
  const base = { what: 'query', name: oneLine(name), wanted: clipped(wanted) } as const
  let value: unknown
  try {
    // The extended protocol takes one statement alone.
    const { rows } = await client.query({ text: query, rowMode: 'array', queryMode: 'extended' } as {
      text: string
      rowMode: 'array'
    })
    value = (rows as readonly (readonly unknown[])[])[0]?.[0] ?? null
  } catch (error) {
    // A query that the restored database refuses is not answered as expected, whatever it lacks.
    if (/^[0-9A-Z]{5}$/.test(errorCode(error)))
      return { ...base, isMet: false, seen: clipped(`SQLSTATE ${errorCode(error)}`) }
    throw error
  }
  const text = value instanceof Date ? value.toISOString() : toText(value)
  const number = text === null || text.trim() === '' ? NaN : Number(text)
  const isMet =
    text !== null &&
    (equals === undefined || (typeof equals === 'number' ? number === equals : text === String(equals))) &&
    (atLeast === undefined || number >= atLeast) &&
    (atMost === undefined || number <= atMost)
  return { ...base, isMet, seen: text !== null && isTellable(text) ? clipped(text) : null }
}

/** As the driver gives it: documents and lists are objects. */
const toText = (value: unknown) => (value === null ? null : typeof value === 'string' ? value : JSON.stringify(value))

/** A number, a time, yes or no. Any other text may be about a person and stays where it is. */
const isTellable = (text: string) => /^(?:-?\d{1,15}(?:\.\d{1,10})?|true|false|\d{4}-\d\d-\d\dT[\d:.]+Z)$/.test(text)

/** How far the clocks of two machines may differ. Seconds. */
const skew = 300

type Newest = Plan['expect']['newest'][number]

async function askNewest(
  client: Client,
  { table, column, atMost }: Newest,
  began: Date,
): Promise<{ expectation: Expectation; at: Date | null }> {
  const base = { what: 'newest', name: oneLine(`${table}.${column}`), wanted: `at most ${atMost} s old` } as const
  try {
    const { rows } = await client.query<{ at: string | null; now: string }>(
      `select extract(epoch from max(${escapeIdentifier(column)})::timestamptz) as at from ${quoted(table)}`,
    )
    const seconds = rows[0]?.at ?? null
    if (seconds === null) return { expectation: { ...base, isMet: false, seen: null }, at: null }
    const at = new Date(Number(seconds) * 1_000)
    const age = (began.getTime() - at.getTime()) / 1_000
    // A row from the future is a wrong clock, and no fresh row.
    return { expectation: { ...base, isMet: age <= atMost && age > -skew, seen: `${Math.round(age)} s old` }, at }
  } catch (error) {
    // 42846, 22007: the column is no time.
    if (isMissing(error) || /^(?:42846|22007|22008)$/.test(errorCode(error)))
      return { expectation: { ...base, isMet: false, seen: null }, at: null }
    throw error
  }
}

/** All tables and rows, as they are read. */
async function countAll(client: Client): Promise<{ tables: number; rows: number }> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_catalog.pg_class c
       join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and not n.nspname ~ '^pg_'`,
  )
  let rows = 0
  for (const { name } of tables) {
    const counted = await client.query<{ n: string }>(`select count(*) as n from ${name}`)
    rows += Number(counted.rows[0]?.n ?? 0)
  }
  return { tables: tables.length, rows }
}

/** Looks at the files that came back. */
export async function askFiles(root: string, { expect }: Plan): Promise<Expectation[]> {
  const found: Expectation[] = []
  for (const one of expect.files) found.push(await askFile(root, one))
  return found
}

async function askFile(
  root: string,
  { path, bytes, atLeastBytes = 0, sha256 }: Plan['expect']['files'][number],
): Promise<Expectation> {
  const wanted = [
    bytes === undefined ? `at least ${atLeastBytes} bytes` : `${bytes} bytes`,
    ...(sha256 === undefined ? [] : [`SHA-256 ${sha256.slice(0, 12)}…`]),
  ].join(', ')
  const base = { what: 'file', name: oneLine(path), wanted } as const
  const place = await insideOf(root, path)
  const entry = place === undefined ? undefined : await lstat(place)
  if (place === undefined || entry?.isFile() !== true) return { ...base, isMet: false, seen: null }
  const sum = sha256 === undefined ? undefined : await sumOf(place)
  return {
    ...base,
    isMet: (bytes === undefined ? entry.size >= atLeastBytes : entry.size === bytes) && sum === sha256,
    seen: `${entry.size} bytes${sum === undefined ? '' : `, SHA-256 ${sum.slice(0, 12)}…`}`,
  }
}
