/**
 * Cuts running text into words: columns of numbers, reused. A word is a run of letters and digits; what lies between two
 * words is kept as bits, because a hyphen, a dot or a line end there says what the second has to do with the first.
 */
import { finish, folded, GAP, HASH_START, kinds, UPPER, WIDE, wideLetter } from '../names/fold.ts'

export interface Tokens {
  count: number
  start: Int32Array
  end: Int32Array
  /** Hash of the folded word (`names/fold.ts`). */
  hash: Int32Array
  /** Hash without a final s, for the genitive; 0 where there is none. */
  stem: Int32Array
  /** How it is written: one of the shapes below. */
  shape: Uint8Array
  /** Letters and digits in it. */
  letters: Uint8Array
  /** What lies before it, as bits. */
  gap: Uint16Array
}

export const SMALL = 0
export const CAPITAL = 1
export const ALL_CAPITALS = 2
export const INITIAL = 3
export const MIXED = 4
export const WITH_DIGIT = 5
export const NUMBER = 6

export const SPACE = 1
export const LINE_END = 2
export const COMMA = 4
/** Full stop, exclamation or question mark. */
export const STOP = 8
export const HYPHEN = 16
export const APOSTROPHE = 32
export const COLON = 64
export const EQUALS = 128
export const QUOTE = 256
export const LESS = 512
export const AT = 1024
export const UNDERSCORE = 2048
/** Slashes, brackets, semicolons and everything else. */
export const OTHER = 4096
export const START_OF_TEXT = 8192
/** More than one space. */
export const WIDE_SPACE = 16_384

const gapBits = makeGapBits()

function makeGapBits(): Uint16Array {
  const bits = new Uint16Array(256).fill(OTHER)
  const set = (characters: string, bit: number): void => {
    for (const character of characters) bits[character.charCodeAt(0)] = bit
  }
  set(' ', SPACE)
  set('\t', SPACE | WIDE_SPACE)
  set('\n\r', LINE_END)
  set(',', COMMA)
  set('.!?', STOP)
  set('-', HYPHEN)
  set("'`", APOSTROPHE)
  set(':', COLON)
  set('=', EQUALS)
  set('"', QUOTE)
  set('<', LESS)
  set('@', AT)
  set('_', UNDERSCORE)
  return bits
}

export function makeTokens(capacity = 1024): Tokens {
  return {
    count: 0,
    start: new Int32Array(capacity),
    end: new Int32Array(capacity),
    hash: new Int32Array(capacity),
    stem: new Int32Array(capacity),
    shape: new Uint8Array(capacity),
    letters: new Uint8Array(capacity),
    gap: new Uint16Array(capacity),
  }
}

function grow(tokens: Tokens): void {
  const bigger = makeTokens(tokens.start.length * 2)
  bigger.start.set(tokens.start)
  bigger.end.set(tokens.end)
  bigger.hash.set(tokens.hash)
  bigger.stem.set(tokens.stem)
  bigger.shape.set(tokens.shape)
  bigger.letters.set(tokens.letters)
  bigger.gap.set(tokens.gap)
  Object.assign(tokens, { ...bigger, count: tokens.count })
}

/** Bits of a gap character beyond ASCII: spaces that do not break, typographic quotes, hyphens and dashes. */
function wideGap(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  const second = bytes[at + 1] ?? 0
  if (first === 0xc2) return second === 0xa0 ? SPACE : second === 0xab || second === 0xbb ? QUOTE : OTHER
  if (first !== 0xe2 || second !== 0x80) return OTHER
  const third = bytes[at + 2] ?? 0
  if (third === 0x99 || third === 0x98) return APOSTROPHE
  if (third === 0x90 || third === 0x91) return HYPHEN
  if (third === 0xaf || third === 0x89) return SPACE
  return third >= 0x9c && third <= 0x9f ? QUOTE : OTHER
}

function shapeOf(seen: number, twice: number, capitalFirst: boolean): number {
  if ((seen & DIGIT_BIT) !== 0) return (seen & (UPPER_BIT | LOWER_BIT)) === 0 ? NUMBER : WITH_DIGIT
  if ((seen & UPPER_BIT) === 0) return SMALL
  if (!capitalFirst) return MIXED
  const lower = (seen & LOWER_BIT) !== 0
  if ((twice & UPPER_BIT) === 0) return lower ? CAPITAL : INITIAL
  return lower ? MIXED : ALL_CAPITALS
}

