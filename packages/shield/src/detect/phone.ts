/**
 * Telephone numbers: +CC and 00CC of every country, national forms with their zero, American ones, and any number behind a word for telephone.
 */
import { alnum, classOf, flags, flagsBut, fullWidthAt, high, isDigit, letter, separatorAt } from './bytes.ts'
import { isDirect, isNear, makeNear, readNear, thingWords, wordSet } from './cues.ts'
import type { Range, StructureDetector } from './detector.ts'
import { codeLength, codeOf, leastOf, mostOf } from './phone-plans.ts'

const most = 20

/** The number read last: its digits, and for each how many groups began up to it and where it ends in the text. */
const digits = new Uint8Array(most)
const after = new Int32Array(most)
/** 1 where a group ends with the digit. */
const ends = new Uint8Array(most)
let count = 0
/** The separators seen, as bits: 1 space, 2 dash, 4 dot, 8 slash, 16 bracket. */
let marks = 0
/** Length of the first groups. */
const groupLength = new Uint8Array(most)
let groupCount = 0

function readDigits(bytes: Uint8Array, at: number, end: number): void {
  count = 0
  marks = 0
  groupCount = 0
  let place = at
  let group = 0
  while (count < most && place < end) {
    const byte = bytes[place] ?? 0
    const wide = byte === 0xef ? fullWidthAt(bytes, place, end) : byte
    if (isDigit(wide)) {
      place += byte === 0xef ? 3 : 1
      digits[count] = wide
      after[count] = place
      ends[count] = 0
      count++
      group++
      continue
    }
    endGroup(group)
    group = 0
    const next = skipMarks(bytes, place, end)
    if (next < 0) return
    place = next
  }
  // A group that goes on past the capacity has no end and is taken into no number.
  if (place >= end || !isDigit(bytes[place] ?? 0)) endGroup(group)
}

function endGroup(length: number): void {
  if (length === 0 || count === 0) return
  ends[count - 1] = 1
  groupLength[groupCount] = length
  groupCount++
}

/** The place of the next digit behind at most four separators, -1 where none comes. */
function skipMarks(bytes: Uint8Array, at: number, end: number): number {
  let place = at
  for (let i = 0; i < 4 && place < end; i++) {
    const byte = bytes[place] ?? 0
    if (isDigit(byte)) return place
    if (byte === 40 || byte === 41) {
      marks |= 16
      place++
      continue
    }
    const size = separatorAt(bytes, place, end)
    if (size === 0) break
    marks |=
      byte === 46
        ? 4
        : byte === 47
          ? 8
          : byte === 45 || (size === 3 && (bytes[place + 2] ?? 0) >= 0x90 && bytes[place + 1] === 0x80)
            ? 2
            : 1
    place += size
  }
  return place > at && place < end && (isDigit(bytes[place] ?? 0) || fullWidthAt(bytes, place, end) !== 0) ? place : -1
}

/** Whether digits [0, n) end a group. */
function endsGroup(n: number): boolean {
  return n > 0 && n <= count && ends[n - 1] === 1
}

/** How many of the digits are the number of a country code that begins at digit `from`; 0 where none fits. */
function international(from: number): number {
  const size = codeLength(digits, from, count - from)
  if (size === 0) return 0
  let code = 0
  for (let i = from; i < from + size; i++) code = code * 10 + (digits[i] ?? 48) - 48
  let body = from + size
  // The zero of the national form is not dialled; only in Italy it is part of the number.
  if (digits[body] === 48 && code !== 39 && body + 1 < count) body++
  const least = body + leastOf(code)
  for (let n = Math.min(count, body + mostOf(code)); n >= least; n--) {
    if (endsGroup(n) && !isSame(body, n)) return n
  }
  return 0
}

function isSame(from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (digits[i] !== digits[from]) return false
  return true
}

/** How many digits are a number with its national zero, in groups; 0 where it is none. */
function national(): number {
  if (count < 9 || digits[0] !== 48 || digits[1] === 48 || isDateLike()) return 0
  if (groupCount === 1) return isMobile(count) ? count : 0
  const first = groupLength[0] ?? 0
  if (first < 2 || first > 6) return 0
  if (isPairs()) return 10
  if ((marks & 4) !== 0 && (marks & ~4) === 0 && groupCount < 3) return 0
  for (let n = Math.min(count, 12); n >= 9; n--) if (endsGroup(n)) return n
  return 0
}

