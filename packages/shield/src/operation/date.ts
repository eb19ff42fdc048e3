import { isDigit, trimmedEnd, trimmedStart, writeInteger } from './characters.ts'
import { isTimeOrNothing } from './time.ts'

/** A calendar date, Gregorian. */
export interface CalendarDate {
  year: number
  /** 1 to 12 */
  month: number
  /** 1 to 31 */
  day: number
}

/** In which order a date of three short numbers is meant where it does not begin with the year; day first by default. */
export type DateOrder = 'dmy' | 'mdy'

/** A date as it is written, so that another can be written in the same way. */
export interface WrittenDate extends CalendarDate {
  /** `compact` is yyyymmdd. */
  order: 'ymd' | DateOrder | 'compact'
  /** Between the numbers. */
  separator: number
  yearDigits: number
  /** Whether 3 is written as 03. */
  isPadded: boolean
  /** The byte after the date: the end, or where its time begins. */
  after: number
}

export function emptyDate(): WrittenDate {
  return { year: 0, month: 0, day: 0, order: 'ymd', separator: 0, yearDigits: 4, isPadded: true, after: 0 }
}

const numbers = [0, 0, 0]
const widths = [0, 0, 0]

/**
 * Reads `1980-02-03`, `1980/02/03`, `19800203`, `03.02.1980`, `3.2.1980`, `03/02/80` and the like, with blanks around; a time may follow. Two digits of a year are those from 1930 to 2029.
 *
 * @returns whether it is a date of the calendar, which is then in `date`
 */
export function readDate(bytes: Uint8Array, start: number, end: number, order: DateOrder, date: WrittenDate): boolean {
  const from = trimmedStart(bytes, start, end)
  const until = trimmedEnd(bytes, from, end)
  return (
    (readCompact(bytes, from, until, date) || readSeparated(bytes, from, until, order, date)) &&
    isCalendarDate(date) &&
    isTimeOrNothing(bytes, date.after, until)
  )
}

function readCompact(bytes: Uint8Array, start: number, end: number, date: WrittenDate): boolean {
  if (digitsFrom(bytes, start, end) !== 8) return false
  date.year = numberOf(bytes, start, start + 4)
  date.month = numberOf(bytes, start + 4, start + 6)
  date.day = numberOf(bytes, start + 6, start + 8)
  date.order = 'compact'
  date.yearDigits = 4
  date.isPadded = true
  date.after = start + 8
  return true
}

function readSeparated(bytes: Uint8Array, start: number, end: number, order: DateOrder, date: WrittenDate): boolean {
  let at = start
  const separator = bytes[start + digitsFrom(bytes, start, end)] ?? 0
  if (separator !== 45 && separator !== 46 && separator !== 47) return false
  for (let i = 0; i < 3; i += 1) {
    const width = digitsFrom(bytes, at, end)
    if (width === 0 || width > 4 || (i < 2 && bytes[at + width] !== separator)) return false
    numbers[i] = numberOf(bytes, at, at + width)
    widths[i] = width
    at += width + (i < 2 ? 1 : 0)
  }
  date.after = at
  date.separator = separator
  return assign(order, date)
}

/** Which of three numbers is what. */
function assign(order: DateOrder, date: WrittenDate): boolean {
  const [first = 0, second = 0, third = 0] = numbers
  const [firstWidth = 0, secondWidth = 0, thirdWidth = 0] = widths
  if (secondWidth > 2) return false
  if (firstWidth === 4) {
    date.order = 'ymd'
    date.year = first
    date.month = second
    date.day = third
    date.isPadded = secondWidth === 2 && thirdWidth === 2
    date.yearDigits = 4
    return thirdWidth <= 2
  }
  if (firstWidth > 2 || (thirdWidth !== 4 && thirdWidth !== 2)) return false
  date.order = order
  date.day = order === 'dmy' ? first : second
  date.month = order === 'dmy' ? second : first
  date.year = thirdWidth === 4 ? third : third < 30 ? 2000 + third : 1900 + third
  date.isPadded = firstWidth === 2 && secondWidth === 2
  date.yearDigits = thirdWidth
  return true
}

function digitsFrom(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && isDigit(bytes[at] ?? 0)) at += 1
  return at - start
}

function numberOf(bytes: Uint8Array, start: number, end: number): number {
  let number = 0
  for (let at = start; at < end; at += 1) number = number * 10 + (bytes[at] ?? 0) - 48
  return number
}

function isCalendarDate(date: CalendarDate): boolean {
  return date.year >= 1000 && date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= monthLength(date)
}

function monthLength(date: CalendarDate): number {
  if (date.month === 2) return isLeap(date.year) ? 29 : 28
  return date.month === 4 || date.month === 6 || date.month === 9 || date.month === 11 ? 30 : 31
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Days since 1 January 1970, in the calendar without clocks or zones. */
export function dayNumber(date: CalendarDate): number {
  // Years begin in March here, so that the leap day is a year's last.
  const year = date.month <= 2 ? date.year - 1 : date.year
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const month = date.month > 2 ? date.month - 3 : date.month + 9
  const dayOfYear = Math.floor((153 * month + 2) / 5) + date.day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** Sets the date to the day with this number. */
export function setDay(date: CalendarDate, day: number): void {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const month = Math.floor((5 * dayOfYear + 2) / 153)
  date.day = dayOfYear - Math.floor((153 * month + 2) / 5) + 1
  date.month = month < 10 ? month + 3 : month - 9
  date.year = yearOfEra + era * 400 + (date.month <= 2 ? 1 : 0)
}

/** Writes the date in the way in which it was read; returns the length. */
export function writeDate(date: WrittenDate, out: Uint8Array, at: number): number {
  const year = date.yearDigits === 2 ? date.year % 100 : date.year
  const width = date.isPadded ? 2 : 1
  if (date.order === 'compact') {
    writeInteger(date.year, 4, out, at)
    writeInteger(date.month, 2, out, at + 4)
    writeInteger(date.day, 2, out, at + 6)
    return 8
  }
  let to = at
  const put = (number: number, digits: number, isLast: boolean): void => {
    to += writeInteger(number, digits, out, to)
    if (isLast) return
    out[to] = date.separator
    to += 1
  }
  if (date.order === 'ymd') put(year, date.yearDigits, false)
  put(date.order === 'dmy' ? date.day : date.month, width, false)
  put(date.order === 'dmy' ? date.month : date.day, width, date.order === 'ymd')
  if (date.order !== 'ymd') put(year, date.yearDigits, true)
  return to - at
}
