/**
 * Classes of bytes and the characters of UTF-8 that stand between the groups of a number. Tables, because every byte of a
 * file is asked.
 */

export const digit = 1
export const upper = 2
export const lower = 4
/** A byte of a character outside ASCII: part of a word until it is known to be a space or a dash. */
export const high = 8
export const letter = upper | lower
export const alnum = digit | letter
export const word = alnum | high

/** The class of each byte, one of the flags above or 0. */
export const classOf = makeClasses()

function makeClasses(): Uint8Array {
  const table = new Uint8Array(256)
  table.fill(digit, 48, 58)
  table.fill(upper, 65, 91)
  table.fill(lower, 97, 123)
  table.fill(high, 128)
  return table
}

export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57
}

/** 256 flags, set for the characters of `characters` (ASCII). */
export function flags(characters: string): Uint8Array {
  const table = new Uint8Array(256)
  for (let i = 0; i < characters.length; i++) table[characters.charCodeAt(i)] = 1
  return table
}

/** 256 flags, set for all but ASCII letters, digits and `characters`: what may stand before something of its own. */
export function flagsBut(characters: string): Uint8Array {
  const none = flags(characters)
  return Uint8Array.from(classOf, (kind, byte) => ((kind & alnum) !== 0 || none[byte] === 1 ? 0 : 1))
}

/** The bytes of a word of the tables. */
export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Whether the bytes at `at` are `wanted`, without a look at upper and lower case; `wanted` is in lower case. */
export function startsWithFolded(bytes: Uint8Array, at: number, end: number, wanted: Uint8Array): boolean {
  if (at < 0 || at + wanted.length > end) return false
  for (let i = 0; i < wanted.length; i++) {
    const byte = bytes[at + i] ?? 0
    const folded = byte >= 65 && byte <= 90 ? byte | 32 : byte
    if (folded !== wanted[i]) return false
  }
  return true
}

/** Whether the bytes at `at` are `wanted`. */
export function startsWith(bytes: Uint8Array, at: number, end: number, wanted: Uint8Array): boolean {
  if (at < 0 || at + wanted.length > end) return false
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false
  return true
}

/** The first place at or after `at` whose byte has none of the classes `mask`. */
export function skip(bytes: Uint8Array, at: number, end: number, mask: number): number {
  let to = at
  while (to < end && ((classOf[bytes[to] ?? 0] ?? 0) & mask) !== 0) to++
  return to
}

/**
 * The length in bytes of the separator at `at`, 0 where there is none: spaces of every width, dashes of every length, full
 * stop, slash, and what is not seen (soft hyphen, zero-width characters, byte order mark).
 */
export function separatorAt(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return 0
  const byte = bytes[at] ?? 0
  if (byte < 128) return byte === 32 || byte === 45 || byte === 46 || byte === 47 ? 1 : 0
  return at + 1 < end ? wideSeparator(byte, bytes[at + 1] ?? 0, at + 2 < end ? (bytes[at + 2] ?? 0) : 0) : 0
}

/** As `separatorAt`, for what ends before `at`. */
export function separatorBefore(bytes: Uint8Array, at: number, start: number): number {
  if (at <= start) return 0
  const byte = bytes[at - 1] ?? 0
  if (byte < 128) return byte === 32 || byte === 45 || byte === 46 || byte === 47 ? 1 : 0
  if (at - 2 >= start && wideSeparator(bytes[at - 2] ?? 0, byte, 0) === 2) return 2
  return at - 3 >= start && wideSeparator(bytes[at - 3] ?? 0, bytes[at - 2] ?? 0, byte) === 3 ? 3 : 0
}

/** U+00A0 and U+00AD; U+2000–2015, U+202F, U+2060, U+2212; U+3000; U+FEFF; U+FF0D, U+FF0E, U+FF0F. */
function wideSeparator(a: number, b: number, c: number): number {
  if (a === 0xc2) return b === 0xa0 || b === 0xad ? 2 : 0
  if (a === 0xe2) {
    if (b === 0x80) return (c >= 0x80 && c <= 0x95) || c === 0xaf ? 3 : 0
    return (b === 0x81 && c === 0xa0) || (b === 0x88 && c === 0x92) ? 3 : 0
  }
  if (a === 0xe3) return b === 0x80 && c === 0x80 ? 3 : 0
  if (a !== 0xef) return 0
  return (b === 0xbb && c === 0xbf) || (b === 0xbc && (c === 0x8d || c === 0x8e || c === 0x8f)) ? 3 : 0
}

/** The ASCII byte that the full-width character at `at` stands for (three bytes, U+FF01–FF5E), 0 where there is none. */
export function fullWidthAt(bytes: Uint8Array, at: number, end: number): number {
  if (at + 2 >= end || bytes[at] !== 0xef) return 0
  const second = bytes[at + 1] ?? 0
  const third = bytes[at + 2] ?? 0
  if (second === 0xbc && third >= 0x81) return third - 0x60
  return second === 0xbd && third >= 0x80 && third <= 0x9e ? third - 0x20 : 0
}