/** `06 12 34 56 78` */
function isPairs(): boolean {
  if (groupCount < 5) return false
  for (let i = 0; i < 5; i++) if (groupLength[i] !== 2) return false
  return true
}

/** Whether the bare digits begin as mobile numbers do: 015–017 (Germany), 06 and 07 (France, Austria, Switzerland, United Kingdom). */
function isMobile(n: number): boolean {
  const second = digits[1] ?? 0
  const third = digits[2] ?? 0
  if (second === 49) return third >= 53 && third <= 55 && (n === 11 || n === 12)
  if (second === 54) return n === 10 || (n >= 11 && n <= 12 && third >= 53)
  return second === 55 && (n === 10 || n === 11) && third !== 48
}

/** `202-555-0123`, perhaps with 1 in front. */
function american(from: number, bracketed: boolean): number {
  const extra = groupLength[0] === 1 && digits[0] === 49 ? 1 : 0
  // Behind the groups of this number stand those of the one before.
  if (groupCount < extra + 3) return 0
  if (groupLength[extra] !== 3 || groupLength[extra + 1] !== 3 || groupLength[extra + 2] !== 4) return 0
  if ((digits[extra] ?? 0) < 50 || (digits[extra + 3] ?? 0) < 50) return 0
  return bracketed || from + extra >= 0 ? extra + 10 : 0
}

/** `12.03.1984`, `2024-03-12`, `12/03/84` */
function isDateLike(): boolean {
  const a = groupLength[0] ?? 0
  const b = groupLength[1] ?? 0
  const c = groupLength[2] ?? 0
  if (groupCount < 3 || b > 2 || (marks & 14) === 0) return false
  return (a <= 2 && (c === 4 || (c === 2 && groupCount === 3))) || (a === 4 && c <= 2)
}

const phoneWords = wordSet(`
  tel telefon telefonnummer telefonnr telefonisch phone phonenumber telephone téléphone telephon mobil mobile mobilnummer mobiltelefon handy handynummer
  handynr portable fax telefax faxnummer cell cellphone rufnummer rückrufnummer durchwahl dial call calls called whatsapp sms signal festnetz privatnummer
  gsm teléfono telefono telefoon telefoonnummer móvil cellulare puhelin telefón telefono-cellulare telemóvel ring rang anrufen anruf rückruf erreichbar joignable appeler rappeler
`)

const near = makeNear(3)

/** Whether six digits stand here, or fewer and a separator. */
function mayBegin(bytes: Uint8Array, at: number, end: number): boolean {
  const limit = Math.min(end, at + 6)
  let to = at
  while (to < limit && isDigit(bytes[to] ?? 0)) to++
  if (to - at === 6) return true
  if (to + 1 >= end || separators[bytes[to] ?? 0] !== 1) return false
  const beyond = bytes[to + 1] ?? 0
  return isDigit(beyond) || separators[beyond] === 1 || beyond >= 0x80
}

const separators = flags(' -./()')
for (const byte of [0xc2, 0xe2, 0xe3, 0xef]) separators[byte] = 1

function find(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  if (!mayBegin(bytes, at, end)) return false
  const plus = plusBefore(bytes, at, start)
  const from = plus >= 0 ? plus : bracketBefore(bytes, at, start)
  if (plus < 0 && isInside(bytes, from, start)) return false
  if (plus < 0 && from === at && !mayStandAlone(bytes, at, end) && !followsWord(bytes, at, start)) return false
  readDigits(bytes, at, end)
  if (count < 6) return false
  const n = plus >= 0 ? international(0) : plain(bytes, from, at, start, end, digits[0] ?? 0)
  if (n === 0 || !isClear(bytes, after[n - 1] ?? 0, end)) return false
  found.start = from
  found.end = after[n - 1] ?? 0
  return true
}

