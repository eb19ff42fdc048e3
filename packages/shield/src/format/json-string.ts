/** The bytes inside the quotes of a JSON string (RFC 8259 section 7), read and written. */

const BACKSLASH = 0x5c
const QUOTE = 0x22

const plainOf: Readonly<Record<number, number>> = { 0x62: 8, 0x66: 12, 0x6e: 10, 0x72: 13, 0x74: 9 }

/** Writes it without escapes; a lone surrogate becomes U+FFFD. Never longer than it was. */
export function decodeString(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let to = at
  for (let from = start; from < end; from += 1) {
    const byte = bytes[from] ?? 0
    if (byte !== BACKSLASH) {
      out[to] = byte
      to += 1
      continue
    }
    from += 1
    const kind = bytes[from] ?? 0
    if (kind !== 0x75) {
      out[to] = plainOf[kind] ?? kind
      to += 1
      continue
    }
    let point = hex4(bytes, from + 1, end)
    from += 4
    if (point >= 0xd800 && point < 0xdc00 && bytes[from + 1] === BACKSLASH && bytes[from + 2] === 0x75) {
      const low = hex4(bytes, from + 3, end)
      if (low >= 0xdc00 && low < 0xe000) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00)
        from += 6
      }
    }
    to += writePoint(point >= 0xd800 && point < 0xe000 ? 0xfffd : point, out, to)
  }
  return to - at
}

function hex4(bytes: Uint8Array, at: number, end: number): number {
  let value = 0
  for (let index = at; index < at + 4; index += 1) {
    const byte = index < end ? (bytes[index] ?? 0) : 0
    const lower = byte | 0x20
    const digit = byte >= 48 && byte <= 57 ? byte - 48 : lower >= 97 && lower <= 102 ? lower - 87 : 0
    value = value * 16 + digit
  }
  return value
}

function writePoint(point: number, out: Uint8Array, at: number): number {
  if (point < 0x80) {
    out[at] = point
    return 1
  }
  if (point < 0x800) {
    out[at] = 0xc0 | (point >> 6)
    out[at + 1] = 0x80 | (point & 63)
    return 2
  }
  if (point < 0x10000) {
    out[at] = 0xe0 | (point >> 12)
    out[at + 1] = 0x80 | ((point >> 6) & 63)
    out[at + 2] = 0x80 | (point & 63)
    return 3
  }
  out[at] = 0xf0 | (point >> 18)
  out[at + 1] = 0x80 | ((point >> 12) & 63)
  out[at + 2] = 0x80 | ((point >> 6) & 63)
  out[at + 3] = 0x80 | (point & 63)
  return 4
}

const hexDigits = '0123456789abcdef'

/** Writes a value as it stands between quotes; at most six times as long. */
export function encodeString(value: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let to = at
  for (let from = start; from < end; from += 1) {
    const byte = value[from] ?? 0
    if (byte === QUOTE || byte === BACKSLASH) {
      out[to] = BACKSLASH
      out[to + 1] = byte
      to += 2
    } else if (byte < 0x20) {
      const escape = [0x5c, 0x75, 0x30, 0x30, hexDigits.charCodeAt(byte >> 4), hexDigits.charCodeAt(byte & 15)]
      out.set(escape, to)
      to += 6
    } else {
      out[to] = byte
      to += 1
    }
  }
  return to - at
}

/** Whether these bytes are a number by the grammar of JSON. */
export function isNumber(value: Uint8Array, start: number, end: number): boolean {
  let at = start
  if (value[at] === 0x2d) at += 1
  const whole = digits(value, at, end)
  if (whole === 0 || (whole > 1 && value[at] === 0x30)) return false
  at += whole
  if (at < end && value[at] === 0x2e) {
    const part = digits(value, at + 1, end)
    if (part === 0) return false
    at += 1 + part
  }
  return at === end
}

function digits(value: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && (value[at] ?? 0) >= 48 && (value[at] ?? 0) <= 57) at += 1
  return at - from
}
