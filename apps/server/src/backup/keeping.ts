import type { Keep } from '../platform/index.ts'
import { timeOfSet } from './manifest.ts'

/** A backup that lies whole in a place. */
export interface KeptSet {
  readonly name: string
  /** What the newest drill there said of it; null: none looked. */
  readonly proven: boolean | null
}

/**
 * Which backups stay in a place: the newest of each of the last so many days, weeks and months that have one. The newest
 * that no drill refused and the newest that a drill restored stay whatever else is to be kept: when nothing new comes any
 * more, nothing is taken away any more.
 */
export function setsToKeep(sets: readonly KeptSet[], keep: Keep): ReadonlySet<string> {
  const newestFirst = sets.toSorted((a, b) => (a.name < b.name ? 1 : -1))
  const good = newestFirst.filter(({ proven }) => proven !== false)
  const kept = new Set<string>()
  const periods: readonly [number, (at: Date) => string][] = [
    [keep.days, dayOf],
    [keep.weeks, weekOf],
    [keep.months, (at) => dayOf(at).slice(0, 7)],
  ]
  for (const [count, periodOf] of periods) {
    const seen = new Set<string>()
    for (const { name } of good) {
      const period = periodOf(timeOfSet(name))
      if (seen.has(period)) continue
      if (seen.size === count) break
      seen.add(period)
      kept.add(name)
    }
  }
  const newest = good[0] ?? newestFirst[0]
  if (newest) kept.add(newest.name)
  const proven = good.find((set) => set.proven === true)
  if (proven) kept.add(proven.name)
  return kept
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** The Monday of its week. */
function weekOf(at: Date): string {
  const monday = new Date(at)
  monday.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7))
  return dayOf(monday)
}
