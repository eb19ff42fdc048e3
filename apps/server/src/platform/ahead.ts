/*
 * What a start begins before the rest of the sources is read: the embedded PostgreSQL.
 *
 * After a crash that looks at every file of every tenant, for a second where there are a thousand, and needs nothing of Node.js
 * meanwhile. Reading all sources takes almost as long and needs nothing of PostgreSQL. So the two go on beside each other; what this
 * file imports is all that is read before, and is kept small for that.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from './config.ts'
import type { Config } from './config.ts'
import { connectExternal, refuseHalfRestored, startPostgres } from './postgres/index.ts'
import type { PostgresServer, RunningPostgres } from './postgres/index.ts'

/** The database server of an installation: started here, or of somebody else. */
export type OpenedPostgres = PostgresServer | RunningPostgres

/**
 * Starts the embedded database server, or connects to the one that is set.
 *
 * @param spawned called when the embedded one works by itself and is only waited for
 * @throws {postgres.*} each with its remedy
 */
export async function openPostgres(config: Config, spawned = () => {}): Promise<OpenedPostgres> {
  if (config.databaseUrl !== null) return await connectExternal(config.databaseUrl)
  mkdirSync(config.dataFolder, { recursive: true })
  const folder = join(config.dataFolder, 'postgres')
  // A new installation in the place of one that was to come back would be taken for it.
  await refuseHalfRestored(folder)
  return await startPostgres({ folder, archives: config.backup.continuous, spawned })
}

/** The embedded server while it starts. */
export interface BegunPostgres {
  readonly server: Promise<OpenedPostgres>
}

/**
 * Begins the embedded server for `startServer`, which waits for it, tells what failed, and stops it. Returns when it works by
 * itself, or failed: reading sources leaves Node.js no time to begin anything.
 *
 * @returns undefined where there is nothing to begin: another server is set, or the settings are refused, which `startServer` says
 */
export async function beginPostgres(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<BegunPostgres | undefined> {
  let config: Config
  try {
    config = readConfig(environment)
  } catch {
    return undefined
  }
  if (config.databaseUrl !== null) return undefined
  const { promise, resolve } = Promise.withResolvers<void>()
  const server = openPostgres(config, resolve)
  // Until somebody waits for it, too.
  server.catch(() => undefined).finally(resolve)
  await promise
  return { server }
}
