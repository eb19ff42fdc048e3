/**
 * The calendar: days without a time of day, and the day it is where a tenant is.
 *
 * - A day belongs to the tenant. What begins, is due or expires does so when that day begins or ends in its time zone.
 * - Rhythms are counted from their first day, so that neither a short month nor a change of the clocks moves them.
 */
export {
  addDays,
  addMonths,
  addTo,
  dayAt,
  dueBetween,
  endOf,
  isCadence,
  isDay,
  isTimeZone,
  nextDue,
  startOf,
} from './calendar.ts'
export type { Rhythm } from './calendar.ts'
export { findTimeZone, saveTimeZone, todayOf } from './zone.ts'
