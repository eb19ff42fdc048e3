import { addDays, addTo } from '../calendar/index.ts'
import { isWorkingDay } from '../incident/index.ts'

/** When a request is due, with each step that led there. */
export interface Clock {
  /** The day on which the request came: it is not counted itself (Regulation 1182/71, Art. 3(1)). */
  readonly from: string
  /** Months of the period: one (Art. 12(3)), or three once it was extended. */
  readonly months: 1 | 3
  /** The last day without any waiting for who the person is. */
  readonly strictOn: string
  /** Days for which it waited (Art. 12(6)). */
  readonly waitedDays: number
  /** The last day; a Saturday, a Sunday or a public holiday moves it to the next working day (Art. 3(4)). */
  readonly dueOn: string
}

/**
 * The clock of a request.
 *
 * @param waitedDays days between the question who the person is and its answer
 * @param country whose public holidays count, ISO 3166-1; empty: only weekends move the end, so that it is never too late
 */
export function clockOf(from: string, months: 1 | 3, waitedDays: number, country: string): Clock {
  // The same day of the month, or the last day of a month that has no such day (Art. 3(2)(c)).
  const ends = addTo(from, `P${months}M`)
  return {
    from,
    months,
    strictOn: nextWorkingDay(ends, country),
    waitedDays,
    dueOn: nextWorkingDay(addDays(ends, waitedDays), country),
  }
}

function nextWorkingDay(day: string, country: string): string {
  let at = day
  while (!isWorkingDay(at, country)) at = addDays(at, 1)
  return at
}

/** Whole days between two days; never less than none. */
export function daysBetween(from: string, until: string): number {
  return Math.max(0, Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000))
}
