import type { OpenTenant } from '../tenant/index.ts'
import { countPending } from './store.ts'
import type { Queryable } from './store.ts'

/** A tenant's database as it was at one instant, for a long read. */
export interface Snapshot {
  readonly sql: Queryable
  /** Events that are committed and have no place in the log yet. */
  readonly pending: number
  end(): Promise<void>
}

/** Longest time that whoever reads may pause. */
const patience = '5min'

/** Opens a tenant's database for reading only, at one instant. Ends with `end()`, which must be called. */
export async function openSnapshot({ connections }: Pick<OpenTenant, 'connections'>): Promise<Snapshot> {
  const client = await connections.connect()
  const sql: Queryable = {
    query: async <R extends object>(text: string, values: unknown[] = []) => await client.query<R>(text, values),
  }
  const end = async () => {
    // A connection that was cut off meanwhile is thrown away.
    const failed = await client.query('rollback').then(
      () => false,
      () => true,
    )
    client.release(failed)
  }
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(
      `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = '${patience}'; set local timezone = 'UTC'`,
    )
    return { sql, pending: await countPending(sql), end }
  } catch (error) {
    await end()
    throw error
  }
}
