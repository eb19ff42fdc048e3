import { copy, isDigit, trimmedEnd, trimmedStart } from './characters.ts'
import { compatible, lettersAndDigits, writeFolded } from './fold.ts'

/**
 * Writes the canonical form of a value: two writings of the same thing get the same pseudonym, or joins break. Returns its
 * length; `out` has room for 4 × length + 64 bytes. An empty form means that there was nothing but blanks or separators.
 */
export type Canonical = (bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number) => number

/** Text: without blanks around. */
export const canonicalText: Canonical = (bytes, start, end, out, at) => {
  const from = trimmedStart(bytes, start, end)
  return copy(bytes, from, trimmedEnd(bytes, from, end), out, at)
}

/** Identifiers, IBAN, cards: letters in upper case and digits; blanks and punctuation go, also those that are not seen. */
export const canonicalIdentifier: Canonical = (bytes, start, end, out, at) => {
  let to = at
  for (let from = start; from < end; from += 1) {
    const byte = bytes[from] ?? 0
    const isLower = byte >= 97 && byte <= 122
    if (byte >= 0x80) return writeRare(lettersAndDigits(bytes, start, end), bytes, start, end, out, at)
    if (!isLower && !isDigit(byte) && !(byte >= 65 && byte <= 90)) continue
    out[to] = isLower ? byte - 32 : byte
    to += 1
  }
  return to - at
}

/** A form made by the Unicode tables; the value as it is where there is none or it would not fit. */
function writeRare(
  form: Uint8Array | undefined,
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
): number {
  if (form === undefined || form.length > 4 * (end - start) + 64) return copy(bytes, start, end, out, at)
  return copy(form, 0, form.length, out, at)
}

/**
 * Mail addresses: lower case, without blanks and angle brackets around. Most providers do not tell cases apart, even in the local
 * part, where RFC 5321 would let them. `+tags` stay: they may be different people.
 */
export const canonicalMail: Canonical = (bytes, start, end, out, at) => {
  let from = trimmedStart(bytes, start, end)
  let until = trimmedEnd(bytes, from, end)
  if (bytes[from] === 60 && bytes[until - 1] === 62) {
    from += 1
    until -= 1
  }
  return writeFolded(bytes, from, until, out, at, false)
}

export interface NameOptions {
  /** Whether ä and ae, ö and oe, ü and ue are one: Müller and Mueller become the same person, and so do others. Off by default. */
  readonly mergesUmlauts?: boolean
}

/** Names: NFKC and case folding (Unicode 5.18), blanks in a row are one. `ß` is `ss`. */
export function canonicalName({ mergesUmlauts = false }: NameOptions = {}): Canonical {
  return (bytes, start, end, out, at) => {
    const from = trimmedStart(bytes, start, end)
    return writeFolded(bytes, from, trimmedEnd(bytes, from, end), out, at, mergesUmlauts)
  }
}

export interface PhoneOptions {
  /** The country's code without `+`, for numbers that begin with one 0: `49`. Without it these stay national. */
  readonly country?: string
}

/**
 * Telephone numbers: `+` and digits as in E.164. `00` is `+`; the `(0)` of `+49 (0)30` goes. An extension after letters (`ext. 5`) is not
 * told apart: its digits are the last ones.
 */
export function canonicalPhone({ country }: PhoneOptions = {}): Canonical {
  if (country !== undefined && !/^[1-9]\d{0,2}$/.test(country))
    throw new RangeError('A country code has 1 to 3 digits.')
  const code = new TextEncoder().encode(country ?? '')
  return (bytes, start, end, out, at) => {
    if (isAscii(bytes, start, end)) return writePhone(bytes, start, end, code, out, at)
    const form = compatible(bytes, start, end) ?? bytes.subarray(start, end)
    return writePhone(form, 0, form.length, code, out, at)
  }
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if ((bytes[at] ?? 0) >= 0x80) return false
  return true
}

const plus = 43
const zero = 48

function writePhone(
  bytes: Uint8Array,
  start: number,
  end: number,
  country: Uint8Array,
  out: Uint8Array,
  at: number,
): number {
  const first = firstOfPhone(bytes, start, end)
  if (first === end) return 0
  let from = first
  let to = at
  const isInternational = bytes[from] === plus || (bytes[from] === zero && digitAfter(bytes, from, end) === zero)
  if (isInternational) {
    from = bytes[from] === plus ? from + 1 : placeAfter(bytes, from, end) + 1
    out[to] = plus
    to += 1
  } else if (bytes[from] === zero && country.length > 0) {
    out[to] = plus
    to += 1 + copy(country, 0, country.length, out, to + 1)
    from += 1
  }
  for (; from < end; from += 1) {
    const byte = bytes[from] ?? 0
    if (!isDigit(byte) || (isInternational && isTrunkZero(bytes, from))) continue
    out[to] = byte
    to += 1
  }
  return to - at
}

function firstOfPhone(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] !== plus && !isDigit(bytes[at] ?? 0)) at += 1
  return at
}

/** Where the next digit after `at` stands; `end` where there is none. */
function placeAfter(bytes: Uint8Array, at: number, end: number): number {
  let next = at + 1
  while (next < end && !isDigit(bytes[next] ?? 0)) next += 1
  return next
}

function digitAfter(bytes: Uint8Array, at: number, end: number): number {
  const next = placeAfter(bytes, at, end)
  return next < end ? (bytes[next] ?? 0) : 0
}

/** `(0)` */
function isTrunkZero(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === zero && bytes[at - 1] === 40 && bytes[at + 1] === 41
}
