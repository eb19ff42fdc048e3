import { daysUntil } from '../engine/duration.ts'
import { compareVersions } from './end-of-life.ts'
import type { Lifecycle } from './end-of-life.ts'

/** Whether a cycle still gets fixes. */
export type Support =
  | { readonly state: 'supported'; readonly until: string | null; readonly days: number }
  | { readonly state: 'ended'; readonly since: string | null }

/** Reads the end of a cycle, where `false` means that no end is announced and `true` that it is over. */
export function supportOf({ endOfLife }: Lifecycle, now: Date): Support {
  if (endOfLife === true) return { state: 'ended', since: null }
  if (endOfLife === false) return { state: 'supported', until: null, days: Number.POSITIVE_INFINITY }
  // The day itself is still covered.
  const days = daysUntil(`${endOfLife}T23:59:59Z`, now)
  return days < 0 ? { state: 'ended', since: endOfLife } : { state: 'supported', until: endOfLife, days }
}

/** How far a version is behind the newest of its cycle. */
export type Lag =
  | { readonly behind: false }
  | { readonly behind: true; readonly latest: string; readonly days: number | null }

/** Days since the newest version appeared, where the version is older; `null` days where its date is not known. */
export function lagOf(version: string, { latest, latestDate }: Lifecycle, now: Date): Lag {
  if (latest === null || compareVersions(version, latest) >= 0) return { behind: false }
  return { behind: true, latest, days: latestDate === null ? null : -daysUntil(`${latestDate}T00:00:00Z`, now) - 1 }
}
