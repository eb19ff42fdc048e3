/** RFC 4648, section 6, lower case: no letter is mistaken for a digit, and no reader changes its case or its padding. */
const alphabet = Uint8Array.from(Buffer.from('abcdefghijklmnopqrstuvwxyz234567'))
const hexadecimal = Uint8Array.from(Buffer.from('0123456789abcdef'))

/** Characters that `writeBase32` writes for so many bytes. */
export function base32Length(length: number): number {
  return Math.ceil((length * 8) / 5)
}

/** Writes bytes [start, end) as base32 without padding to `out` from `at` on; returns the length. */
export function writeBase32(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let from = start
  let to = at
  for (; from + 5 <= end; from += 5) {
    const middle = bytes[from + 2] ?? 0
    const high = ((bytes[from] ?? 0) << 12) | ((bytes[from + 1] ?? 0) << 4) | (middle >>> 4)
    const low = ((middle & 15) << 16) | ((bytes[from + 3] ?? 0) << 8) | (bytes[from + 4] ?? 0)
    writeFour(high, out, to)
    writeFour(low, out, to + 4)
    to += 8
  }
  return to - at + writeRest(bytes, from, end, out, to)
}

function writeFour(bits: number, out: Uint8Array, at: number): void {
  out[at] = alphabet[bits >>> 15] ?? 0
  out[at + 1] = alphabet[(bits >>> 10) & 31] ?? 0
  out[at + 2] = alphabet[(bits >>> 5) & 31] ?? 0
  out[at + 3] = alphabet[bits & 31] ?? 0
}

/** The last one to four bytes, filled up with zero bits. */
function writeRest(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let bits = 0
  let held = 0
  let to = at
  for (let from = start; from < end; from += 1) {
    bits = ((bits << 8) | (bytes[from] ?? 0)) & 0xfff
    held += 8
    while (held >= 5) {
      held -= 5
      out[to] = alphabet[(bits >>> held) & 31] ?? 0
      to += 1
    }
  }
  if (held > 0) {
    out[to] = alphabet[(bits << (5 - held)) & 31] ?? 0
    to += 1
  }
  return to - at
}

/**
 * Reads base32 as `writeBase32` writes it (either case); returns how many bytes were written to `out`, or -1 where the text is
 * nothing it wrote: another character, a length that none has, or bits left over that are not zero.
 */
export function readBase32(text: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let bits = 0
  let held = 0
  let to = at
  for (let from = start; from < end; from += 1) {
    const value = valueOf(text[from] ?? 0)
    if (value < 0) return -1
    bits = ((bits << 5) | value) & 0xfff
    held += 5
    if (held >= 8) {
      held -= 8
      out[to] = bits >>> held
      to += 1
    }
  }
  const isWhole = held < 5 && (bits & ((1 << held) - 1)) === 0
  return isWhole ? to - at : -1
}

function valueOf(byte: number): number {
  const lower = byte | 0x20
  if (lower >= 97 && lower <= 122) return lower - 97
  return byte >= 50 && byte <= 55 ? byte - 24 : -1
}

/**
 * Writes 16 bytes as a UUID of version 8 (RFC 9562, section 5.8): 122 of the bits stay, version and variant take six. 36 characters.
 */
export function writeUuid(bytes: Uint8Array, start: number, out: Uint8Array, at: number): number {
  let to = at
  for (let i = 0; i < 16; i += 1) {
    if (i === 4 || i === 6 || i === 8 || i === 10) {
      out[to] = 45
      to += 1
    }
    const byte = marked(i, bytes[start + i] ?? 0)
    out[to] = hexadecimal[byte >>> 4] ?? 0
    out[to + 1] = hexadecimal[byte & 15] ?? 0
    to += 2
  }
  return to - at
}

function marked(index: number, byte: number): number {
  if (index === 6) return (byte & 0x0f) | 0x80
  return index === 8 ? (byte & 0x3f) | 0x80 : byte
}
