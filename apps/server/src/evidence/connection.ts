import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { CompiledQuery, DatabaseConnection, Driver } from 'kysely'
import type { PoolClient, QueryResult } from 'pg'
import { bug } from '../kernel/index.ts'
import { addAppended } from './store.ts'
import type { Appended, Prepared } from './store.ts'

/** Tables that a store names for itself by `withTables`. */
export type NoTables = object

/** One connection of a tenant's database. */
export interface Connection {
  query<R extends object>(text: string | Prepared, values?: unknown[]): Promise<QueryResult<R>>
}

/** Connections of one database. */
export interface Connections {
  connect(): Promise<PoolClient>
}

/** Works on one connection, each statement by itself. */
export async function onConnection<T>(
  connections: Connections,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const client = await connections.connect()
  return await work(client).finally(() => client.release())
}

/** A transaction of the ledger's own, in which nobody appends anything by `TenantContext`. */
export async function transactionOn<T>(
  connections: Connections,
  work: (client: Pick<PoolClient, 'query'>) => Promise<T>,
): Promise<T> {
  const client = await connections.connect()
  let isBroken = false
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => (isBroken = true))
    throw error
  } finally {
    client.release(isBroken)
  }
}

/** Events whose leaves have to be written; more of them, or of more bytes, are not held back. */
const mostHeld = { events: 500, bytes: 2_000_000 }

/**
 * Works in a transaction: all of it or nothing.
 *
 * It begins with the first statement, and what is appended is written at the end or when a statement could see it: most of
 * the time that a small change takes is the ways to the database.
 *
 * @param writeAlone writes what was appended where nothing else was done: as durable, and needs no transaction
 */
export async function inTransaction<T>(
  connections: Connections,
  work: (connection: Connection, append: (row: Appended) => Promise<void>) => Promise<T>,
  writeAlone: (rows: readonly Appended[]) => Promise<void>,
): Promise<T> {
  let begun: Promise<PoolClient> | undefined
  let isBroken = false
  let held: Appended[] = []
  let bytes = 0
  const begin = async () => {
    const client = await connections.connect()
    // Where it fails, so does the statement behind it.
    client.query('begin').catch(() => undefined)
    return client
  }
  const client = () => (begun ??= begin())
  const write = async () => {
    const rows = held
    held = []
    bytes = 0
    if (rows.length > 0) await addAppended(await client(), rows)
  }
  const connection: Connection = {
    async query<R extends object>(query: string | Prepared, values?: unknown[]) {
      if (held.length > 0 && seesAppended(query)) await write()
      return await (await client()).query<R>(query, values)
    },
  }
  const append = async (row: Appended) => {
    held.push(row)
    bytes += row.openings.reduce((sum, { content }) => sum + content.byteLength, 0)
    if (held.length >= mostHeld.events || bytes >= mostHeld.bytes) await write()
  }
  try {
    const result = await work(connection, append)
    if (begun) await commit(await begun, held)
    else if (held.length > 0) await writeAlone(held)
    return result
  } catch (error) {
    const open = await begun?.catch(() => undefined)
    await open?.query('rollback').catch(() => (isBroken = true))
    throw error
  } finally {
    const open = await begun?.catch(() => undefined)
    open?.release(isBroken)
  }
}

/** A connection answers in the order in which it is asked: so the commit need not wait for what goes before it. */
async function commit(client: PoolClient, held: readonly Appended[]): Promise<void> {
  const written = held.length > 0 ? addAppended(client, held) : undefined
  const [last, end] = await Promise.allSettled([written, client.query('commit')])
  // PostgreSQL says so, and no more, where a statement had failed whose error somebody caught.
  const wasLost = end.status === 'fulfilled' && end.value.command !== 'COMMIT'
  if (last.status === 'rejected' && !(wasLost && isOfFailedTransaction(last.reason))) throw last.reason
  if (end.status === 'rejected') throw end.reason
  if (wasLost) throw bug('a transaction in which a statement had failed was to be committed')
}

/** SQLSTATE 25P02, in_failed_sql_transaction. */
function isOfFailedTransaction(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '25P02'
}

/** Whether a statement could see what waits to be written. */
function seesAppended(query: string | Prepared): boolean {
  return /opening|log_pending/i.test(typeof query === 'string' ? query : query.text)
}

/** Kysely on a connection that is ours already, and in the transaction that is under way there. */
export function kyselyOn(connection: Connection): Kysely<NoTables> {
  const own: DatabaseConnection = {
    async executeQuery<R>({ sql, parameters }: CompiledQuery) {
      const { rows, rowCount, command } = await connection.query<R & object>(sql, [...parameters])
      return command === 'SELECT' ? { rows } : { rows, numAffectedRows: BigInt(rowCount ?? 0) }
    },
    streamQuery: () => refuse('a stream'),
  }
  const driver: Driver = {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(own),
    beginTransaction: () => refuse('a transaction within the transaction'),
    commitTransaction: () => refuse('a commit'),
    rollbackTransaction: () => refuse('a rollback'),
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  }
  return new Kysely<NoTables>({
    dialect: {
      createDriver: () => driver,
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
  })
}

function refuse(what: string): never {
  throw bug(`${what} was asked of a store, which does not decide that`)
}
