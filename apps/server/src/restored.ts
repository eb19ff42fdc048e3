import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { backupErrors, restoreInstallation } from './backup/index.ts'
import type { RestoredInstallation } from './backup/index.ts'
import {
  connectExternal,
  openEmptyServer,
  openMasterKey,
  openTarget,
  startPostgres,
  systemClock,
  targetOf,
} from './platform/index.ts'
import type { Config, PostgresServer } from './platform/index.ts'
import { migrationFolders } from './server.ts'

/** What is restored, and from where. */
export interface RestoreWish {
  /** A folder or bucket, as ART32_BACKUP_TARGET takes it. */
  readonly from: string
  /** Who may read the bucket. */
  readonly key: { readonly id: string | null; readonly secret: string | null }
  /** Secret keys of recipients. */
  readonly identities: readonly string[]
  readonly installation?: string | undefined
  readonly set?: string | undefined
  readonly say?: (done: number, of: number) => void
}

/** For tests: a server that runs already, and how its databases are called. */
export interface RestorePlace {
  readonly postgres?: PostgresServer
  readonly prefix?: string
  readonly templatePrefix?: string
}

/**
 * Puts a whole installation back where there is none: its databases on the embedded server of the data folder or the external
 * one. The master key has to be there.
 *
 * @throws {backup.*, target.*, postgres.*, master_key.*} each with its remedy; nothing half is left in use
 */
export async function restore(
  config: Config,
  wish: RestoreWish,
  { postgres: given, ...names }: RestorePlace = {},
): Promise<RestoredInstallation> {
  // One that is made now would open nothing, and lie where the right one belongs.
  if (config.masterKey.kind === 'file' && !existsSync(config.masterKeyFile)) throw backupErrors.no_master_key()
  mkdirSync(config.dataFolder, { recursive: true })
  const masterKey = await openMasterKey(config.masterKey, config.masterKeyFile)
  const running =
    given === undefined && config.databaseUrl === null
      ? await startPostgres({ folder: join(config.dataFolder, 'postgres') })
      : undefined
  try {
    const postgres = given ?? running ?? (await connectExternal(config.databaseUrl ?? ''))
    return await restoreInstallation({
      target: openTarget(targetOf(wish.from, wish.key), join(config.dataFolder, 'backup', 'uploads')),
      identities: wish.identities,
      ring: masterKey.ring,
      server: openEmptyServer(postgres, { ...migrationFolders(), ...names }),
      installation: wish.installation,
      set: wish.set,
      now: systemClock.now,
      ...(wish.say === undefined ? {} : { say: wish.say }),
    })
  } finally {
    await running?.stop()
  }
}
