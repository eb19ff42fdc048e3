/**
 * What a start can begin before the rest of the sources is read: the embedded PostgreSQL, which after a crash looks at every file of
 * every tenant. It needs a small part of the sources and little of Node.js, so the two go on beside each other.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from './platform/config.ts'
import type { Config } from './platform/config.ts'
import { connectExternal } from './platform/postgres/external.ts'
import { refuseHalfRestored } from './platform/postgres/recover.ts'
import type { PostgresServer } from './platform/postgres/server.ts'
import { startPostgres } from './platform/postgres/start.ts'
import type { RunningPostgres } from './platform/postgres/start.ts'

/** The database server of an installation: started here, or of somebody else. */
export type OpenedPostgres = PostgresServer | RunningPostgres

/**
 * Starts the embedded database server, or connects to the one that is set.
 *
 * @throws {postgres.*} each with its remedy
 */
export async function openPostgres(config: Config): Promise<OpenedPostgres> {
  if (config.databaseUrl !== null) return await connectExternal(config.databaseUrl)
  mkdirSync(config.dataFolder, { recursive: true })
  const folder = join(config.dataFolder, 'postgres')
  // A new installation in the place of one that was to come back would be taken for it.
  await refuseHalfRestored(folder)
  return await startPostgres({ folder, archives: config.backup.continuous })
}

/**
 * Begins the embedded server for `startServer`, which waits for it, tells what failed, and stops it.
 *
 * @returns undefined where there is nothing to begin: another server is set, or the settings are refused, which `startServer` says
 */
export function beginPostgres(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<OpenedPostgres> | undefined {
  let config: Config
  try {
    config = readConfig(environment)
  } catch {
    return undefined
  }
  if (config.databaseUrl !== null) return undefined
  const begun = openPostgres(config)
  // Until somebody waits for it.
  begun.catch(() => undefined)
  return begun
}
