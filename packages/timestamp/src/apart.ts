import type { Stamp } from './stamp.ts'

/** When a stamp was asked for and when it came, by the clock of whoever asked. */
export interface Asked {
  readonly asked: Date
  readonly answered: Date
}

/** Beyond so many milliseconds a clock is wrong: one that is kept over a network is right within hundredths of a second, and one that nobody keeps loses a second a day. */
export const clockBoundMs = 5_000

/** An authority that trusts its own clock less than this says nothing of anybody else's: those of eIDAS say a second (ETSI EN 319 421). */
const mostAccuracyMs = 60_000

/** Times are told in whole seconds by most. */
const secondMs = 1_000

/**
 * By how much the clock of whoever asked was ahead of the authority's, at least; below nothing: behind it. 0 where all is
 * explained by the time that the answer took, by the accuracy that the authority states and by its whole seconds.
 *
 * @returns milliseconds
 */
export function aheadOf({ time, accuracyMs }: Pick<Stamp, 'time' | 'accuracyMs'>, { asked, answered }: Asked): number {
  const unsure = Math.min(accuracyMs, mostAccuracyMs)
  const earliest = time.getTime() - unsure
  const latest = time.getTime() + unsure + (time.getMilliseconds() === 0 ? secondMs : 0)
  if (asked.getTime() > latest) return asked.getTime() - latest
  return answered.getTime() < earliest ? answered.getTime() - earliest : 0
}
