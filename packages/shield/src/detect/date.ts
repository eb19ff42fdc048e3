/**
 * Dates, and among them dates of birth.
 */
import { alnum, classOf, digit, flags, flagsBut, isDigit, skip } from './bytes.ts'
import { isDate } from './checks.ts'
import { hashOf, hashRange, isNear, isWordByte, makeNear, readNear, wordSet } from './cues.ts'
import type { Range, StructureDetector } from './detector.ts'

/** A date as read: [start, end) in the text. */
export interface ReadDate {
  year: number
  month: number
  day: number
  start: number
  end: number
}

const months: ReadonlyMap<number, number> = new Map(
  `januar jänner january janvier enero gennaio januari jan janv ene gen jän
  februar feber february février febrero febbraio februari feb févr fév
  märz march mars marzo maart mär mrz mar mrt
  april avril abril aprile apr avr abr
  mai may mayo maggio mei mag
  juni june juin junio giugno jun giu
  juli july juillet julio luglio jul juil lug
  august août agosto augustus aug ago aout
  september septembre septiembre settembre sep sept set
  oktober october octobre octubre ottobre okt oct ott
  november novembre noviembre nov
  dezember december décembre diciembre dicembre dez dec déc dic`
    .split('\n')
    .flatMap((line, i) =>
      line
        .trim()
        .split(' ')
        .map((name): [number, number] => [hashOf(name), i + 1]),
    ),
)

const longestMonth = 12

/** Two digits of a year: up to 29 of this century, the rest of the last. */
const pivot = 30

/** Reads the date that has its first digit at `at`; false where there is none. Years 1850 to 2100. */
export function readDate(bytes: Uint8Array, at: number, start: number, end: number, out: ReadDate): boolean {
  const to = skip(bytes, at, Math.min(end, at + 9), digit)
  const size = to - at
  out.start = at
  if (size === 4) return readYearFirst(bytes, at, to, end, out)
  if (size === 1 || size === 2) return readDayFirst(bytes, at, to, start, end, out)
  return size === 8 && readBasic(bytes, at, to, out)
}

function read(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum = sum * 10 + (bytes[i] ?? 48) - 48
  return sum
}

function settle(year: number, month: number, day: number, end: number, out: ReadDate): boolean {
  if (year < 1850 || year > 2100 || !isDate(year, month, day)) return false
  out.year = year
  out.month = month
  out.day = day
  out.end = end
  return true
}

/** `1984-03-12`, `1984/03/12`, `1984.03.12` */
function readYearFirst(bytes: Uint8Array, at: number, to: number, end: number, out: ReadDate): boolean {
  const mark = to < end ? bytes[to] : 0
  if (mark !== 45 && mark !== 47 && mark !== 46) return false
  const monthEnd = skip(bytes, to + 1, Math.min(end, to + 4), digit)
  if (monthEnd - to < 2 || monthEnd - to > 3 || monthEnd >= end || bytes[monthEnd] !== mark) return false
  const dayEnd = skip(bytes, monthEnd + 1, Math.min(end, monthEnd + 4), digit)
  if (dayEnd - monthEnd < 2 || dayEnd - monthEnd > 3) return false
  return settle(read(bytes, at, to), read(bytes, to + 1, monthEnd), read(bytes, monthEnd + 1, dayEnd), dayEnd, out)
}

/** `19840312` */
function readBasic(bytes: Uint8Array, at: number, to: number, out: ReadDate): boolean {
  return settle(read(bytes, at, at + 4), read(bytes, at + 4, at + 6), read(bytes, at + 6, to), to, out)
}

function readDayFirst(bytes: Uint8Array, at: number, to: number, start: number, end: number, out: ReadDate): boolean {
  const mark = to < end ? (bytes[to] ?? 0) : 0
  if ((mark === 46 || mark === 47 || mark === 45) && readNumeric(bytes, at, to, mark, end, out)) return true
  if (readDayMonthName(bytes, at, to, end, out)) return true
  return readMonthNameDay(bytes, at, to, start, end, out)
}

