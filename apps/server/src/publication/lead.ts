import type { Pool, PoolClient } from 'pg'

/** Whether this process, of several on one database, is the one that does something. */
export interface Lead {
  /** Takes the lead where nobody has it. It is lost with the connection, or with the process. */
  has(): Promise<boolean>
  stop(): Promise<void>
}

/** @param name of what only one process does */
export function openLead(pool: Pool, name: string): Lead {
  let client: PoolClient | null = null
  const lose = () => {
    client = null
  }
  return {
    async has() {
      if (client) return true
      const asking = await pool.connect()
      asking.on('error', lose)
      const { rows } = await asking.query<{ has: boolean }>('select pg_try_advisory_lock(hashtext($1)) as has', [name])
      if (rows[0]?.has === true) client = asking
      else {
        asking.off('error', lose)
        asking.release()
      }
      return client !== null
    },
    stop() {
      // Its session ends, and with it the lead.
      client?.release(true)
      client = null
      return Promise.resolve()
    },
  }
}
