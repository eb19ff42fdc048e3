import type { Client } from 'pg'
import { inject } from 'vitest'
import { connectExternal, withClient } from '../../apps/server/src/platform/postgres/index.ts'
import type { TestServer } from './server.ts'

/** Works as the administrator of the database, whom no right stops. */
export async function asSuperuser<T>(
  server: TestServer,
  slug: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { connections } = await server.registry.open(slug)
  const borrowed = await connections.connect()
  const { rows } = await borrowed.query<{ name: string }>('select current_database() as name')
  borrowed.release()
  const postgres = await connectExternal(inject('databaseUrl'))
  return await withClient(postgres.url(rows[0]?.name ?? ''), work)
}
