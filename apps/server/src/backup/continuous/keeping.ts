import { timeOfSet } from '../manifest.ts'
import { archiveFileOf, linesOf } from './names.ts'
import type { ArchiveFile } from './names.ts'

const day = 86_400_000

/**
 * What is taken away from a place, in this order: bases that no moment of the last days needs, with the parts of the log before
 * the first that is kept. When no new base comes, nothing is taken away any more.
 *
 * @param files names below the folder of the installation
 * @param fromOf the first part of the log that a whole base needs; undefined: unknown, and no part goes
 * @param current the line that is being written
 */
export async function namesToRemove(
  files: readonly string[],
  {
    days,
    now,
    current,
    fromOf,
  }: {
    readonly days: number
    readonly now: Date
    readonly current: string
    readonly fromOf: (line: string, base: string) => Promise<string | undefined>
  },
): Promise<string[]> {
  const lines = linesOf(files)
  const bases = lines.flatMap(({ name, bases: own }) => own.map((base) => ({ line: name, base })))
  const cutoff = now.getTime() - days * day
  const first = bases.findLast(({ base }) => timeOfSet(base).getTime() <= cutoff) ?? bases[0]
  if (first === undefined) return []
  const isKept = ({ line, base }: { line: string; base: string }) =>
    line > first.line || (line === first.line && base >= first.base)
  const firstParts = new Map<string, string | undefined>()
  for (const { name, bases: own } of lines) {
    const base = own.find((one) => isKept({ line: name, base: one }))
    if (base !== undefined) firstParts.set(name, await fromOf(name, base))
  }
  const newest = bases.at(-1)
  const removed = files.filter((file) => {
    const found = archiveFileOf(file)
    if (found === null) return false
    if (found.kind === 'part') {
      if (!firstParts.has(found.line)) return found.line < first.line
      const from = firstParts.get(found.line)
      return from !== undefined && found.part < from
    }
    const isWhole = bases.some(({ line, base }) => line === found.line && base === found.base)
    // What a kill left on its way here; a newer one is whole, so this one is not on its way any more.
    if (!isWhole) return found.line !== current || (newest !== undefined && found.base < newest.base)
    return !isKept(found)
  })
  return manifestsFirst(removed)
}

/** So that no half base is taken for a whole one. */
function manifestsFirst(names: readonly string[]): string[] {
  return names.toSorted((a, b) => Number(b.endsWith('.manifest')) - Number(a.endsWith('.manifest')))
}

/** What is to become of a log that is kept no more. */
export interface Ending {
  /** When all of it goes at the latest. */
  readonly dueAt: Date
  /** Names that go now, in this order. */
  readonly remove: readonly string[]
  /** Whether some of it stays for now. */
  readonly isLeft: boolean
  /** Whether a line has something newer than its end: somebody else writes it, and nothing of it goes. */
  readonly goesOn: boolean
}

/**
 * What is taken away from a place after the log was switched off: day by day what no moment of the kept days needs, as before, and
 * when the last moment in it is older than these days, all of it. Nothing of it has a purpose then (Art. 5(1)(e) GDPR).
 *
 * @param files names below the folder of the installation
 * @param endedAt when it was seen that nothing is added any more
 * @param fromOf as for {@link namesToRemove}
 */
export async function endingOf(
  files: readonly string[],
  {
    days,
    now,
    endedAt,
    fromOf,
  }: {
    readonly days: number
    readonly now: Date
    readonly endedAt: Date
    readonly fromOf: (line: string, base: string) => Promise<string | undefined>
  },
): Promise<Ending> {
  const found = files.flatMap((name) => {
    const file = archiveFileOf(name)
    return file === null ? [] : [{ name, line: file.line, at: timeIn(file) }]
  })
  const others = new Set(found.filter(({ at }) => at > endedAt.getTime()).map(({ line }) => line))
  const own = found.filter(({ line }) => !others.has(line))
  const last = own.reduce((newest, { at }) => Math.max(newest, at), 0)
  const dueAt = new Date((last === 0 ? endedAt.getTime() : last) + days * day)
  const names = own.map(({ name }) => name)
  // Of the newest line a base may be on its way, if it is another's after all.
  const current = own.reduce((newest, { line }) => (line > newest ? line : newest), '')
  const remove = now >= dueAt ? manifestsFirst(names) : await namesToRemove(names, { days, now, current, fromOf })
  return { dueAt, remove, isLeft: remove.length < names.length, goesOn: others.size > 0 }
}

/** The latest time that a name tells; one that is no time is older than all. Milliseconds. */
function timeIn(file: ArchiveFile): number {
  const at = file.kind === 'part' ? (file.until ?? timeOfSet(file.line)) : timeOfSet(file.base)
  return Number.isNaN(at.getTime()) ? 0 : at.getTime()
}
