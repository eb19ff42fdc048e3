import { timeOfSet } from '../manifest.ts'
import { archiveFileOf, linesOf } from './names.ts'

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
  return removed.toSorted((a, b) => Number(b.endsWith('.manifest')) - Number(a.endsWith('.manifest')))
}
