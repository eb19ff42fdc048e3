import type { z } from 'zod'
import { signNote } from '@art32/ledger'
import { age, errorClass, ledgerCrypto, seal } from '../platform/index.ts'
import type { CopyOut, Databases, KeyRing, Staging } from '../platform/index.ts'
import { AppError } from '../kernel/index.ts'
import { storedTenants } from '../tenant/index.ts'
import type { Registry, StoredTenant } from '../tenant/index.ts'
import { writeArchive } from './archive.ts'
import { fileNameOf, manifestName, setFormat } from './manifest.ts'
import type { KeysFile, SetManifest } from './manifest.ts'
import { measured } from './measured.ts'
import type { Part } from './store.ts'

/** What making a backup needs. */
export interface Making {
  readonly databases: Pick<Databases, 'copyOut' | 'on'>
  readonly registry: Pick<Registry, 'placeOf' | 'backupKeyOf' | 'listBackupKeys' | 'instance' | 'installationId'>
  readonly recipients: readonly string[]
  readonly staging: Staging
  readonly version: string
  readonly now: () => Date
  readonly settle: (tenantId: string) => Promise<unknown>
}

type FileOfSet = z.input<typeof SetManifest>['files'][number]

/** The file of the keys that open tenants' parts, beside the sets: only the newest is kept. */
export const keysName = (set: string): string => `keys/${set}.age`

/** Where a file of a set lies. */
export const inSet = (set: string, file: string): string => `sets/${set}/${file}`

/** The first line of a signed manifest; no checkpoint of a log begins so. */
export const manifestBegin = `${setFormat}\n`

/**
 * Makes a backup on this machine: the control database first, so that whoever it names is looked for afterwards, then each
 * tenant, then the keys, and last the signed manifest, without which it is none.
 *
 * @param drillRecipient opens this one backup for a drill
 * @param told of each part as it is done; a tenant that cannot be copied does not keep the others from it
 * @throws where the control database cannot be copied, or the disk is full
 */
export async function makeSet(
  set: string,
  drillRecipient: string,
  making: Making,
  told: (part: Part) => Promise<void>,
): Promise<void> {
  const { databases, registry, staging, version, now } = making
  const recipients = [...making.recipients, drillRecipient]
  const files: FileOfSet[] = []
  const missed: { id: string; problem: string }[] = []
  const keep = async (copy: CopyOut, tenant: FileOfSet['tenant'], inner: string | null) => {
    const archive = await writeArchive(copy, {
      version,
      kind: tenant === null ? 'control' : 'tenant',
      installation: registry.installationId,
      tenant,
    })
    const name = fileNameOf(tenant)
    const sealed = inner === null ? archive.bytes : age.seal([inner], archive.bytes)
    const file = measured(age.seal(recipients, sealed))
    await staging.put(inSet(set, name), file.bytes)
    const tallies = [...archive.tallies().values()]
    const rows = tallies.reduce((sum, tally) => sum + tally.rows, 0)
    const { at, ledger } = archive.head
    files.push({
      name,
      ...file.seen(),
      tenant,
      rows,
      tables: tallies.length,
      at,
      ledger: ledger && { origin: ledger.origin, size: ledger.size, root: ledger.root },
    })
    const leaves = ledger?.size ?? 0
    const { bytes } = file.seen()
    await told({ tenant_id: tenant?.id ?? null, bytes, rows, leaves, taken_at: new Date(at), problem: null })
  }

  const control = await databases.copyOut(null)
  let tenants: StoredTenant[]
  try {
    tenants = await control.query<StoredTenant>(storedTenants)
    await keep(control, null, null)
  } finally {
    await control.end()
  }
  for (const { id, public_id: publicId } of tenants) {
    const problem = await copyTenant({ id, publicId }).catch((error: unknown) => {
      if (isFatal(error)) throw error
      return codeOf(error)
    })
    if (problem === null) continue
    // Deleted since the control database was read: nothing is missed.
    if (problem !== 'gone') missed.push({ id, problem })
    if (problem !== 'gone') await told({ tenant_id: id, bytes: 0, rows: 0, leaves: 0, taken_at: now(), problem })
  }
  await keepKeys()
  const manifest: z.input<typeof SetManifest> = {
    format: setFormat,
    version,
    installation: registry.installationId,
    set,
    at: now().toISOString(),
    files,
    missed,
  }
  const note = signNote(ledgerCrypto, `${manifestBegin}${JSON.stringify(manifest)}\n`, [registry.instance])
  await staging.put(inSet(set, manifestName), one(Buffer.from(note)))

  async function copyTenant(tenant: NonNullable<FileOfSet['tenant']>): Promise<string | null> {
    const identity = await registry.backupKeyOf(tenant.id, age.newIdentity)
    if (identity === undefined) return 'gone'
    // What waits for its place in the ledger is copied, too; with its place it can be taken over elsewhere.
    await making.settle(tenant.id).catch(() => undefined)
    // Where it lies now: it may have been moved since the control database was read.
    const { server, database } = await registry.placeOf(tenant.id)
    const copy = await databases.on(server).copyOut(database)
    try {
      await keep(copy, tenant, await age.recipientOf(identity))
      return null
    } finally {
      await copy.end()
    }
  }

  async function keepKeys(): Promise<void> {
    const keys: z.input<typeof KeysFile> = {
      format: 'art32.backup-keys/1',
      at: now().toISOString(),
      keys: (await registry.listBackupKeys()).map(({ id, key }) => ({ tenant: id, key: key.toString('base64') })),
    }
    await staging.put(keysName(set), age.seal(recipients, one(Buffer.from(JSON.stringify(keys)))))
  }
}

/** A key for the drills of one backup, as it is kept. */
export async function newDrillKey(runId: string, ring: KeyRing): Promise<{ recipient: string; sealed: Buffer }> {
  const identity = await age.newIdentity()
  return { recipient: await age.recipientOf(identity), sealed: seal(ring, drillKeyPlace(runId), Buffer.from(identity)) }
}

/** Where the key of a backup's drills is sealed. */
export const drillKeyPlace = (runId: string): string => `backup:${runId}/drill_key`

/** An error as a code that may be kept and shown. */
export function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : errorClass(error)
}

/** A full disk is not one tenant's. */
function isFatal(error: unknown): boolean {
  return error instanceof AppError && error.code.startsWith('target.')
}

/** A stream of one piece. */
export async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}
