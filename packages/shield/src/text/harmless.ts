/**
 * Short texts in which nothing was found lately: what a browser calls itself, a status, a greeting come again with every record. Each is
 * kept whole and compared byte by byte.
 */
const SLOTS = 256
const LONGEST = 191
const ROOM = LONGEST + 1
/** The place is chosen by up to 2³ bytes: the rest is compared. */
const SAMPLED_BITS = 3

export interface Harmless {
  has(bytes: Uint8Array, start: number, end: number): boolean
  keep(bytes: Uint8Array, start: number, end: number): void
}

export function makeHarmless(): Harmless {
  const texts = new Uint8Array(SLOTS * ROOM)
  return {
    has(bytes, start, end) {
      const length = end - start
      if (length > LONGEST || isNumbered(bytes, start)) return false
      const at = placeOf(bytes, start, length)
      if (texts[at] !== length) return false
      for (let index = 1; index <= length; index += 1) if (texts[at + index] !== bytes[start + index - 1]) return false
      return true
    },
    keep(bytes, start, end) {
      const length = end - start
      if (length > LONGEST || isNumbered(bytes, start)) return
      const at = placeOf(bytes, start, length)
      texts[at] = length
      for (let index = 1; index <= length; index += 1) texts[at + index] = bytes[start + index - 1] ?? 0
    },
  }
}

/** What begins with a time or a number, as lines of logs do, hardly comes again. */
function isNumbered(bytes: Uint8Array, start: number): boolean {
  const byte = bytes[start] ?? 0
  return byte >= 48 && byte <= 57
}

function placeOf(bytes: Uint8Array, start: number, length: number): number {
  const step = (length >> SAMPLED_BITS) + 1
  let hash = length
  for (let at = start + length - 1; at >= start; at -= step) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return ((hash ^ (hash >>> 15)) & (SLOTS - 1)) * ROOM
}
