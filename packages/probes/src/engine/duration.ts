const unitMs = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1_000 } as const

/**
 * Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds (`P7D`, `PT26H`), or undefined. Years
 * and months have no fixed length and are not understood.
 */
export function findDurationMs(duration: string): number | undefined {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration)
  const parts = match?.slice(1) ?? []
  if (!parts.some((part) => part !== undefined)) return undefined
  const units = ['W', 'D', 'H', 'M', 'S'] as const
  return units.reduce((sum, unit, index) => sum + Number(parts[index] ?? 0) * unitMs[unit], 0)
}

/** As `findDurationMs`; a text that is no such duration is a defect and stops the caller. */
export function durationMs(duration: string): number {
  const ms = findDurationMs(duration)
  if (ms === undefined)
    throw new RangeError(
      `"${duration}" is not a duration of weeks, days, hours, minutes or seconds, such as P7D or PT26H`,
    )
  return ms
}

/** Milliseconds of a day. */
export const dayMs = unitMs.D

/** Whole days from `from` until `until`, rounded down; negative when `until` has passed. */
export function daysUntil(until: Date | string, from: Date): number {
  return Math.floor((new Date(until).getTime() - from.getTime()) / dayMs)
}
