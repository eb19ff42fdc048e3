/**
 * Days and rhythms: pure, on days without a time of day. An instant comes in only where a day begins or ends, which the
 * tenant's time zone says, so that a change of the clocks moves no due date.
 *
 * Days are `YYYY-MM-DD` in the proleptic Gregorian calendar. Working days are Monday to Friday: public holidays differ by
 * place and year, and a wrong list would be worse than none.
 */

/** When something is due again. */
export type Rhythm =
  /** Once, on a day. */
  | { readonly kind: 'once'; readonly on: string }
  /** A length of time again and again, counted from its first day, so that the 31st comes back after a short month. */
  | { readonly kind: 'every'; readonly duration: string; readonly from: string }
  /** In this month of each year, until its last day. 1 is January. */
  | { readonly kind: 'month'; readonly month: number }
  /** In each quarter of the calendar, until its last day. */
  | { readonly kind: 'quarter' }
  /** On the last working day of each month. */
  | { readonly kind: 'last-working-day' }
  /** With each release, within so many days: no calendar knows when. */
  | { readonly kind: 'release'; readonly days: number }

const dayMs = 86_400_000
const durationPattern = /^P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/

/**
 * The first day after a given one on which something is due.
 *
 * @param after the day itself does not count
 * @returns null: never again, or not by the calendar
 */
export function nextDue(rhythm: Rhythm, after: string): string | null {
  switch (rhythm.kind) {
    case 'once':
      return rhythm.on > after ? rhythm.on : null
    case 'every':
      return nextStep(rhythm.duration, rhythm.from, after)
    case 'month':
      return firstAfter(after, 12, (year, month) => (month === rhythm.month ? lastDay(year, month) : null))
    case 'quarter':
      return firstAfter(after, 3, (year, month) => (month % 3 === 0 ? lastDay(year, month) : null))
    case 'last-working-day':
      return firstAfter(after, 1, (year, month) => workingDayBefore(lastDay(year, month)))
    case 'release':
      return null
  }
}

/** Due days after one day up to another, at most so many. */
export function dueBetween(rhythm: Rhythm, after: string, until: string, most = 1_000): string[] {
  const days: string[] = []
  for (let day = nextDue(rhythm, after); day !== null && day <= until && days.length < most; day = nextDue(rhythm, day))
    days.push(day)
  return days
}

/**
 * A length of time as a document's reader gives it, as a rhythm from a day on.
 *
 * @returns null for what is shorter than a day, or is no length of calendar days: no person does that by hand
 */
export function rhythmOf(cadence: string, from: string): Rhythm | null {
  return partsOf(cadence) ? { kind: 'every', duration: cadence, from } : null
}

/** Whether a text is a length of days, weeks, months or years of at least a day. */
export function isCadence(duration: string): boolean {
  return partsOf(duration) !== null
}

/** A day and a length of time; months and years by the calendar, to the last day where a month is shorter. */
export function addTo(day: string, duration: string, times = 1): string {
  const parts = partsOf(duration)
  if (!parts) throw new RangeError(`'${duration}' is not a length of days, weeks, months or years such as P6M`)
  return addDays(addMonths(day, parts.months * times), parts.days * times)
}

/** The same day some months later; the last of that month where it has no such day. */
export function addMonths(day: string, months: number): string {
  const { year, month, day: dayOfMonth } = fieldsOf(day)
  const landed = year * 12 + (month - 1) + months
  return dayIn(Math.floor(landed / 12), (landed % 12) + 1, dayOfMonth)
}

/** A day so many days later, or earlier. */
export function addDays(day: string, days: number): string {
  return textOf(new Date(instantOf(day) + days * dayMs))
}

/** How many days later the second day is. */
export function daysBetween(from: string, to: string): number {
  return Math.round((instantOf(to) - instantOf(from)) / dayMs)
}

/** Whether a text names a day that the calendar has. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(instantOf(text)) && textOf(new Date(instantOf(text))) === text
  )
}

/** The day it is at an instant in a time zone. */
export function dayAt(instant: Date, timeZone: string): string {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  )
  return `${(parts.get('year') ?? '').padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`
}

/**
 * The instant at which a day begins in a time zone. Where midnight is left out by a change of the clocks, it is the first
 * instant there is; where it comes twice, the first of them.
 */
export function startOf(day: string, timeZone: string): Date {
  // No zone is further than 14 hours from UTC; the day changes once on the way, and halves find where, to the minute.
  let before = instantOf(day) - 15 * 3_600_000
  let after = instantOf(day) + 15 * 3_600_000
  while (after - before > 60_000) {
    const middle = before + Math.floor((after - before) / 120_000) * 60_000
    if (dayAt(new Date(middle), timeZone) < day) before = middle
    else after = middle
  }
  return new Date(after)
}

/** The instant at which a day is over in a time zone. */
export function endOf(day: string, timeZone: string): Date {
  return startOf(addDays(day, 1), timeZone)
}

/** Whether the machine knows a time zone, by its IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name)
    return /^[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*$/.test(name)
  } catch {
    return false
  }
}

/** Making one costs more than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}

/** The n-th day is counted from the first one, never from the one before: 31 January, 28 February, 31 March. */
function nextStep(duration: string, from: string, after: string): string {
  if (from > after) return from
  const length = Math.max(1, daysBetween(from, addTo(from, duration)))
  // A little too early on purpose: months differ by three days, years by one.
  let times = Math.max(0, Math.floor((daysBetween(from, after) / (length * 1.1)) | 0))
  while (addTo(from, duration, times) <= after) times += 1
  return addTo(from, duration, times)
}

function firstAfter(after: string, months: number, dueIn: (year: number, month: number) => string | null): string {
  const { year, month } = fieldsOf(after)
  for (let step = 0; step <= months + 12; step += 1) {
    const index = year * 12 + (month - 1) + step
    const due = dueIn(Math.floor(index / 12), (index % 12) + 1)
    if (due !== null && due > after) return due
  }
  throw new RangeError('a rhythm without a month')
}

function workingDayBefore(day: string): string {
  const weekday = new Date(instantOf(day)).getUTCDay()
  return addDays(day, weekday === 0 ? -2 : weekday === 6 ? -1 : 0)
}

function lastDay(year: number, month: number): string {
  return dayIn(year, month, 31)
}

/** The day of a month, or the month's last where it has no such day. */
function dayIn(year: number, month: number, day: number): string {
  const last = new Date(Date.UTC(2000, 0, 1))
  last.setUTCFullYear(year, month, 0)
  return textOf(new Date(last.setUTCDate(Math.min(day, last.getUTCDate()))))
}

function partsOf(duration: string): { readonly months: number; readonly days: number } | null {
  const match = durationPattern.exec(duration)
  if (!match) return null
  const [years = 0, months = 0, weeks = 0, days = 0] = match.slice(1).map((part) => Number(part ?? 0))
  const parts = { months: years * 12 + months, days: weeks * 7 + days }
  return parts.months + parts.days > 0 && parts.months <= 1_200 && parts.days <= 36_525 ? parts : null
}

function fieldsOf(day: string): { readonly year: number; readonly month: number; readonly day: number } {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  return { year, month, day: dayOfMonth }
}

function instantOf(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`)
}

function textOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
