import { startPostgres } from './platform/index.ts'

/** A PostgreSQL that nobody keeps. */
export interface ThrowAway {
  /** As its administrator. It holds a password: never told. */
  readonly url: string
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that comes with art32 in a folder of the caller's, reached by a socket in it. Nothing is synced to disk, and
 * it ends with this process.
 */
export async function startThrowAway(folder: string): Promise<ThrowAway> {
  const server = await startPostgres({ folder, durable: false, supervise: false })
  return { url: server.url(server.maintenance), stop: () => server.stop() }
}
