import { Client, type ClientBase, type Pool } from 'pg'
import type { PostgresServer } from './server.ts'

const catalogues = {
  role: 'select from pg_catalog.pg_roles where rolname = $1',
  database: 'select from pg_catalog.pg_database where datname = $1',
} as const

/** Whether the server has this role or database. */
export async function exists(client: ClientBase, kind: keyof typeof catalogues, name: string): Promise<boolean> {
  const { rowCount } = await client.query(catalogues[kind], [name])
  return rowCount === 1
}

/**
 * How a database is best copied. As files, it ends with a checkpoint: nothing of it is left for a start after a crash, which
 * would otherwise redo and sync the last dozen of copies for seconds. Our own server has few pages that wait to be written,
 * and where nothing is synced a checkpoint costs nothing; on a server that others use it could write gigabytes of theirs at
 * once, so there a copy goes through the write-ahead log.
 *
 * @source PostgreSQL 18, CREATE DATABASE (STRATEGY)
 */
export async function copyStrategy(client: ClientBase, server: PostgresServer): Promise<'wal_log' | 'file_copy'> {
  if (server.embedded) return 'file_copy'
  const { rows } = await client.query<{ lasts: boolean }>(`select current_setting('fsync')::boolean as lasts`)
  return rows[0]?.lasts === false ? 'file_copy' : 'wal_log'
}

/** Runs work on a connection of the pool. */
export async function borrow<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    return await work(client)
  } finally {
    client.release()
  }
}

/** Runs work on the whole server while no other process does: two installations may be starting on one server. */
export async function alone<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query(`select pg_advisory_lock(hashtextextended('art32 administration', 0))`)
  try {
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined)
  }
}

/** Every connection of this process that may wait for an answer. */
const clients = new Set<Client>()

/** Remembers a connection until its end, so that `breakOff` finds it. */
export function track(client: Client): void {
  clients.add(client)
  client.once('end', () => clients.delete(client))
}

/**
 * Ends every connection to a server that answers no more: a machine that has frozen keeps them open, and whoever asked
 * would wait for ever.
 */
export function breakOff(url: string): void {
  const { host, port } = new Client({ connectionString: url })
  for (const client of clients)
    if (client.host === host && client.port === port) {
      clients.delete(client)
      client.end().catch(() => undefined)
    }
}

/** Runs work on a connection of its own. */
export async function withClient<T>(
  url: string,
  work: (client: Client) => Promise<T>,
  limits: { readonly connectionTimeoutMillis?: number; readonly query_timeout?: number } = {},
): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: 'art32',
    connectionTimeoutMillis: 10_000,
    ...limits,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    track(client)
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