/** How many digits are a number written without a plus. */
function plain(bytes: Uint8Array, from: number, at: number, start: number, end: number, first: number): number {
  let n = 0
  if (first === 48) n = digits[1] === 48 ? international(2) : national()
  else if (from < at || groupLength[0] === 3 || groupLength[0] === 1) n = american(from, from < at)
  if (n === 0 && !couldBe()) return 0
  readNear(bytes, from, after[Math.max(n, 1) - 1] ?? 0, start, end, near)
  const said = isNear(near, phoneWords, 3)
  if (n === 0) return said ? longest() : 0
  if (said) return n
  if (isDirect(near, thingWords) || (digits[1] !== 48 && followsDigits(bytes, from, start))) return 0
  return groupLength[0] === 3 && first !== 48 && from === at && (marks & 6) === 0 ? 0 : n
}

/** Whether the digits at `at` may be a number without a word: a zero first, or a group of three or a single one before a mark. */
function mayStandAlone(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at] ?? 0
  if (first === 48 || first === 0xef) return true
  const to = at + (at + 1 < end && isDigit(bytes[at + 1] ?? 0) ? 3 : 1)
  const mark = to < end ? (bytes[to] ?? 0) : 0
  return mark === 45 || mark === 46 || (mark >= 0x80 && mark !== 0xc2)
}

/** Whether a word stands before, with at most four marks between: `Tel.: 123456`, `phone="123456`. */
function followsWord(bytes: Uint8Array, at: number, start: number): boolean {
  const limit = Math.max(start, at - 5)
  for (let i = at - 1; i >= limit; i--) {
    const byte = bytes[i] ?? 0
    const kind = classOf[byte] ?? 0
    if ((kind & (letter | high)) !== 0) return true
    if (isDigit(byte)) return false
  }
  return false
}

/** Whether a group of digits stands directly before: then these are the rest of a longer number. */
function followsDigits(bytes: Uint8Array, from: number, start: number): boolean {
  return from - 2 >= start && bytes[from - 1] === 32 && isDigit(bytes[from - 2] ?? 0)
}

/** Whether it could be a number behind a word for telephone. */
function couldBe(): boolean {
  return (
    count >= 6 &&
    (groupLength[0] ?? 0) > 1 &&
    !isDateLike() &&
    (groupLength[0] ?? 0) <= 13 &&
    (groupCount === 1 || (groupLength[0] ?? 0) <= 6)
  )
}

/** The most digits that are a number behind a word for telephone. */
function longest(): number {
  for (let n = Math.min(count, 13); n >= 6; n--) if (endsGroup(n)) return n
  return 0
}

/** The place of the plus before `at`, with a bracket before it where there is one; -1 where there is none. */
function plusBefore(bytes: Uint8Array, at: number, start: number): number {
  let place = at
  if (place > start && bytes[place - 1] === 32 && place - 1 > start && bytes[place - 2] === 43) place--
  if (place > start && bytes[place - 1] === 43) place--
  else if (place - 3 >= start && bytes[place - 3] === 0xef && bytes[place - 2] === 0xbc && bytes[place - 1] === 0x8b)
    place -= 3
  else return -1
  if (place > start && isDigit(bytes[place - 1] ?? 0)) return -1
  return place > start && bytes[place - 1] === 40 ? place - 1 : place
}

function bracketBefore(bytes: Uint8Array, at: number, start: number): number {
  return at > start && bytes[at - 1] === 40 ? at - 1 : at
}

/** Whether what begins at `from` goes on from something before: a word, a decimal, an amount, a path. */
function isInside(bytes: Uint8Array, from: number, start: number): boolean {
  if (from <= start) return false
  const byte = bytes[from - 1] ?? 0
  if (((classOf[byte] ?? 0) & alnum) !== 0 || byte === 95 || byte === 35 || byte === 36) return true
  if (from - 2 < start || !inner[byte]) return false
  return ((classOf[bytes[from - 2] ?? 0] ?? 0) & alnum) !== 0 && (byte !== 46 || isDigit(bytes[from - 2] ?? 0))
}

const inner = flags('-.,/_')

