import { openCopyIn, openCopyOut } from './copy.ts'
import type { CopyIn, CopyOut } from './copy.ts'
import type { Lying } from './layout.ts'
import { openPool } from './pools.ts'
import type { Connections } from './pools.ts'
import type { Credential, PostgresServer } from './server.ts'

/** A database, or a schema, that is being made and that nobody uses yet. */
export interface Scratch {
  /** Fills it, once. @throws whatever the work throws: nothing is in it then */
  fill(work: (into: CopyIn) => Promise<void>): Promise<void>
  /** Reads what it holds. */
  read(): Promise<CopyOut>
  /** Connections of the owner, for whoever reads it as a tenant's database is read. */
  connections(): Connections
  /**
   * Gives it its name and its login, and opens it to that. What a tenant lies in is marked until `Scratches.settle`: where a
   * restore is interrupted, the next one makes it anew.
   *
   * @throws {postgres.exists}
   */
  adopt(login: Credential): Promise<void>
  /** Does nothing where it was adopted. */
  drop(): Promise<void>
}

/** What the catalogue says of something restored that is not in use yet. */
export const unsettled = 'art32: restored, not in use yet'

/** An order among what waits, by the transactions of the server that it comes from, means nothing here. */
export const putInOrder = (schema: string): string => `update ${schema}.log_pending set tx = pg_current_xact_id()`

/** What is done with a scratch before it is in use. */
export function openScratch(server: PostgresServer, lying: Lying): Pick<Scratch, 'fill' | 'read' | 'connections'> {
  const url = server.url(lying.database)
  return {
    async fill(work) {
      const into = await openCopyIn(url, lying)
      try {
        await work(into)
      } finally {
        await into.end()
      }
    },
    read: () => openCopyOut(url, lying),
    connections: () =>
      openPool(url, 2, {
        statement_timeout: 0,
        options: `-c role=${lying.owner} -c search_path=${lying.schema},pg_temp`,
      }),
  }
}
