/**
 * How a word is made comparable: one 32-bit hash over its letters without case and accents. `Müller`, `MUELLER`, `Muller` and
 * `müller` are one word here: ä, ae and a are the same, so are ß, ss and s. That puts a few different words together
 * (`Bauer` and `Baur`), which is the price of finding a name in whatever way somebody typed it.
 */

const LATIN1 = 'aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty'
const EXTENDED_A =
  'aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln' +
  'nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs'

/** Kinds of a byte or of a two-byte letter. */
export const GAP = 0
export const LOWER = 1
export const UPPER = 2
export const DIGIT = 3
export const WIDE = 4

/** Kind of each first byte; WIDE ones need a look at the next. */
export const kinds: Uint8Array = makeKinds()
/** The folded letter of each ASCII letter or digit. */
export const folded: Uint8Array = makeFolded()
/** Folded letters of U+00C0 to U+017F. */
const wide: Uint8Array = Uint8Array.from(LATIN1 + EXTENDED_A, (letter) => (letter === '*' ? 0 : letter.charCodeAt(0)))

function makeKinds(): Uint8Array {
  const table = new Uint8Array(256)
  table.fill(LOWER, 97, 123)
  table.fill(UPPER, 65, 91)
  table.fill(DIGIT, 48, 58)
  table.fill(WIDE, 128)
  return table
}

function makeFolded(): Uint8Array {
  const table = new Uint8Array(256)
  for (let byte = 0; byte < 256; byte += 1) table[byte] = byte >= 65 && byte <= 90 ? byte + 32 : byte
  return table
}

/**
 * Looks at the bytes of a letter beyond ASCII at `at`: its kind in bits 0–2, how many bytes it takes in bits 3–5, its folded
 * letter from bit 8 on. Spaces, quotes, dashes and signs beyond ASCII are gaps.
 */
export function wideLetter(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0
  const next = at + 1 < end ? (bytes[at + 1] ?? 0) : 0
  // What is no UTF-8, or is cut off, is passed over byte by byte.
  if (first < 0xc2 || first >= 0xf0 || (next & 0xc0) !== 0x80) return GAP | (1 << 3)
  if (first < 0xe0) return twoBytes(first, next)
  const third = at + 2 < end ? (bytes[at + 2] ?? 0) : 0
  if ((third & 0xc0) !== 0x80) return GAP | (1 << 3)
  // E2 holds punctuation and signs, E3 80 the Chinese and Japanese kind; the rest are letters without case.
  if (first === 0xe2 || first === 0xef || (first === 0xe3 && next === 0x80)) return GAP | (3 << 3)
  if (first === 0xe1 && next >= 0xb8 && next <= 0xbb)
    return (third & 1 ? LOWER : UPPER) | (3 << 3) | (vietnamese(next, third) << 8)
  return LOWER | (3 << 3) | ((((first << 12) ^ (next << 6) ^ third) & 0xffff) << 8)
}

function twoBytes(first: number, next: number): number {
  if (first === 0xc2) return GAP | (2 << 3)
  if (first <= 0xc5) {
    const index = ((first - 0xc3) << 6) | (next & 63)
    const letter = wide[index] ?? 0
    if (letter === 0) return GAP | (2 << 3)
    const upper = first === 0xc3 ? next < 0x9f : isUpperExtended(first, next)
    return (upper ? UPPER : LOWER) | (2 << 3) | (letter << 8)
  }
  // Accents that stand by themselves behind their letter (decomposed forms) say nothing.
  if (first === 0xcc || (first === 0xcd && next < 0xb0)) return LOWER | (2 << 3)
  return otherScript(first, next)
}

function isUpperExtended(first: number, next: number): boolean {
  const point = ((first & 31) << 6) | (next & 63)
  if (point >= 0x139 && point <= 0x148) return (point & 1) === 1
  if (point === 0x178 || point === 0x179 || point === 0x17b || point === 0x17d) return true
  if (point > 0x178) return false
  return (point & 1) === 0
}

/** Greek and Cyrillic with their case; other scripts as letters without. */
function otherScript(first: number, next: number): number {
  const point = ((first & 31) << 6) | (next & 63)
  if (point >= 0x391 && point <= 0x3a9) return UPPER | (2 << 3) | ((point + 32) << 8)
  if (point >= 0x410 && point <= 0x42f) return UPPER | (2 << 3) | ((point + 32) << 8)
  if (point >= 0x400 && point <= 0x40f) return UPPER | (2 << 3) | ((point + 80) << 8)
  return LOWER | (2 << 3) | (point << 8)
}

/** The base letter of the Vietnamese letters of U+1EA0 to U+1EF9. */
function vietnamese(next: number, third: number): number {
  const point = ((next & 63) << 6) | (third & 63)
  if (point < 0xea0) return 110
  if (point < 0xeb8) return 97
  if (point < 0xec8) return 101
  if (point < 0xecc) return 105
  if (point < 0xee4) return 111
  return point < 0xef2 ? 117 : 121
}

export const HASH_START = 0x811c9dc5 | 0

const SKIPPABLE = new Uint8Array(128)
for (const letter of [0, 101, 104, 115]) SKIPPABLE[letter] = 1

/** e after a, o, u (for ä, ö, ü), s after s (for ß), h after t (for þ, and Thorsten is Torsten), and accents that stand by themselves. */
export function skips(letter: number, previous: number): boolean {
  if (SKIPPABLE[letter & 127] === 0) return false
  if (letter === 101) return previous === 97 || previous === 111 || previous === 117
  if (letter === 104) return previous === 116
  return letter === 0 || (letter === 115 && previous === 115)
}

/** Spreads the state over all 32 bits; the result, a signed number (those need no box), is the hash of the word. */
export function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** Hash of the letters and digits in bytes [start, end); all else in it is passed over. */
export function hashWord(bytes: Uint8Array, start: number, end: number): number {
  return finish(walk(bytes, start, end, HASH_START, 0))
}

/** The last letter that `walk` saw. */
let last = 0

function walk(bytes: Uint8Array, start: number, end: number, state: number, before: number): number {
  let hash = state
  let previous = before
  for (let at = start; at < end;) {
    const byte = bytes[at] ?? 0
    const kind = kinds[byte] ?? 0
    let letter = folded[byte] ?? 0
    if (kind === WIDE) {
      const found = wideLetter(bytes, at, end)
      at += (found >> 3) & 7
      if ((found & 7) === GAP) continue
      letter = found >> 8
    } else {
      at += 1
      if (kind === GAP) continue
    }
    if (!skips(letter, previous)) hash = Math.imul(hash ^ letter, 0x01000193)
    if (letter !== 0) previous = letter
  }
  last = previous
  return hash
}

/** Hash of the letters of two ranges as one word: `a` + `weber`. */
export function hashPair(bytes: Uint8Array, start: number, end: number, from: number, to: number): number {
  const state = walk(bytes, start, end, HASH_START, 0)
  return finish(walk(bytes, from, to, state, last))
}
