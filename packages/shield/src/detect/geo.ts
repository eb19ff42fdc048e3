/**
 * Places on the map: pairs of latitude and longitude.
 */
import { alnum, classOf, flags, flagsBut, isDigit, skip, digit } from './bytes.ts'
import type { Range, StructureDetector } from './detector.ts'

/** The number read last, and its place. */
let read = 0
let decimals = 0

/** Reads a decimal number with a dot at `at`, perhaps signed; returns its end, `at` where there is none. */
function decimalEnd(bytes: Uint8Array, at: number, end: number): number {
  const sign = at < end && (bytes[at] === 45 || bytes[at] === 43) ? 1 : 0
  const from = at + sign
  const dot = skip(bytes, from, Math.min(end, from + 4), digit)
  if (dot === from || dot - from > 3 || dot >= end || bytes[dot] !== 46) return at
  const to = skip(bytes, dot + 1, Math.min(end, dot + 18), digit)
  if (to === dot + 1) return at
  let sum = 0
  for (let i = from; i < dot; i++) sum = sum * 10 + (bytes[i] ?? 48) - 48
  read = sum
  decimals = to - dot - 1
  return to
}

/** `52.520008, 13.404954`: at least three decimals each, within 90 and 180 degrees. */
function pairEnd(bytes: Uint8Array, at: number, end: number): number {
  let place = decimalEnd(bytes, at, end)
  if (place === at || read > 90 || decimals < 3) return at
  place = degreeMark(bytes, place, end)
  const gap = place
  while (place < end && place - gap < 4 && betweenMarks[bytes[place] ?? 0] === 1) place++
  if (place === gap) return at
  const to = decimalEnd(bytes, place, end)
  if (to === place || read > 180 || decimals < 3) return at
  return degreeMark(bytes, to, end)
}

const betweenMarks = flags(' ,;/|')
const compass = flags('NSEWOnsewo')

/** Behind `°`, ` N`, `° E`. */
function degreeMark(bytes: Uint8Array, at: number, end: number): number {
  let place = at
  if (place + 1 < end && bytes[place] === 0xc2 && bytes[place + 1] === 0xb0) place += 2
  const letterAt = place < end && bytes[place] === 32 ? place + 1 : place
  if (letterAt < end && compass[bytes[letterAt] ?? 0] === 1 && !isWord(bytes, letterAt + 1, end)) return letterAt + 1
  return place
}

function isWord(bytes: Uint8Array, at: number, end: number): boolean {
  return at < end && ((classOf[bytes[at] ?? 0] ?? 0) & (alnum | 8)) !== 0
}

/** One angle, `52°31'12.0"N`: its end, `at` where there is none. */
function angleEnd(bytes: Uint8Array, at: number, end: number): number {
  let place = skip(bytes, at, Math.min(end, at + 3), digit)
  if (place === at || place + 1 >= end || bytes[place] !== 0xc2 || bytes[place + 1] !== 0xb0) return at
  place = blank(bytes, place + 2, end)
  let parts = 0
  while (parts < 2 && place < end && isDigit(bytes[place] ?? 0)) {
    place = skip(bytes, place, Math.min(end, place + 2), digit)
    if (place < end && bytes[place] === 46) place = skip(bytes, place + 1, Math.min(end, place + 8), digit)
    const mark = minuteMark(bytes, place, end)
    if (mark === 0) return at
    place = blank(bytes, place + mark, end)
    parts++
  }
  if (parts === 0 || place >= end || compass[bytes[place] ?? 0] !== 1 || isWord(bytes, place + 1, end)) return at
  return place + 1
}

function blank(bytes: Uint8Array, at: number, end: number): number {
  return at < end && bytes[at] === 32 ? at + 1 : at
}

/** The length of `'`, `"`, `′`, `″`, `’` or `”` at `at`. */
function minuteMark(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return 0
  if (bytes[at] === 39 || bytes[at] === 34) return at + 1 < end && bytes[at + 1] === 39 && bytes[at] === 39 ? 2 : 1
  if (bytes[at] !== 0xe2 || at + 2 >= end || bytes[at + 1] !== 0x80) return 0
  const third = bytes[at + 2] ?? 0
  return (third >= 0x98 && third <= 0x9d) || third === 0xb2 || third === 0xb3 ? 3 : 0
}

function sexagesimalEnd(bytes: Uint8Array, at: number, end: number): number {
  let place = angleEnd(bytes, at, end)
  if (place === at) return at
  const gap = place
  while (place < end && place - gap < 3 && betweenMarks[bytes[place] ?? 0] === 1) place++
  const to = angleEnd(bytes, place, end)
  return to === place ? gap : to
}

function coordinateEnd(bytes: Uint8Array, at: number, end: number): number {
  const pair = pairEnd(bytes, at, end)
  return pair > at ? pair : sexagesimalEnd(bytes, at, end)
}

const next = flags('.0')
next[48] = 0
next[0xc2] = 1

export const geo: StructureDetector = {
  family: 'structure',
  id: 'geo',
  title: { en: 'Geographic coordinates', de: 'Geografische Koordinaten' },
  basis: 'ISO 6709, RFC 7946; Art. 4(1) GDPR (location data)',
  source: 'https://www.iso.org/standard/75147.html',
  layout: {
    en: 'Latitude and longitude as decimals with three places at least, separated by a comma or space, or as degrees, minutes and seconds with the point of the compass.',
    de: 'Breite und Länge als Dezimalzahlen mit mindestens drei Stellen, durch Komma oder Leerzeichen getrennt, oder als Grad, Minuten und Sekunden mit Himmelsrichtung.',
  },
  example: '52.520008, 13.404954',
  accuracy: {
    en: 'Two measured values with three decimals side by side are taken for coordinates; single ones in a column need a header.',
    de: 'Zwei Messwerte mit drei Nachkommastellen nebeneinander gelten als Koordinaten; einzelne in einer Spalte brauchen eine Überschrift.',
  },
  chance: 1,
  anchors: flags('0123456789'),
  first: { runs: [1, 3], next, before: flagsBut('._') },
  is: (bytes, start, end) => end > start && end - start < 80 && coordinateEnd(bytes, start, end) === end,
  find,
  canonical(bytes, start, end, out, at) {
    out.set(bytes.subarray(start, end), at)
    return end - start
  },
}

function find(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  const signed = at > start && (bytes[at - 1] === 45 || bytes[at - 1] === 43)
  const from = signed ? at - 1 : at
  const before = from > start ? (bytes[from - 1] ?? 0) : 0
  if (((classOf[before] ?? 0) & alnum) !== 0 || before === 46) return false
  const to = coordinateEnd(bytes, from, end)
  if (to === from || isWord(bytes, to, end) || (to + 1 < end && bytes[to] === 46 && isDigit(bytes[to + 1] ?? 0)))
    return false
  found.start = from
  found.end = to
  return true
}