/** Whether nothing goes on at `at` that makes the digits a part of something else. */
function isClear(bytes: Uint8Array, at: number, end: number): boolean {
  if (at >= end) return true
  const byte = bytes[at] ?? 0
  if (((classOf[byte] ?? 0) & alnum) !== 0 || byte === 95 || byte === 37) return false
  if ((byte === 44 || byte === 45 || byte === 58) && at + 1 < end)
    return ((classOf[bytes[at + 1] ?? 0] ?? 0) & alnum) === 0
  return true
}

function is(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 48 || end - start < 6) return false
  const at = firstDigit(bytes, start, end)
  if (at < 0) return false
  readDigits(bytes, at, end)
  if (count < 6 || after[count - 1] !== end) return false
  const plus = plusBefore(bytes, at, start)
  if (plus >= 0) return plus === start && international(0) === count
  if (bracketBefore(bytes, at, start) !== start || isDateLike()) return false
  if (digits[0] === 48)
    return digits[1] === 48 ? international(2) === count : count >= 8 && count <= 13 && isGroupedOrMobile()
  return american(at, at > start) === count
}

function isGroupedOrMobile(): boolean {
  return groupCount === 1 ? isMobile(count) || count === 10 || count === 11 : national() === count || isPairs()
}

function firstDigit(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < Math.min(end, start + 6); i++) if (isDigit(bytes[i] ?? 0)) return i
  return -1
}

/** A detector of telephone numbers that takes those without a country code to be of `country` (ISO 3166, lower case). */
export function makePhone(country: string): StructureDetector {
  const code = new TextEncoder().encode(codeOf.get(country) ?? '49')

  /** E.164: a plus, the country code, the national number without its zero. */
  function canonical(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
    const first = firstDigit(bytes, start, end)
    if (first < 0) {
      out.set(bytes.subarray(start, end), at)
      return end - start
    }
    readDigits(bytes, first, end)
    let from = 0
    let place = at
    out[place] = 43
    place++
    if (plusBefore(bytes, first, start) < 0) {
      if (digits[0] === 48 && digits[1] === 48) from = 2
      else {
        const american10 = count === 11 && digits[0] === 49 && american(0, true) === 11
        if (american10) from = 1
        const prefix = american10 || american(0, true) === count ? one : code
        out.set(prefix, place)
        place += prefix.length
        if (digits[from] === 48 && country !== 'it') from++
        return writeDigits(out, place, from) - at
      }
    }
    const size = codeLength(digits, from, count - from)
    const body = from + size
    for (let i = from; i < body; i++) {
      out[place] = digits[i] ?? 48
      place++
    }
    const italian = size === 2 && digits[from] === 51 && digits[from + 1] === 57
    return writeDigits(out, place, digits[body] === 48 && !italian ? body + 1 : body) - at
  }

  return { ...phone, canonical }
}

const one = Uint8Array.of(49)

function writeDigits(out: Uint8Array, at: number, from: number): number {
  for (let i = from; i < count; i++) out[at + i - from] = digits[i] ?? 48
  return at + count - from
}

const phone = {
  family: 'structure',
  id: 'phone',
  title: { en: 'Telephone number', de: 'Telefonnummer' },
  basis: 'ITU-T E.164, DIN 5008',
  source: 'https://www.itu.int/rec/T-REC-E.164/en',
  layout: {
    en: 'A country code behind + or 00 with as many digits as the country has, or a national number with its zero in groups, or ten digits the American way.',
    de: 'Eine Landesvorwahl nach + oder 00 mit so vielen Ziffern wie das Land hat, oder eine nationale Nummer mit Null in Gruppen, oder zehn Ziffern auf amerikanische Art.',
  },
  example: '+49 30 23125 0815',
  accuracy: {
    en: 'National numbers without a leading zero and bare digits that are not a mobile number count only behind a word such as Tel.',
    de: 'Nationale Nummern ohne führende Null und bloße Ziffern, die keine Mobilnummer sind, zählen nur hinter einem Wort wie Tel.',
  },
  chance: 1,
  anchors: flags('0123456789'),
  first: { next: separators, unless: 6, before: flagsBut('_#$') },
  is,
  find,
} as const
