import type { Pool } from 'pg'
import type { BackupSetting, KeyRing, Log, Staging, Target } from '../../platform/index.ts'
import { inControl } from '../../privacy/index.ts'
import { codeOf } from '../making.ts'
import * as store from '../store.ts'
import { lineFile, stateFile } from './continuous.ts'
import { readBase } from './file-copy.ts'
import { endingOf } from './keeping.ts'
import { archiveFileOf, archiveFolder } from './names.ts'
import { vouchingKeys } from './signed.ts'

const dayMs = 86_400_000

/** A place that still has some of it so long after all of it was due is told. Milliseconds. */
export const goneLateMs = 2 * dayMs

/** A certificate promises the day after: it is looked for what is over each hour. */
const promisedLateMs = dayMs

/** What a place is told as in which something newer than the end of the log lies. */
const goesOn = 'log-goes-on'

/**
 * At a start without the log: notes that it ended, where this machine has written one, and that what happens from now on is in none.
 * Asks no place.
 */
export async function noteLogEnd(
  control: Pool,
  staging: Staging,
  { places, days, now }: { readonly places: number; readonly days: number; readonly now: Date },
): Promise<void> {
  // A process that has no places, as one that answers the web alone may, says nothing about those of others.
  if (places > 0) await store.dropLogEnds(control, places)
  if ((await staging.list(archiveFolder)).length === 0) return
  // Before the note here goes: a kill between the two only notes it again.
  const dueAt = new Date(now.getTime() + days * dayMs)
  for (let place = 1; place <= places; place++) await store.startLogEnd(control, { place, endedAt: now, dueAt })
  for (const name of [lineFile, stateFile]) await staging.remove(name)
  if (places === 0) await forgetStaged(staging)
}

/** What of the log waited here for a place. */
const forgetStaged = (staging: Staging) => staging.keepOnly(archiveFolder.slice(0, -1), () => false)

/** At a start with the log: what was to be taken away is kept again. */
export async function noteLogGoesOn(control: Pool): Promise<void> {
  await store.dropLogEnds(control, 0)
}

/**
 * Until when something of a log that was switched off lies in a place; null: nothing does, as far as is known.
 *
 * @returns overdue where a day is over by which it should have been gone
 */
export async function logUntil(control: Pool, now: Date): Promise<Date | 'overdue' | null> {
  const open = (await store.listLogEnds(control)).filter(({ gone_at: goneAt }) => goneAt === null)
  if (open.length === 0) return null
  const until = Math.max(...open.map(({ due_at: dueAt }) => dueAt.getTime())) + promisedLateMs
  return until <= now.getTime() ? 'overdue' : new Date(until)
}

/** The log of the database after it was switched off. */
export interface EndedLog {
  /** Whether something of it may be left in a place. */
  isLeft(): Promise<boolean>
  /** Looks into each place, and takes away what is over. A place that is away is told, and looked at the next time. */
  tidy(): Promise<void>
  list(): Promise<store.LogEnd[]>
}

/** Opens what is left of it. One process at a time calls `tidy`. */
export function openEndedLog({
  control,
  targets,
  setting,
  ring,
  staging,
  about,
  now,
  log,
}: {
  readonly control: Pool
  /** Within the folder of the installation, the first one first. */
  readonly targets: readonly Target[]
  readonly setting: Pick<BackupSetting, 'keep'>
  readonly ring: KeyRing
  readonly staging: Staging
  /** Of whom the ledger is told. */
  readonly about: { readonly kind: string; readonly id: string }
  readonly now: () => Date
  readonly log: Log
}): EndedLog {
  const { days } = setting.keep
  const keys = vouchingKeys(ring)

  async function tidyPlace(target: Target, place: number): Promise<void> {
    const files = (await target.list(archiveFolder)).map(({ name }) => name)
    // What waited here may have been sent in part.
    for (const { name } of await staging.list(archiveFolder))
      if (archiveFileOf(name) !== null && !files.includes(name)) await target.remove(name)
    const known = (await store.listLogEnds(control)).find((one) => one.place === place && one.gone_at === null)
    const isThere = files.some((name) => archiveFileOf(name) !== null)
    if (!isThere && known === undefined) return
    const endedAt = known?.ended_at ?? now()
    const ending = await endingOf(files, {
      days,
      now: now(),
      endedAt,
      fromOf: async (line, base) => (await readBase(target, { line, base }, keys).catch(() => undefined))?.from,
    })
    await store.startLogEnd(control, { place, endedAt, dueAt: ending.dueAt })
    await store.setLogEnd(control, {
      place,
      dueAt: isThere ? ending.dueAt : null,
      problem: ending.goesOn ? goesOn : null,
    })
    const isAll = !ending.isLeft && !ending.goesOn
    let count = 0
    let isGone = false
    try {
      for (const name of ending.remove) {
        await target.remove(name)
        count++
      }
      if (isAll) await target.removeHalf(archiveFolder)
      isGone = isAll
    } finally {
      await told(place, count, isGone)
    }
  }

  /** Notes in the ledger what was taken away from a place, and with it that nothing is left there. */
  async function told(place: number, count: number, isGone: boolean): Promise<void> {
    if (count === 0 && !isGone) return
    await inControl(control, null, async ({ sql, note }) => {
      await note('backup.deleted', about, { gone: isGone, log: count, place })
      if (isGone) await store.setLogGone(sql, place, now())
    })
  }

  return {
    isLeft: async () => (await store.listLogEnds(control)).some(({ gone_at: goneAt }) => goneAt === null),
    async tidy() {
      let isSeen = true
      for (const [index, target] of targets.entries())
        try {
          await tidyPlace(target, index + 1)
        } catch (error) {
          isSeen = false
          const problem = codeOf(error)
          log.warn('backup.not-tidied', { code: problem })
          await store.setLogEnd(control, { place: index + 1, dueAt: null, problem })
        }
      // It is of no use to any line; until each place was asked it names what may lie there in part.
      if (isSeen) await forgetStaged(staging)
    },
    list: () => store.listLogEnds(control),
  }
}
