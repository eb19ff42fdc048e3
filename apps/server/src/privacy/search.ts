import { escapeIdentifier } from 'pg'
import type { TenantContext } from '../evidence/index.ts'
import { waysIn } from './belonging.ts'
import { fields } from './fields.ts'

/** Whom to look for. */
interface Wanted {
  readonly mails: readonly string[]
  readonly names: readonly string[]
  /** The account of one of the addresses, where there is one. */
  readonly accounts: readonly string[]
}

/** A column nobody looked into, and why. */
interface NotLooked {
  readonly column: string
  readonly reason: 'sealed' | 'secret' | 'failed'
}

/** What was found in one table. */
interface SearchedPlace {
  readonly place: string
  /** Why something about people is stored there: a key of `purposes`. */
  readonly purpose: string
  /** Rows that belong to the person; null: it could not be looked. */
  readonly own: number | null
  /** Further rows in whose text the person is named; null: it could not be looked. */
  readonly named: number | null
  readonly notLooked: readonly NotLooked[]
}

/** Not looked into for another request: what people ask for themselves would be found every time. */
const leftOut: ReadonlySet<string> = new Set(['request', 'request_letter', 'request_entry', 'request_package'])

/** Bytes that are text in truth: what lies beside the ledger. */
const readable: ReadonlySet<string> = new Set(['opening.content', 'earlier_opening.content'])

/**
 * Looks for a person in every store of a tenant that holds something about people, as `fields.ts` declares them: there is no
 * second list of places. What cannot be read, such as sealed bytes, is named as not looked into, never as empty.
 */
export async function searchStores(tx: TenantContext, wanted: Wanted): Promise<SearchedPlace[]> {
  const types = await columnTypes(tx)
  const found: SearchedPlace[] = []
  for (const [table, columns] of Object.entries({ ...fields.tenant, ...fields.ledger })) {
    const personal = Object.entries(columns).filter(([, field]) => !field.startsWith('no: '))
    const first = personal[0]
    if (first === undefined || leftOut.has(table)) continue
    const notLooked: NotLooked[] = []
    const texts: string[] = []
    for (const [column, field] of personal) {
      const type = types.get(`${table}.${column}`)
      if (field.endsWith(', secret')) notLooked.push({ column, reason: 'secret' })
      else if (type === 'bytea' && !readable.has(`${table}.${column}`)) notLooked.push({ column, reason: 'sealed' })
      else if (type !== 'uuid') texts.push(column)
    }
    const purpose = first[1].split(/[ ,]/)[0] ?? ''
    const counts = await countIn(tx, table, texts, types, wanted)
    const failed: NotLooked[] = counts === null ? [{ column: '*', reason: 'failed' }] : []
    found.push({
      place: table,
      purpose,
      own: counts?.own ?? null,
      named: counts?.named ?? null,
      notLooked: [...notLooked, ...failed],
    })
  }
  return found.toSorted((a, b) => a.place.localeCompare(b.place))
}

async function columnTypes({ sql }: TenantContext): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ at: string; type: string }>(
    `select table_name || '.' || column_name as at, data_type as type from information_schema.columns
     where table_schema = current_schema()`,
  )
  return new Map(rows.map(({ at, type }) => [at, type]))
}

/** @returns null where the store did not answer: then nobody knows */
async function countIn(
  { sql }: TenantContext,
  table: string,
  texts: readonly string[],
  types: ReadonlyMap<string, string>,
  { mails, names, accounts }: Wanted,
): Promise<{ own: number; named: number } | null> {
  const own = ownConditions(table)
  const named = texts.map((column) =>
    types.get(`${table}.${column}`) === 'bytea'
      ? `encode(${escapeIdentifier(column)}, 'escape') ilike any ($5)`
      : `${escapeIdentifier(column)}::text ilike any ($4)`,
  )
  const isOwn = own.length === 0 ? 'false' : own.map((one) => `coalesce(${one}, false)`).join(' or ')
  const isNamed = named.length === 0 ? 'false' : named.map((one) => `coalesce(${one}, false)`).join(' or ')
  await sql.query('savepoint looked')
  try {
    const { rows } = await sql.query<{ own: number; named: number }>(
      // Every parameter is named once, so that its type is known where a table needs only some of them.
      `with given as (select $1::text[] as accounts, $2::text[] as mails, $3::text[] as names, $4::text[] as a, $5::text[] as b)
       select count(*) filter (where ${isOwn})::int as own, count(*) filter (where not (${isOwn}) and (${isNamed}))::int as named
       from ${escapeIdentifier(table)} where (select true from given)`,
      [
        [...accounts],
        mails.map((one) => one.toLowerCase()),
        names.map((one) => one.toLowerCase()),
        [...mails, ...names].map(pattern),
        // Who acted stands beside the ledger by the id of their account.
        [...mails, ...names, ...accounts].map((one) => pattern(escaped(one))),
      ],
    )
    await sql.query('release savepoint looked')
    return rows[0] ?? null
  } catch {
    await sql.query('rollback to savepoint looked')
    return null
  }
}

/** By which columns a row belongs to the person. */
function ownConditions(table: string): string[] {
  return waysIn('tenant')
    .filter((way) => way.table === table)
    .map(({ column, belongs }) => {
      const at = escapeIdentifier(column)
      if (belongs === 'kept for person') return `${at} in (select id from person where lower(email) = any ($2))`
      if (belongs.endsWith('at address')) return `lower(${at}) = any ($2)`
      if (belongs === 'naming') return `lower(${at}) = any ($2) or lower(${at}) = any ($3)`
      return `${at}::text = any ($1)`
    })
}

/** A text as a pattern of itself anywhere. */
function pattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}

/** As PostgreSQL writes bytes with `escape`. */
function escaped(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) =>
      byte === 0x5c
        ? '\\\\'
        : byte === 0 || byte > 0x7f
          ? `\\${byte.toString(8).padStart(3, '0')}`
          : String.fromCharCode(byte),
    )
    .join('')
}
