import { copy, isDigit, trimmedEnd, trimmedStart, writeInteger } from './characters.ts'
import { type CalendarDate, type DateOrder, emptyDate, readDate } from './date.ts'
import type { Operation } from './operation.ts'

export interface BandOptions {
  /** Where a band begins, ascending whole numbers, or the width of all, which then begin at its multiples. */
  readonly edges: readonly number[] | number
  /** Between whole and broken part; the other of `.` and `,` then parts thousands. `.` by default. */
  readonly decimal?: '.' | ','
}

/**
 * Numbers to bands (rounding, top and bottom coding): `37` to `30..39`; with edges also `<18` and `65+`. Two full stops, because a spreadsheet
 * reads `10-12` as a date. What is no number becomes empty.
 *
 * @throws {RangeError}  edges or width are no whole numbers, or do not ascend
 */
export function bands(options: BandOptions): Operation {
  const { edges } = options
  refuseEdges(edges)
  const decimal = (options.decimal ?? '.').charCodeAt(0)
  return {
    apply(bytes, start, end, out, at) {
      const number = readWhole(bytes, trimmedStart(bytes, start, end), trimmedEnd(bytes, start, end), decimal)
      return Number.isNaN(number) ? 0 : writeBand(number, edges, out, at)
    },
  }
}

function refuseEdges(edges: readonly number[] | number): void {
  const all = typeof edges === 'number' ? [0, edges] : edges
  const areAscending = all.every((edge, i) => Number.isSafeInteger(edge) && (i === 0 || edge > (all[i - 1] ?? edge)))
  if (all.length === 0 || !areAscending) throw new RangeError('Bands begin at whole numbers that ascend.')
}

/** The number rounded down, NaN where it is none. Beyond 15 digits a number is more likely an identifier. */
function readWhole(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  const isNegative = bytes[start] === 45
  let at = isNegative || bytes[start] === 43 ? start + 1 : start
  let whole = 0
  let digits = 0
  for (; at < end && bytes[at] !== decimal; at += 1) {
    const byte = bytes[at] ?? 0
    if (isDigit(byte)) {
      whole = whole * 10 + byte - 48
      digits += 1
    } else if (!isBetweenThousands(bytes, at, end, decimal)) return Number.NaN
  }
  const hasRest = restOf(bytes, at + 1, end)
  if (digits === 0 || digits > 15 || Number.isNaN(hasRest)) return Number.NaN
  return isNegative ? -whole - hasRest : whole
}

/** 1 where a broken part is more than nothing, NaN where it is no digits. */
function restOf(bytes: Uint8Array, start: number, end: number): number {
  let rest = 0
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0
    if (!isDigit(byte)) return Number.NaN
    if (byte !== 48) rest = 1
  }
  return rest
}

/** A comma, full stop, space or apostrophe before exactly three digits. */
function isBetweenThousands(bytes: Uint8Array, at: number, end: number, decimal: number): boolean {
  const byte = bytes[at] ?? 0
  if (byte !== 32 && byte !== 39 && byte !== (decimal === 46 ? 44 : 46)) return false
  for (let i = 1; i <= 3; i += 1) if (at + i >= end || !isDigit(bytes[at + i] ?? 0)) return false
  return at + 4 >= end || !isDigit(bytes[at + 4] ?? 0)
}

function writeBand(number: number, edges: readonly number[] | number, out: Uint8Array, at: number): number {
  if (typeof edges === 'number') {
    const from = Math.floor(number / edges) * edges
    return writeRange(from, from + edges - 1, out, at)
  }
  const above = edges.findIndex((edge) => edge > number)
  if (above === 0) {
    out[at] = 60
    return 1 + writeInteger(edges[0] ?? 0, 1, out, at + 1)
  }
  const from = edges.at(above - 1) ?? 0
  if (above > 0) return writeRange(from, (edges[above] ?? 0) - 1, out, at)
  const length = writeInteger(edges.at(-1) ?? 0, 1, out, at)
  out[at + length] = 43
  return length + 1
}

function writeRange(from: number, to: number, out: Uint8Array, at: number): number {
  const length = writeInteger(from, 1, out, at)
  if (from === to) return length
  out[at + length] = 46
  out[at + length + 1] = 46
  return length + 2 + writeInteger(to, 1, out, at + length + 2)
}

export type DateBucket = 'month' | 'quarter' | 'year' | 'decade'

/** Dates to `1980-02`, `1980-Q1`, `1980` or `1980s`. What is no date becomes empty. */
export function bucketDates(bucket: DateBucket, order: DateOrder = 'dmy'): Operation {
  const date = emptyDate()
  return {
    apply: (bytes, start, end, out, at) =>
      readDate(bytes, start, end, order, date) ? writeBucket(date, bucket, out, at) : 0,
  }
}

const quarterSign = Uint8Array.from(Buffer.from('-Q'))

function writeBucket(date: CalendarDate, bucket: DateBucket, out: Uint8Array, at: number): number {
  if (bucket === 'decade') {
    writeInteger(Math.floor(date.year / 10) * 10, 4, out, at)
    out[at + 4] = 115
    return 5
  }
  writeInteger(date.year, 4, out, at)
  if (bucket === 'year') return 4
  if (bucket === 'month') {
    out[at + 4] = 45
    return 5 + writeInteger(date.month, 2, out, at + 5)
  }
  copy(quarterSign, 0, 2, out, at + 4)
  return 6 + writeInteger(Math.ceil(date.month / 3), 1, out, at + 6)
}

/**
 * Dates of birth to the band of the age on a given day: `40..49`. The day stands in the plan, so that a run next year gives
 * the same. What is no date, or a date after that day, becomes empty.
 */
export function ageBands(on: CalendarDate, edges: readonly number[] | number, order: DateOrder = 'dmy'): Operation {
  refuseEdges(edges)
  const date = emptyDate()
  return {
    apply(bytes, start, end, out, at) {
      if (!readDate(bytes, start, end, order, date)) return 0
      const hadBirthday = on.month > date.month || (on.month === date.month && on.day >= date.day)
      const age = on.year - date.year - (hadBirthday ? 0 : 1)
      return age < 0 ? 0 : writeBand(age, edges, out, at)
    },
  }
}
