/**
 * Mail addresses, walked out from their @ (also written `%40`, `&#64;`, `(at)`, or full-width).
 */
import { alnum, ascii, classOf, digit, flags, high, letter, skip, startsWith, word } from './bytes.ts'
import type { Range, StructureDetector } from './detector.ts'

/** RFC 5321 allows 64 bytes; addresses with reply tokens have more. */
const longestLocal = 128
const longestDomain = 253

const localMarks = flags("!#$%&'*+/=?^_`{|}~-.")
/** Marks with which an address in running text does not begin. */
const leadingMarks = flags("'*/=?^`{|}~.-&!#$%")

const escapes = [
  ascii('%40'),
  ascii('&#64;'),
  ascii('&#x40;'),
  ascii('&commat;'),
  Uint8Array.of(0xef, 0xbc, 0xa0),
  ascii('\\u0040'),
]

/** How people write it whom machines shall not find, often with a space on both sides. In capitals it is Austria. */
const bracketed = ['(at)', '[at]', '{at}'].map((text) => ascii(text))
const brackets = flags('([{')

/** How many bytes the @ at `at` is written with, 0 where there is none. */
function atSign(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at] ?? 0
  if (byte === 64) return 1
  if (brackets[byte] === 1) {
    const found = bracketed.find((text) => startsWith(bytes, at, end, text))
    return found === undefined ? 0 : found.length + (bytes[at + found.length] === 32 ? 1 : 0)
  }
  for (const escape of escapes) {
    if (escape[0] === byte && startsWith(bytes, at, end, escape)) return escape.length
  }
  return 0
}

/** UTF-8 bytes that are not a part of a word: no-break and other spaces, dashes, quotation marks, full-width marks. */
function breaksAt(bytes: Uint8Array, at: number, end: number): boolean {
  const byte = bytes[at] ?? 0
  if (byte === 0xc2) return at + 1 < end && (bytes[at + 1] ?? 0) < 0xaa
  if (byte === 0xe2) return at + 1 < end && (bytes[at + 1] ?? 0) <= 0x84
  if (byte === 0xe3) return at + 1 < end && bytes[at + 1] === 0x80
  if (byte !== 0xef || at + 2 >= end) return false
  return (
    bytes[at + 1] === 0xbb ||
    (bytes[at + 1] === 0xbc && (bytes[at + 2] ?? 0) <= 0x8f) ||
    (bytes[at + 1] === 0xbc && bytes[at + 2] === 0xa0)
  )
}

/** The begin of the local part that ends before `at`; `at` where there is none. */
function localStart(bytes: Uint8Array, at: number, start: number): number {
  if (at > start && bytes[at - 1] === 34) return quotedStart(bytes, at, start)
  const limit = Math.max(start, at - longestLocal)
  let from = at
  while (from > limit) {
    const byte = bytes[from - 1] ?? 0
    const kind = classOf[byte] ?? 0
    if ((kind & alnum) === 0 && localMarks[byte] !== 1) {
      if (kind !== high || (byte >= 0xc0 && breaksAt(bytes, from - 1, at))) break
    }
    from--
  }
  while (from < at && (bytes[from] ?? 0) >= 0x80 && (bytes[from] ?? 0) < 0xc0) from++
  return trimLocal(bytes, from, at)
}

/** Without what stands before an address: `mailto:`, a parameter's name, marks. */
function trimLocal(bytes: Uint8Array, from: number, at: number): number {
  let first = from
  for (let i = from; i < at; i++) {
    const byte = bytes[i] ?? 0
    const stops =
      byte === 61 || byte === 63 || byte === 47 || byte === 38 || byte === 96 || byte === 123 || byte === 124
    if (stops && i + 1 < at) first = i + 1
    else if (byte === 37 && i + 3 < at && breaksWhenDecoded(bytes, i)) first = i + 3
  }
  while (first < at && leadingMarks[bytes[first] ?? 0] === 1) first++
  return first
}

/** Whether the three bytes `%xx` at `at` stand for a space, a quotation mark, `/`, `:`, `<`, `=`, `&`, `?` or `,`. */
function breaksWhenDecoded(bytes: Uint8Array, at: number): boolean {
  const a = bytes[at + 1] ?? 0
  const b = (bytes[at + 2] ?? 0) | 32
  if (a === 50) return b === 0x30 || b === 0x32 || b === 0x36 || b === 0x63 || b === 0x66
  return a === 51 && (b === 0x61 || b === 0x63 || b === 0x64 || b === 0x65 || b === 0x66)
}

/** The begin of a quoted local part, `"john doe"@`. */
function quotedStart(bytes: Uint8Array, at: number, start: number): number {
  const limit = Math.max(start, at - longestLocal)
  for (let from = at - 2; from >= limit; from--) {
    const byte = bytes[from] ?? 0
    if (byte < 32) return at
    if (byte === 34) return from < at - 2 ? from : at
  }
  return at
}

