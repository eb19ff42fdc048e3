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

/** Changes in one transaction in the name of an account: the trigger notes in the instance log who it was. */
export async function changeAs<T>(pool: Pool, accountId: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return await inTransaction(pool, async (client) => {
    await client.query(`select set_config('art32.account', $1, true), set_config('art32.content', '', true)`, [
      accountId,
    ])
    return await work(client)
  })
}

/** What is kept of a token. It carries at least 24 random bytes, so a plain hash is enough. */
export function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
