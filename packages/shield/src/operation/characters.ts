/** The byte after the character at `at`: UTF-8, by its first byte; a byte that begins none is a character by itself. */
export function nextCharacter(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0
  if (first < 0xc2) return at + 1
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1
  let to = at + 1
  while (to < end && to < at + length && ((bytes[to] ?? 0) & 0xc0) === 0x80) to += 1
  return to === at + length ? to : at + 1
}

export function countCharacters(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  for (let at = start; at < end; at = nextCharacter(bytes, at, end)) count += 1
  return count
}

/** The byte at which the character number `count` begins; `end` where there are not as many. */
export function characterAt(bytes: Uint8Array, start: number, end: number, count: number): number {
  let at = start
  for (let left = count; left > 0 && at < end; left -= 1) at = nextCharacter(bytes, at, end)
  return at
}

/** Copies bytes [start, end) to `out` at `at`; returns their number. Values are short: a loop is quicker than `set`. */
export function copy(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  const shift = at - start
  for (let i = start; i < end; i += 1) out[i + shift] = bytes[i] ?? 0
  return end - start
}

export function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57
}

/** The first byte that is no space, tab or end of line. */
export function trimmedStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && isBlank(bytes[at] ?? 0)) at += 1
  return at
}

/** The byte after the last one that is no space, tab or end of line. */
export function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && isBlank(bytes[at - 1] ?? 0)) at -= 1
  return at
}

function isBlank(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13)
}

/** Writes a whole number in decimal digits, with zeros in front up to `width`; returns the length. */
export function writeInteger(value: number, width: number, out: Uint8Array, at: number): number {
  let to = at
  if (value < 0) {
    out[to] = 45
    to += 1
  }
  const digits = Math.max(width, digitsOf(Math.abs(value)))
  let rest = Math.abs(value)
  for (let i = to + digits - 1; i >= to; i -= 1) {
    const tenth = Math.floor(rest / 10)
    out[i] = 48 + rest - tenth * 10
    rest = tenth
  }
  return to + digits - at
}

function digitsOf(value: number): number {
  let digits = 1
  for (let bound = 10; value >= bound; bound *= 10) digits += 1
  return digits
}