/** `12.03.1984`, `12. 3. 84`, `12/03/1984`, `12-03-1984` */
function readNumeric(bytes: Uint8Array, at: number, to: number, mark: number, end: number, out: ReadDate): boolean {
  const monthStart = blank(bytes, to + 1, end, mark)
  const monthEnd = skip(bytes, monthStart, Math.min(end, monthStart + 3), digit)
  if (monthEnd === monthStart || monthEnd - monthStart > 2 || monthEnd >= end || bytes[monthEnd] !== mark) return false
  const yearStart = blank(bytes, monthEnd + 1, end, mark)
  const yearEnd = skip(bytes, yearStart, Math.min(end, yearStart + 5), digit)
  const size = yearEnd - yearStart
  if (size !== 4 && (size !== 2 || mark === 45)) return false
  const year = fullYear(read(bytes, yearStart, yearEnd), size)
  const first = read(bytes, at, to)
  const second = read(bytes, monthStart, monthEnd)
  return settle(year, second, first, yearEnd, out) || (mark === 47 && settle(year, first, second, yearEnd, out))
}

function blank(bytes: Uint8Array, at: number, end: number, mark: number): number {
  return mark === 46 && at < end && bytes[at] === 32 ? at + 1 : at
}

function fullYear(year: number, size: number): number {
  return size === 4 ? year : year < pivot ? 2000 + year : 1900 + year
}

/** `12. März 1984`, `12 mars 1984`, `1er mars 1984`, `12th of March 1984`, `12-Mar-1984` */
function readDayMonthName(bytes: Uint8Array, at: number, to: number, end: number, out: ReadDate): boolean {
  let place = afterOrdinal(bytes, to, end)
  place = skipOf(bytes, between(bytes, place, end), end)
  const nameEnd = wordEnd(bytes, place, end)
  const month = nameEnd > place ? months.get(hashRange(bytes, place, nameEnd)) : undefined
  if (month === undefined) return false
  const yearStart = skipOf(bytes, between(bytes, nameEnd, end), end)
  const yearEnd = skip(bytes, yearStart, Math.min(end, yearStart + 5), digit)
  return yearEnd - yearStart === 4 && settle(read(bytes, yearStart, yearEnd), month, read(bytes, at, to), yearEnd, out)
}

/** `March 12, 1984`, `Mar. 12th 1984` */
function readMonthNameDay(
  bytes: Uint8Array,
  at: number,
  to: number,
  start: number,
  end: number,
  out: ReadDate,
): boolean {
  let nameEnd = at
  while (nameEnd > start && at - nameEnd < 3 && isBetween[bytes[nameEnd - 1] ?? 0] === 1) nameEnd--
  let nameStart = nameEnd
  const limit = Math.max(start, nameEnd - longestMonth)
  while (nameStart > limit && isWordByte(bytes[nameStart - 1] ?? 0)) nameStart--
  if (nameEnd === at || nameStart === nameEnd) return false
  const month = months.get(hashRange(bytes, nameStart, nameEnd))
  if (month === undefined) return false
  const yearStart = between(bytes, afterOrdinal(bytes, to, end), end)
  const yearEnd = skip(bytes, yearStart, Math.min(end, yearStart + 5), digit)
  if (yearEnd - yearStart !== 4 || yearStart === to) return false
  out.start = nameStart
  return settle(read(bytes, yearStart, yearEnd), month, read(bytes, at, to), yearEnd, out)
}

const isBetween = flags(' .,-')

/** At most three spaces, dots, commas or dashes. */
function between(bytes: Uint8Array, at: number, end: number): number {
  let place = at
  while (place < end && place - at < 3) {
    if (isBetween[bytes[place] ?? 0] === 1) place++
    else if (bytes[place] === 0xc2 && place + 1 < end && bytes[place + 1] === 0xa0) place += 2
    else break
  }
  return place
}