/** Fills `tokens` with the words of bytes [start, end). */
export function tokenise(bytes: Uint8Array, start: number, end: number, tokens: Tokens): void {
  tokens.count = 0
  let at = start
  let gap = START_OF_TEXT
  while (at < end) {
    const byte = bytes[at] ?? 0
    const kind = kinds[byte] ?? 0
    if (kind === GAP) {
      const bits = gapBits[byte] ?? 0
      gap |= bits & gap & SPACE ? bits | WIDE_SPACE : bits
      at += 1
      continue
    }
    if (kind === WIDE) {
      const letter = wideLetter(bytes, at, end)
      if ((letter & 7) === GAP) {
        gap |= wideGap(bytes, at)
        at += Math.max(1, (letter >> 3) & 7)
        continue
      }
    }
    at = word(bytes, at, end, gap, tokens)
    gap = 0
  }
}

/**
 * Per byte, so that one look says all: the folded letter in bits 0–7, its kind in the bits below, and which letters say nothing
 * behind which (`skips`) as two small numbers: a letter is left out when its own is that of the letter before. 0 ends a word.
 */
const UPPER_BIT = 256
const LOWER_BIT = 512
const DIGIT_BIT = 1024
const WIDE_BIT = 2048
const ASCII = UPPER_BIT | LOWER_BIT | DIGIT_BIT
const OWN = 12
const AFTER = 14
const infos = makeInfos()

function makeInfos(): Uint32Array {
  const bit: readonly number[] = [0, LOWER_BIT, UPPER_BIT, DIGIT_BIT, WIDE_BIT]
  const table = new Uint32Array(256)
  for (let byte = 0; byte < 256; byte += 1) {
    const kind = kinds[byte] ?? 0
    const letter = folded[byte] ?? 0
    if (kind !== GAP) table[byte] = (kind === WIDE ? 0 : letter | (pairs(letter) << OWN)) | (bit[kind] ?? 0)
  }
  return table
}

/** The letter's own number and, two bits higher, the number of the letters that it silences. */
function pairs(letter: number): number {
  const own = letter === 101 ? 1 : letter === 115 ? 2 : letter === 104 ? 3 : 0
  const after = letter === 97 || letter === 111 || letter === 117 ? 1 : letter === 115 ? 2 : letter === 116 ? 3 : 4
  return own | (after << 2)
}

/** Reads the word that begins at `start`; returns where it ends. */
function word(bytes: Uint8Array, start: number, end: number, gap: number, tokens: Tokens): number {
  let at = start
  let hash = HASH_START
  let before = HASH_START
  let previous = 4
  let letter = 0
  let seen = 0
  /** The bits of what was seen more than once. */
  let twice = 0
  /** Bytes that are no letter of their own. */
  let extra = 0
  for (;;) {
    let info = 0
    // ASCII, nearly all there is.
    for (; at < end; at += 1) {
      info = infos[bytes[at] ?? 0] ?? 0
      if ((info & ASCII) === 0) break
      letter = info & 255
      twice |= seen & info
      seen |= info
      if (((info >> OWN) & 3) !== previous) {
        before = hash
        hash = Math.imul(hash ^ letter, 0x01000193)
      }
      previous = info >> AFTER
    }
    if (at >= end || info === 0) break
    const found = wideLetter(bytes, at, end)
    const kind = found & 7
    if (kind === GAP) break
    const size = (found >> 3) & 7
    at += size
    extra += size - 1
    letter = found >> 8
    // An accent by itself.
    if (letter === 0) continue
    const bit = kind === UPPER ? UPPER_BIT : LOWER_BIT
    twice |= seen & bit
    seen |= bit
    const pair = letter < 128 ? pairs(letter) : 16
    if ((pair & 3) !== previous) {
      before = hash
      hash = Math.imul(hash ^ letter, 0x01000193)
    }
    previous = pair >> 2
  }
  if (tokens.count === tokens.start.length) grow(tokens)
  const index = tokens.count
  const length = at - start - extra
  tokens.start[index] = start
  tokens.end[index] = at
  tokens.hash[index] = finish(hash)
  tokens.stem[index] = letter === 115 && length > 2 ? finish(before) : 0
  tokens.shape[index] = shapeOf(seen, twice, (seen & UPPER_BIT) !== 0 && isCapital(bytes, start, end))
  tokens.letters[index] = length > 255 ? 255 : length
  tokens.gap[index] = gap
  tokens.count = index + 1
  return at
}

function isCapital(bytes: Uint8Array, at: number, end: number): boolean {
  const kind = kinds[bytes[at] ?? 0] ?? 0
  return kind === WIDE ? (wideLetter(bytes, at, end) & 7) === UPPER : kind === UPPER
}
