import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'

/** Works in one transaction of the control database. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** What is kept of a token. It carries at least 24 random bytes, so a plain hash is enough. */
export function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
