import type { Client } from 'pg'
import { connect, cross, outcomeOf } from '../crossing/attempts.ts'
import type { Neighbours } from '../crossing/attempts.ts'
import { countByWay } from '../crossing/ways.ts'
import type { Attempt, Way } from '../crossing/ways.ts'
import { errorCode } from '../engine/reading.ts'
import { placeOf } from '../postgres/client.ts'
import type { AppFacts } from './facts.ts'

/** Of two who share a database it is known that they can hear each other and wait for each other. */
const betweenDatabases: readonly Way[] = ['database', 'rows', 'cross-database', 'notifications', 'locks']
/** Of two with one login it is known that each sees and may stop what the other does. */
const betweenLogins: readonly Way[] = ['activity', 'signals']

/** The most tables whose rows are asked for. */
const mostTables = 200

/** Tries to reach one tenant of an application from another. */
export async function crossTenants(own: string, other: string, column: string): Promise<AppFacts['isolation']> {
  const [from, to] = [placeOf(own), placeOf(other)]
  const shared = from.host === to.host && from.port === to.port && from.path === to.path
  const isOneLogin = new URL(own).username === new URL(other).username
  const neighbours: Neighbours = {
    own,
    other,
    roles: [],
    asks: shared ? [] : await tablesOf(other),
    closed: [],
    // PostgreSQL gives temporary tables to everybody; they tell nothing of another.
    skips: ['temporary', ...(shared ? betweenDatabases : []), ...(isOneLogin ? betweenLogins : [])],
  }
  const attempts = [...(await cross(neighbours)), ...(shared ? await crossRows(own, other, column) : [])]
  return { shared, ways: countByWay(attempts) }
}

const unseen: readonly Attempt[] = [{ way: 'rows', outcome: 'unseen' }]

const ownTables = `c.relkind in ('r', 'p') and not c.relispartition and n.nspname not like 'pg\\_%'
  and n.nspname <> 'information_schema' and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')`

/** What the other may read in its own database. */
async function tablesOf(url: string): Promise<Neighbours['asks']> {
  const client = await connect(url)
  if (typeof client === 'string') return [['rows', 'select']]
  try {
    const { rows } = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where ${ownTables} order by 1 limit ${mostTables}`,
    )
    return rows.map(({ name }) => ['rows', `select from ${name} limit 1`])
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** In a shared database: looks from the one for rows that belong to the other, table by table. */
async function crossRows(own: string, other: string, column: string): Promise<readonly Attempt[]> {
  const clients = [await connect(own), await connect(other)]
  const [from, to] = clients
  try {
    if (typeof from !== 'object' || typeof to !== 'object') return unseen
    const { rows: tables } = await to.query<{ name: string; column: string }>(
      `select c.oid::regclass::text as name, quote_ident(a.attname) as column from pg_class c
         join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
        where ${ownTables} and a.attname = $1 and not a.attisdropped order by 1 limit ${mostTables}`,
      [column],
    )
    const attempts: Attempt[] = []
    for (const table of tables) attempts.push(...(await crossTable(from, to, table)))
    // Where the other has no row there is nothing that could have been found.
    return attempts.length > 0 ? attempts : unseen
  } catch {
    return unseen
  } finally {
    for (const client of clients) if (typeof client === 'object') await client.end().catch(() => undefined)
  }
}

async function crossTable(
  from: Client,
  to: Client,
  { name, column }: { name: string; column: string },
): Promise<Attempt[]> {
  const { rows: theirs } = await to.query<{ tenant: string }>(
    `select ${column}::text as tenant from ${name} where ${column} is not null limit 1`,
  )
  const [row] = theirs
  if (!row) return []
  try {
    const { rows } = await from.query<{ open: boolean }>(
      `select exists (select from ${name} where ${column}::text = $1) as open`,
      [row.tenant],
    )
    return [{ way: 'rows', outcome: rows[0]?.open ? 'reached' : 'refused' }]
  } catch (error) {
    return [{ way: 'rows', outcome: outcomeOf(errorCode(error)) }]
  }
}
