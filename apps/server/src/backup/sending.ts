import { slowed } from '../platform/index.ts'
import type { Keep, Staging, Target } from '../platform/index.ts'
import { setsToKeep } from './keeping.ts'
import { inSet, keysName } from './making.ts'
import { manifestName, timeOfSet } from './manifest.ts'
import { listSets } from './opening.ts'

/** A set whose manifest never came is taken away after so long: whoever sends it would be done. Days. */
const orphanDays = 3

/**
 * Brings a backup that was made here to a place. What lies there whole is not sent again, so that one that was interrupted
 * goes on. The manifest comes last: before it nobody takes the set for one.
 */
export async function sendSet(
  set: string,
  staging: Staging,
  target: Target,
  bytesPerSecond: number | null,
): Promise<void> {
  const here = [...(await staging.list(inSet(set, ''))), ...(await staging.list(keysName(set)))]
  const there = new Map((await target.list('')).map(({ name, bytes }) => [name, bytes]))
  const manifest = inSet(set, manifestName)
  const files = here.filter(({ name }) => name !== manifest)
  for (const { name, bytes } of [...files, ...here.filter(({ name }) => name === manifest)])
    if (there.get(name) !== bytes || name === manifest)
      await target.put(name, slowed(staging.get(name), bytesPerSecond), bytes)
}

/**
 * Takes away what is not to be kept in a place: manifests first, so that no half set is taken for one.
 *
 * @returns the names of sets that were taken away
 */
export async function tidy(
  target: Target,
  keep: Keep,
  proven: ReadonlyMap<string, boolean>,
  now: Date,
): Promise<string[]> {
  const sets = await listSets(target)
  const kept = setsToKeep(
    sets.map((name) => ({ name, proven: proven.get(name) ?? null })),
    keep,
  )
  const files = await target.list('')
  const removed = sets.filter((name) => !kept.has(name))
  for (const set of removed) await target.remove(inSet(set, manifestName))
  const orphaned = new Date(now.getTime() - orphanDays * 86_400_000)
  const keys = files.map(({ name }) => name).filter((name) => name.startsWith('keys/'))
  const [newestKeys] = keys.toSorted().toReversed()
  for (const { name } of files) {
    const set = /^sets\/(\d{8}T\d{9}Z)\//.exec(name)?.[1]
    const isOfNone = set !== undefined && !sets.includes(set) && timeOfSet(set) < orphaned
    if (set !== undefined && (removed.includes(set) || isOfNone)) await target.remove(name)
    // With the keys of a tenant that was deleted, all earlier backups of it end at once.
    if (name.startsWith('keys/') && sets.length > 0 && name !== newestKeys) await target.remove(name)
  }
  return removed
}

/** Takes back what a place has of a backup that is given up. */
export async function takeBack(set: string, staging: Staging, target: Target): Promise<void> {
  for (const { name } of await staging.list(inSet(set, ''))) await target.remove(name)
}

/** Removes a set that was made here. */
export async function unstage(set: string, staging: Staging): Promise<void> {
  await staging.keepOnly('sets', (name) => name !== set)
  await staging.keepOnly('keys', (name) => !name.startsWith(set))
}
