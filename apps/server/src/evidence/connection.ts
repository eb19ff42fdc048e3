import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { CompiledQuery, DatabaseConnection, Driver } from 'kysely'
import type { PoolClient } from 'pg'
import { bug } from '../kernel/index.ts'

/** Tables that a store names for itself by `withTables`. */
export type NoTables = object

/** One connection of a tenant's database. */
export type Connection = Pick<PoolClient, 'query'>

/**
 * Works on one connection.
 *
 * @param way `transaction`: all of it or nothing; `as it is`: each statement by itself
 */
export async function onConnection<T>(
  connections: { connect(): Promise<PoolClient> },
  way: 'transaction' | 'as it is',
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const client = await connections.connect()
  if (way === 'as it is') return await work(client).finally(() => client.release())
  let isBroken = false
  try {
    await client.query('begin')
    const result = await work(client)
    const { command } = await client.query('commit')
    // PostgreSQL says so, and no more, where a statement failed whose error somebody caught.
    if (command !== 'COMMIT') throw bug('a transaction in which a statement had failed was to be committed')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => (isBroken = true))
    throw error
  } finally {
    client.release(isBroken)
  }
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
