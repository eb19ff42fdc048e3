import { Client } from 'pg'

/** Says whether it is this process that orders, of all on one database. */
export interface Turn {
  /** Takes the turn where nobody has it. */
  isOurs(): Promise<boolean>
  /** Gives it back. */
  end(): Promise<void>
}

/**
 * One process of a database has the turn, for as long as it lives: a lock of a session, which the database gives back when
 * the connection is gone, also after kill -9.
 *
 * @param url of the control database
 * @throws what the database says where it cannot be reached
 */
export function openTurn(url: string): Turn {
  let held: Client | null = null
  return {
    async isOurs() {
      if (held !== null) return true
      const client = new Client({ connectionString: url, application_name: 'art32', connectionTimeoutMillis: 10_000 })
      client.on('error', () => (held = null))
      client.on('end', () => (held = null))
      try {
        await client.connect()
        const { rows } = await client.query<{ got: boolean }>(
          `select pg_try_advisory_lock(hashtextextended('art32 acme', 0)) as got`,
        )
        if (rows[0]?.got === true) {
          held = client
          return true
        }
        await client.end()
        return false
      } catch (error) {
        await client.end().catch(() => undefined)
        throw error
      }
    },
    async end() {
      await held?.end().catch(() => undefined)
      held = null
    },
  }
}