/** Behind `st`, `nd`, `rd`, `th`, `er`. */
function afterOrdinal(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) return at
  const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  return pair === 0x7374 || pair === 0x6e64 || pair === 0x7264 || pair === 0x7468 || pair === 0x6572 ? at + 2 : at
}

/** Behind `of ` and `de `. */
function skipOf(bytes: Uint8Array, at: number, end: number): number {
  if (at + 3 > end || bytes[at + 2] !== 32) return at
  const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  return pair === 0x6f66 || pair === 0x6465 ? at + 3 : at
}

function wordEnd(bytes: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end, at + longestMonth)
  let to = at
  while (to < limit && isWordByte(bytes[to] ?? 0)) to++
  return to
}

const scratch: ReadDate = { year: 0, month: 0, day: 0, start: 0, end: 0 }

/** Reads a whole value that is a date, perhaps with a time behind it. */
export function readWholeDate(bytes: Uint8Array, start: number, end: number, out: ReadDate): boolean {
  if (end - start < 6 || end - start > 40) return false
  let at = start
  while (at < end && at - start < longestMonth + 2 && !isDigit(bytes[at] ?? 0)) at++
  if (at === end || !readDate(bytes, at, start, end, out) || out.start !== start) return false
  return out.end === end || isTime(bytes, out.end, end)
}

/** Whether ` 12:30` or `T12:30:00.000Z` is all that stands in [at, end). */
function isTime(bytes: Uint8Array, at: number, end: number): boolean {
  if (!beginsTime(bytes, at, end)) return false
  for (let i = at + 1; i < end; i++) if (timeMarks[bytes[i] ?? 0] !== 1) return false
  return true
}

const timeMarks = flags('0123456789:.,+-ZTtz UC')

/** Whether a time follows at `at`: then it is a moment, not a day. */
function beginsTime(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 3 >= end) return false
  const byte = bytes[at] ?? 0
  if (byte !== 32 && byte !== 84 && byte !== 116 && byte !== 58) return false
  const to = skip(bytes, at + 1, Math.min(end, at + 4), digit)
  return to > at + 1 && to - at <= 3 && to < end && bytes[to] === 58
}

/** A quick look at what follows the first digits, and for months in front at what stands before. */
function mayBeDate(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  const to = skip(bytes, at, Math.min(end, at + 5), digit)
  if (to + 1 >= end) return false
  const mark = bytes[to] ?? 0
  const beyond = bytes[to + 1] ?? 0
  const named = at - 2 >= start && isWordByte(bytes[at - 2] ?? 0)
  if (mark === 32) return isWordByte(beyond) || (named && (beyond === 49 || beyond === 50))
  if (mark === 44) return named
  return true
}

function find(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  if (!mayBeDate(bytes, at, start, end)) return false
  if (!readDate(bytes, at, start, end, scratch)) return false
  const { start: from, end: to } = scratch
  if (to - from === 8 && skip(bytes, from, to, digit) === to) return false
  if (from > start && continues(bytes[from - 1] ?? 0) && !isAbbreviated(bytes, from, start)) return false
  if (to < end && continues(bytes[to] ?? 0) && !isSentenceEnd(bytes, to, end)) return false
  if (beginsTime(bytes, to, end)) return false
  found.start = from
  found.end = to
  return true
}

function continues(byte: number): boolean {
  return ((classOf[byte] ?? 0) & alnum) !== 0 || byte === 95 || byte === 45 || byte === 47 || byte === 46
}

/** Whether a word with a full stop stands before, as in `geb.12.03.1984`. */
function isAbbreviated(bytes: Uint8Array, from: number, start: number): boolean {
  return from - 2 >= start && bytes[from - 1] === 46 && isWordByte(bytes[from - 2] ?? 0)
}

