import { dayAt, endOf, startOf } from '../calendar/index.ts'
import { isWorkingDay } from './holiday.ts'
import type { Law } from './law.ts'

const hourMs = 3_600_000

/**
 * The rule that moved a limit:
 *
 * - `hours`: so many hours after somebody became aware of it, to the minute. No hour is left out, on no day;
 * - `hour-not-counted`: the hour of the event is not counted (Regulation 1182/71, Art. 3(1)); the period ends with its last hour;
 * - `two-working-days`: a period of two days or more includes at least two working days (Art. 3(5)). Authorities say that it is
 *   not for periods in hours;
 * - `no-hours`: as soon as possible: no number to be waited for.
 */
export const ruleIds = ['hours', 'hour-not-counted', 'two-working-days', 'no-hours'] as const

/** When something is due, and which rule led there. */
export interface Limit {
  readonly at: Date
  readonly rule: (typeof ruleIds)[number]
}

/** A clock that runs from the moment at which somebody became aware of an incident. */
export interface Clock {
  readonly from: Date
  /** The strict limit, which is the one to work by; null: as soon as possible. */
  readonly strict: Limit | null
  /**
   * The latest end that any reading of the rules gives: where it is over, no reading helps. Null: no rule says more.
   * Never to be planned with.
   */
  readonly outer: Limit | null
}

/** Where a clock runs. */
export interface Place {
  /** IANA name. */
  readonly timeZone: string
  /** ISO 3166-1 alpha-2, of the state whose authority is told. */
  readonly country: string
}

/** The clock for telling the authority. @param from when the controller became aware */
export function authorityClock(law: Law, from: Date, place: Place): Clock {
  if (law.hours === null) return { from, strict: null, outer: null }
  const strict: Limit = { at: later(from, law.hours), rule: 'hours' }
  return { from, strict, outer: law.periods === null ? null : outerLimit(from, law.hours, place) }
}

/**
 * The clock for telling a controller (Art. 33(2)): without undue delay, at the latest within the hours of the contract. What a
 * contract says is counted as it says it, in hours, and no rule of the Union makes it longer.
 */
export function controllerClock(hours: number | null, from: Date): Clock {
  return { from, strict: hours === null ? null : { at: later(from, hours), rule: 'hours' }, outer: null }
}

/** The points at which a clock reminds, earliest first. */
export function reminders({ from, strict, outer }: Clock): readonly { readonly code: string; readonly at: Date }[] {
  if (strict === null) return [24, 48, 72].map((hours) => ({ code: `after-${hours}`, at: later(from, hours) }))
  const hours = Math.round((strict.at.getTime() - from.getTime()) / hourMs)
  // Of a long clock: a day, half a day before its end, and its last hour. Of a short one: its half, and its last hour.
  const early =
    hours >= 48
      ? [24, hours - 12].map((one) => ({ code: `after-${one}`, at: later(from, one) }))
      : [{ code: 'half', at: later(from, hours / 2) }]
  const last = { code: 'last-hour', at: later(from, hours - 1) }
  return [
    ...early,
    // Of two hours the half is the last one, and of one hour nothing lies before it.
    ...(hours > 2 ? [last] : []),
    { code: 'due', at: strict.at },
    ...(outer && outer.at > strict.at ? [{ code: 'outer', at: outer.at }] : []),
  ]
}

function outerLimit(from: Date, hours: number, place: Place): Limit {
  const begins = nextHour(from, place.timeZone)
  const ends = later(begins, hours)
  if (hours < 48) return { at: ends, rule: 'hour-not-counted' }
  const worked = twoWorkingDaysAfter(begins, place)
  return worked > ends ? { at: worked, rule: 'two-working-days' } : { at: ends, rule: 'hour-not-counted' }
}

/** When a period that begins at an instant has had two working days, a begun one counted by its share. */
function twoWorkingDaysAfter(begins: Date, { timeZone, country }: Place): Date {
  let missing = 2
  let at = begins
  for (;;) {
    const day = dayAt(at, timeZone)
    const end = endOf(day, timeZone)
    const length = end.getTime() - startOf(day, timeZone).getTime()
    const share = isWorkingDay(day, country) ? (end.getTime() - at.getTime()) / length : 0
    if (share >= missing) return new Date(Math.round((at.getTime() + missing * length) / 60_000) * 60_000)
    missing -= share
    at = end
  }
}

/** The beginning of the hour after the one in which something happened, as the clocks of the place show hours. */
function nextHour(at: Date, timeZone: string): Date {
  const shown = new Intl.DateTimeFormat('en-GB', { timeZone, minute: 'numeric' }).format(at)
  const into = Number(shown) * 60_000 + (at.getTime() % 60_000)
  return new Date(at.getTime() - into + hourMs)
}

function later(at: Date, hours: number): Date {
  return new Date(at.getTime() + hours * hourMs)
}