/** The end of the domain that begins at `at`; `at` where there is none with a dot and a name of two letters last. */
function domainEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at < end && bytes[at] === 91) return literalEnd(bytes, at, end)
  const limit = Math.min(end, at + longestDomain)
  let to = at
  let labelStart = at
  let whole = at
  let dots = 0
  let letters = 0
  for (; to <= limit; to++) {
    const byte = to < limit ? (bytes[to] ?? 0) : 0
    const kind = classOf[byte] ?? 0
    if ((kind & word) !== 0 && !(byte >= 0xc0 && breaksAt(bytes, to, end))) {
      if ((kind & (letter | high)) !== 0) letters++
      continue
    }
    if (byte === 45 && to > labelStart) continue
    if (to > labelStart && bytes[to - 1] !== 45 && dots > 0 && letters >= 2) whole = to
    if (byte !== 46 || to === labelStart) break
    dots++
    labelStart = to + 1
    letters = 0
  }
  return whole
}

/** Whether the domain is a version (`left-pad@1.3.0-beta.next`) or the density of a picture (`logo@2x.png`). */
function isVersion(bytes: Uint8Array, at: number, to: number): boolean {
  const first = skip(bytes, at, to, digit)
  if (first === at || first === to) return false
  if (bytes[first] === 120 && bytes[first + 1] === 46) return true
  return (
    bytes[first] === 46 &&
    skip(bytes, first + 1, to, digit) > first + 1 &&
    ((classOf[bytes[skip(bytes, first + 1, to, digit)] ?? 0] ?? 0) & (letter | high)) === 0
  )
}

/** The end of `[192.0.2.1]`. */
function literalEnd(bytes: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end, at + 48)
  for (let to = at + 1; to < limit; to++) {
    const byte = bytes[to] ?? 0
    if (byte === 93) return to > at + 3 ? to + 1 : at
    if ((classOf[byte] ?? 0) === 0 && byte !== 46 && byte !== 58) return at
  }
  return at
}

/** Whether a space stands before an @ in brackets. */
function isSpaced(bytes: Uint8Array, at: number): boolean {
  return brackets[bytes[at] ?? 0] === 1 && bytes[at - 1] === 32
}

function find(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  const size = atSign(bytes, at, end)
  if (size === 0) return false
  const localEnd = isSpaced(bytes, at) && at > start ? at - 1 : at
  const from = localStart(bytes, localEnd, start)
  if (from === localEnd) return false
  const to = domainEnd(bytes, at + size, end)
  if (to === at + size || isVersion(bytes, at + size, to)) return false
  found.start = from
  found.end = to
  return true
}

const whole: Range = { start: 0, end: 0 }

function is(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > longestLocal + longestDomain) return false
  const from = withoutMailto(bytes, start, end)
  for (let at = end - 3; at > from; at--) {
    if (anchors[bytes[at] ?? 0] !== 1 || atSign(bytes, at, end) === 0) continue
    return find(bytes, at, from, end, whole) && whole.start === from && whole.end === end
  }
  return false
}

const mailto = ascii('mailto:')

function withoutMailto(bytes: Uint8Array, start: number, end: number): number {
  return startsWith(bytes, start, end, mailto) ? start + mailto.length : start
}

/** In lower case (ASCII), the @ plain: the part before it is in practice never told apart by case. */
function canonical(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let length = 0
  for (let i = withoutMailto(bytes, start, end); i < end; i++) {
    const byte = bytes[i] ?? 0
    const letter = lowerCase[byte] ?? 0
    const size = letter === 0 ? atSign(bytes, i, end) : 0
    if (size > 0 && length > 0 && isSpaced(bytes, i)) length--
    if (size > 0) i += size - 1
    out[at + length] = size > 0 ? 64 : letter === 0 ? byte : letter
    length++
  }
  return length
}

const anchors = flags('@%&\\([{')
anchors[0xef] = 1

/** The byte in lower case; 0 where it may begin an @. */
const lowerCase = Uint8Array.from(anchors, (anchor, byte) =>
  anchor === 1 ? 0 : byte >= 65 && byte <= 90 ? byte | 32 : byte,
)

export const email: StructureDetector = {
  family: 'structure',
  id: 'email',
  title: { en: 'Mail address', de: 'E-Mail-Adresse' },
  basis: 'RFC 5321, RFC 6531',
  source: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2',
  layout: {
    en: 'A local part, an @ (also as %40, &#64;, (at) or full-width), a domain with a dot; letters of every script.',
    de: 'Ein lokaler Teil, ein @ (auch als %40, &#64;, (at) oder in voller Breite), eine Domain mit Punkt; Buchstaben jeder Schrift.',
  },
  example: 'anna.beispiel+shop@example.org',
  accuracy: {
    en: 'Addresses without a dot in the domain (root@localhost) are not found; name@2x.png and user@1.2 are no addresses.',
    de: 'Adressen ohne Punkt in der Domain (root@localhost) werden nicht gefunden; name@2x.png und user@1.2 sind keine.',
  },
  chance: 1,
  anchors,
  is,
  find,
  canonical,
}