/** Whether the mark at `at` ends a sentence or a word and does not go on in a number. */
function isSentenceEnd(bytes: Uint8Array, at: number, end: number): boolean {
  if (((classOf[bytes[at] ?? 0] ?? 0) & alnum) !== 0 || bytes[at] === 95) return false
  return at + 1 >= end || ((classOf[bytes[at + 1] ?? 0] ?? 0) & alnum) === 0
}

/** `1984-03-12` */
function canonical(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  if (!readWholeDate(bytes, start, end, scratch)) {
    out.set(bytes.subarray(start, end), at)
    return end - start
  }
  write(scratch.year, 4, out, at)
  out[at + 4] = 45
  write(scratch.month, 2, out, at + 5)
  out[at + 7] = 45
  write(scratch.day, 2, out, at + 8)
  return 10
}

function write(value: number, size: number, out: Uint8Array, at: number): void {
  let left = value
  for (let i = size - 1; i >= 0; i--) {
    out[at + i] = 48 + (left % 10)
    left = Math.floor(left / 10)
  }
}

const digitFlags = flags('0123456789')
const monthStarts = flags('. /-,')
/** What may follow the digits of a day, a month's name in front or behind, or a year. */
const next = new Uint8Array(256)
next.set(monthStarts)
for (const byte of [0, 115, 110, 114, 116, 101, 0xc2]) next[byte] = 1

export const date: StructureDetector = {
  family: 'structure',
  id: 'date',
  title: { en: 'Date', de: 'Datum' },
  basis: 'ISO 8601-1, DIN 5008',
  source: 'https://www.iso.org/iso-8601-date-and-time-format.html',
  layout: {
    en: 'Year, month, day with hyphens, dots or slashes in the orders used in Europe, or with the name of the month in German, English, French, Spanish, Italian or Dutch.',
    de: 'Jahr, Monat, Tag mit Bindestrichen, Punkten oder Schrägstrichen in den in Europa üblichen Folgen oder mit dem Monatsnamen auf Deutsch, Englisch, Französisch, Spanisch, Italienisch oder Niederländisch.',
  },
  example: '12.03.1984',
  accuracy: {
    en: 'A day with a time behind it is a moment and is not found in text; 03/04/1984 is read as 3 April.',
    de: 'Ein Tag mit Uhrzeit ist ein Zeitpunkt und wird im Text nicht gefunden; 03/04/1984 wird als 3. April gelesen.',
  },
  chance: 1,
  anchors: digitFlags,
  first: { runs: [1, 4], next, before: flagsBut('_') },
  is: (bytes, start, end) => readWholeDate(bytes, start, end, scratch),
  find,
  canonical,
}

const birthWords = wordSet(
  'geb geboren geborene geborener geburtsdatum geburtstag gebdat gebdatum birth born birthday birthdate dateofbirth dob bday né née nee nés naissance datedenaissance naiss nacimiento nacido nacida nascita nato nata geboortedatum geboren urodzony urodzenia anniversaire jahrgang',
)
const near = makeNear(5)

export const birthDate: StructureDetector = {
  ...date,
  id: 'birth-date',
  title: { en: 'Date of birth', de: 'Geburtsdatum' },
  basis: 'Art. 4(1) GDPR; § 5 (2) no. 6 PAuswG',
  source: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
  accuracy: {
    en: 'In text only beside a word such as geb., born, né(e) le, Geburtsdatum, DOB or an asterisk; in a column only under such a header.',
    de: 'Im Text nur neben einem Wort wie geb., born, né(e) le, Geburtsdatum, DOB oder einem Stern; in einer Spalte nur unter einer solchen Überschrift.',
  },
  find(bytes, at, start, end, found) {
    if (!find(bytes, at, start, end, found)) return false
    if (found.start > start && bytes[found.start - 1] === 42) return true
    readNear(bytes, found.start, found.end, start, end, near)
    return isNear(near, birthWords, 4)
  },
}
