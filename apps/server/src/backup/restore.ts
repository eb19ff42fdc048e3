import { age, layoutOf, open, within } from '../platform/index.ts'
import type { EmptyServer, KeyRing, Target } from '../platform/index.ts'
import { damaged } from './archive.ts'
import { backupErrors } from './errors.ts'
import { inSet } from './making.ts'
import { measured } from './measured.ts'
import { asRefusal, listSets, openControl, openTenantPart, readKeys, readManifest } from './opening.ts'
import type { Opening } from './opening.ts'

/** What restoring a whole installation needs. */
export interface RestoreOptions {
  /** The place with backups, of which those of one installation are chosen. */
  readonly target: Target
  /** Secret keys, `AGE-SECRET-KEY-1…`. */
  readonly identities: readonly string[]
  readonly ring: KeyRing
  readonly server: EmptyServer
  /** Which installation, by its public id, where a place has several. */
  readonly installation?: string | undefined
  /** Which backup; the newest unless told. */
  readonly set?: string | undefined
  readonly now: () => Date
  /** Told of each database that is there. */
  readonly say?: (done: number, of: number) => void
}

/** What was restored. */
export interface RestoredInstallation {
  readonly set: string
  readonly installation: string
  readonly at: Date
  readonly databases: number
  readonly rows: number
  /** Tenants of which the backup has none. */
  readonly missed: readonly string[]
}

/**
 * Restores a whole installation where there is none. Each database becomes whole or is not there, and the control database
 * comes last: before it there is no installation, and a restore that was interrupted is begun again.
 *
 * @throws {backup.not_empty | backup.none | backup.damaged | backup.wrong_key | backup.wrong_master_key}
 */
export async function restoreInstallation(options: RestoreOptions): Promise<RestoredInstallation> {
  const { server, identities, ring, now, say } = options
  if (!(await server.isEmpty())) throw backupErrors.not_empty()
  await server.scratches.sweep()
  const { installation, target, set } = await chosenPlace(options.target, options)
  const opening: Opening = { target, set, identities, ring, scratches: server.scratches }
  const manifest = await readManifest(target, set)
  const keys = await readKeys(target, opening)
  const control = await openControl(manifest, opening, async (into) => {
    for (const [tenant, { sealed }] of keys)
      await into.query('update tenant set backup_key = $2 where id = $1', [tenant, sealed])
    // The next start lets every ledger go on under a new name: nobody knows what was signed after the backup.
    await into.query('update installation set restored_at = $1', [now()])
    await into.query(onOneServer)
  })
  const missed = manifest.content.missed.map(({ id }) => id)
  const wanted = control.tenants.filter(({ id }) => !missed.includes(id))
  let rows = sum(control.restored.tallies)
  let done = 0
  try {
    for (const tenant of wanted) {
      const key = keys.get(tenant.id)?.key
      // Its key is destroyed: it was deleted after the backup, and stays so.
      if (key === undefined) {
        missed.push(tenant.id)
        continue
      }
      const restored = await openTenantPart(
        manifest,
        { id: tenant.id, publicId: tenant.public_id },
        key,
        opening,
        layoutOf(tenant.database_name),
      )
      await restored.scratch
        .adopt({ user: tenant.database_name, password: passwordOf(ring, tenant) })
        .catch(async (error: unknown) => {
          await restored.scratch.drop()
          throw error
        })
      rows += sum(restored.tallies)
      done++
      say?.(done, wanted.length + 1)
    }
    await control.restored.scratch.adopt(server.control)
  } catch (error) {
    await control.restored.scratch.drop()
    throw error
  }
  await server.scratches.settle(wanted.filter(({ id }) => !missed.includes(id)).map((tenant) => tenant.database_name))
  done++
  say?.(done, wanted.length + 1)
  return { set, installation, at: new Date(manifest.content.at), databases: done, rows, missed }
}

/**
 * All of it is put back on one server, wherever it lay; from there tenants can be moved again. A backup of an earlier release
 * knows of no other server.
 */
const onOneServer = `do $$ begin
  if to_regclass('tenant_move') is not null then
    delete from tenant_move;
    update tenant set server = 'first' where server <> 'first';
  end if;
end $$`

/** A backup in a place. */
export interface ChosenPlace {
  readonly installation: string
  /** Of this installation. */
  readonly target: Target
  readonly set: string
}

/** Chooses the backup that is wished, or the newest. @throws {backup.none | backup.several} */
export async function chosenPlace(
  place: Target,
  wish: { readonly installation?: string | undefined; readonly set?: string | undefined },
): Promise<ChosenPlace> {
  const installation = wish.installation ?? (await onlyInstallation(place))
  const target = within(place, installation)
  const set = wish.set ?? (await listSets(target))[0]
  if (set === undefined) throw backupErrors.none()
  return { installation, target, set }
}

/**
 * A tenant's part of a backup with its outer seal opened; the inner one stays.
 *
 * @throws {backup.not_in_it | backup.wrong_key | backup.damaged} the latter in the middle, too
 */
export async function* openPart(
  { target, set }: ChosenPlace,
  publicId: string,
  { identities }: { readonly identities: readonly string[] },
): AsyncGenerator<Uint8Array> {
  const { content } = await readManifest(target, set)
  const file = content.files.find(({ tenant }) => tenant?.publicId === publicId)
  if (!file) throw backupErrors.not_in_it()
  const outer = measured(target.get(inSet(set, file.name)))
  try {
    yield* age.open(identities, outer.bytes)
  } catch (error) {
    throw asRefusal(error)
  }
  const seen = outer.seen()
  if (seen.bytes !== file.bytes || seen.sha256 !== file.sha256) throw damaged('file-differs')
}

/** The installation whose backups lie in a place. @throws {backup.none} none, or more than one */
async function onlyInstallation(target: Target): Promise<string> {
  const found = new Set((await target.list('')).flatMap(({ name }) => /^([a-z2-7]{12})\/sets\//.exec(name)?.[1] ?? []))
  const [only, another] = found
  if (only === undefined) throw backupErrors.none()
  if (another !== undefined) throw backupErrors.several()
  return only
}

function passwordOf(ring: KeyRing, { id, role_password: sealed }: { id: string; role_password: Buffer }): string {
  try {
    return open(ring, `tenant:${id}/role_password`, sealed).toString('utf8')
  } catch (cause) {
    throw backupErrors.wrong_master_key({}, { cause })
  }
}

function sum(tallies: ReadonlyMap<string, { readonly rows: number }>): number {
  return [...tallies.values()].reduce((total, { rows }) => total + rows, 0)
}
