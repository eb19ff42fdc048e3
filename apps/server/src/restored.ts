import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { backupErrors, chosenPlace, drill, openPart, restoreInstallation, restorePoint } from './backup/index.ts'
import type { DrillResult, RestoredInstallation, RestoredPoint } from './backup/index.ts'
import {
  age,
  connectExternal,
  findPostgres,
  lockFolder,
  openEmptyServer,
  openMasterKey,
  openTarget,
  removeHalfRestored,
  startPostgres,
  systemClock,
  targetOf,
} from './platform/index.ts'
import type { Config, EmptyServer, KeyRing, PostgresServer, Target } from './platform/index.ts'
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

/** A new secret key for backups, and its recipient. */
export async function newBackupKey(): Promise<{ identity: string; recipient: string }> {
  const identity = await age.newIdentity()
  return { identity, recipient: await age.recipientOf(identity) }
}

/**
 * A tenant's part of a backup with its outer seal opened: what `backup.restore_tenant` takes. The key stays where this runs.
 *
 * @throws {backup.none | backup.not_in_it | backup.wrong_key | backup.damaged | target.*} also in the middle of the stream
 */
export async function* tenantPart(wish: RestoreWish, publicId: string, notes: string): AsyncGenerator<Uint8Array> {
  yield* openPart(await chosenPlace(openTarget(targetOf(wish.from, wish.key), notes), wish), publicId, wish)
}

/**
 * A drill away from the installation, with the key that was kept: every database of the newest backup is restored into a
 * scratch database of a server here, compared and dropped.
 */
export async function drillElsewhere(
  config: Config,
  wish: RestoreWish,
  place: RestorePlace = {},
): Promise<DrillResult> {
  return await withServer(config, place, async (ring, server, target) => {
    await server.scratches.sweep()
    const chosen = await chosenPlace(target(wish), wish)
    return await drill(chosen.target, {
      ring,
      scratches: server.scratches,
      now: systemClock.now,
      elapsed: () => performance.now(),
      newestKept: undefined,
      identitiesOf: () => Promise.resolve(wish.identities),
    })
  })
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
  place: RestorePlace = {},
): Promise<RestoredInstallation> {
  return await withServer(config, place, async (ring, server, target) =>
    restoreInstallation({
      target: target(wish),
      identities: wish.identities,
      ring,
      server,
      installation: wish.installation,
      set: wish.set,
      now: systemClock.now,
      ...(wish.say === undefined ? {} : { say: wish.say }),
    }),
  )
}

/**
 * Puts a whole installation back where there is none, as it was at a moment: with the embedded server, whose log was kept.
 *
 * @throws {backup.*, target.*, postgres.*, master_key.*} each with its remedy; nothing half is left in use
 */
export async function restoreTo(
  config: Config,
  wish: Omit<RestoreWish, 'set'> & { readonly to: Date | 'latest' },
  { prefix }: Pick<RestorePlace, 'prefix'> = {},
): Promise<RestoredPoint> {
  if (config.databaseUrl !== null) throw backupErrors.point_not_embedded()
  const ring = await masterKeyOf(config)
  const folder = join(config.dataFolder, 'postgres')
  const unlock = lockFolder(join(config.dataFolder, 'lock'), config.dataFolder)
  try {
    return await restorePoint({
      ...wish,
      target: openTarget(targetOf(wish.from, wish.key), join(config.dataFolder, 'backup', 'uploads')),
      ring,
      folder,
      prefix,
      postgres: Number.parseInt(findPostgres(folder).version, 10),
      now: systemClock.now,
    })
  } finally {
    unlock()
  }
}

/** The master key that is to be there. */
async function masterKeyOf(config: Config): Promise<KeyRing> {
  // One that is made now would open nothing, and lie where the right one belongs.
  if (config.masterKey.kind === 'file' && !existsSync(config.masterKeyFile)) throw backupErrors.no_master_key()
  mkdirSync(config.dataFolder, { recursive: true })
  return (await openMasterKey(config.masterKey, config.masterKeyFile)).ring
}

async function withServer<T>(
  config: Config,
  { postgres: given, ...names }: RestorePlace,
  work: (ring: KeyRing, server: EmptyServer, target: (wish: RestoreWish) => Target) => Promise<T>,
): Promise<T> {
  const ring = await masterKeyOf(config)
  const running =
    given === undefined && config.databaseUrl === null
      ? await startPostgres({ folder: join(config.dataFolder, 'postgres') })
      : undefined
  try {
    // This process alone works in the folder now: what a restore to a moment left there is nobody's.
    if (running !== undefined) await removeHalfRestored(join(config.dataFolder, 'postgres'))
    const postgres = given ?? running ?? (await connectExternal(config.databaseUrl ?? ''))
    return await work(ring, openEmptyServer(postgres, { ...migrationFolders(), ...names }), (wish) =>
      openTarget(targetOf(wish.from, wish.key), join(config.dataFolder, 'backup', 'uploads')),
    )
  } finally {
    await running?.stop()
  }
}
