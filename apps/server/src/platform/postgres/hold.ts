import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { exists } from './administration.ts'

/** How long a transaction that was under way has to end before it is ended. Milliseconds. */
const graceMs = 5_000

/**
 * Makes a database read-only for every new session, and ends the sessions from before: those that do nothing at once, the
 * others when they are done or their time is over. A transaction that is ended was not acknowledged, and did nothing.
 *
 * It is the database that refuses to write, so it holds for all processes of the installation, however many there are and
 * whatever they remember.
 *
 * @param name a tenant's database; it was checked to be one
 * @source https://www.postgresql.org/docs/18/runtime-config-client.html (default_transaction_read_only)
 */
export async function holdWrites(client: ClientBase, name: string): Promise<void> {
  await client.query(`alter database ${name} set default_transaction_read_only = on`)
  const { rows } = await client.query<{ at: string }>('select clock_timestamp()::text as at')
  const at = rows[0]?.at ?? ''
  for (const end = Date.now() + graceMs; ; await sleep(20)) {
    const isOver = Date.now() > end
    const left = await client.query(
      `select case when $3 or state = 'idle' then pg_terminate_backend(pid) end from pg_catalog.pg_stat_activity
       where datname = $1 and backend_type = 'client backend' and backend_start <= $2::timestamptz`,
      [name, at, isOver],
    )
    if (left.rowCount === 0) return
  }
}

/** Lets a database be written again; sessions that began while it was held are ended, since they would refuse to. */
export async function releaseWrites(client: ClientBase, name: string): Promise<void> {
  if (!(await exists(client, 'database', name))) return
  await client.query(`alter database ${name} reset default_transaction_read_only`)
  await client.query(
    `select pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
    [name],
  )
}
