import { setTimeout as sleep } from 'node:timers/promises'
import { type ClientBase, escapeIdentifier } from 'pg'
import { exists } from './administration.ts'
import { layoutOf, type Lying } from './layout.ts'

/** How long a transaction that was under way has to end before it is ended. Milliseconds. */
const graceMs = 5_000

/** What is held: a database, or what one login does in a database that it shares. */
export interface Holdable {
  /** As it stands behind ALTER. */
  readonly what: string
  /** The column of pg_stat_activity that tells its sessions, and what stands there. */
  readonly by: 'datname' | 'usename'
  readonly name: string
}

/** A tenant by its name, which was checked to be one. */
export function holdableOf(name: string, { database }: Lying): Holdable {
  return layoutOf(name) === 'schema'
    ? { what: `role ${name} in database ${escapeIdentifier(database)}`, by: 'usename', name }
    : { what: `database ${name}`, by: 'datname', name }
}

/**
 * Makes a database read-only for every new session, and ends the sessions from before: those that do nothing at once, the
 * others when they are done or their time is over. A transaction that is ended was not acknowledged, and did nothing.
 *
 * It is the database that refuses to write, or the login that is refused, so it holds for all processes of the installation, however many there are and
 * whatever they remember.
 *
 * @source https://www.postgresql.org/docs/18/runtime-config-client.html (default_transaction_read_only)
 */
export async function holdWrites(client: ClientBase, { what, by, name }: Holdable): Promise<void> {
  await client.query(`alter ${what} set default_transaction_read_only = on`)
  const { rows } = await client.query<{ at: string }>('select clock_timestamp()::text as at')
  const at = rows[0]?.at ?? ''
  for (const end = Date.now() + graceMs; ; await sleep(20)) {
    const isOver = Date.now() > end
    const left = await client.query(
      `select case when $3 or state = 'idle' then pg_terminate_backend(pid) end from pg_catalog.pg_stat_activity
       where ${by} = $1 and backend_type = 'client backend' and backend_start <= $2::timestamptz`,
      [name, at, isOver],
    )
    if (left.rowCount === 0) return
  }
}

/** Lets a database be written again; sessions that began while it was held are ended, since they would refuse to. */
export async function releaseWrites(client: ClientBase, { what, by, name }: Holdable): Promise<void> {
  if (!(await exists(client, by === 'usename' ? 'role' : 'database', name))) return
  await client.query(`alter ${what} reset default_transaction_read_only`)
  await client.query(
    `select pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where ${by} = $1 and backend_type = 'client backend'`,
    [name],
  )
}
