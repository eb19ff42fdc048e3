/**
 * Finds what the detectors know in running text: one pass over the bytes that stops at anchors only.
 */
import { addSpan, type Spans } from '../text/spans.ts'
import { classOf, digit, flags, fullWidthAt, isDigit, skip } from './bytes.ts'
import type { Detector, Range, StructureDetector } from './detector.ts'
import { makeIdentifierSearch, type FoundIdentifier } from './find-identifier.ts'
import { isStructure } from './registry.ts'

/** Finds what its detectors detect. Keeps buffers: one per worker. */
export interface Finder {
  readonly detectors: readonly Detector[]
  /** Appends to `spans` what is in bytes [start, end), ascending, without overlap; types are indices of `detectors`. */
  find(bytes: Uint8Array, start: number, end: number, spans: Spans): void
  /** Whether there is any place in [start, end) at which `find` would look more closely. */
  suspicious(bytes: Uint8Array, start: number, end: number): boolean
}

/** `_`, `-`, `.`, `@`, `+`, `%`, `\`: what ties a UUID to what stands beside it. */
const tied = new Set([95, 45, 46, 64, 43, 37, 92])

const digitKind = 1
const markKind = 2

export function makeFinder(detectors: readonly Detector[]): Finder {
  const identifiers = makeIdentifierSearch(detectors)
  const structures = detectors
    .map((detector, index) => ({ detector, index }))
    .filter((one): one is Placed => isStructure(one.detector))
  const atDigit = structures.filter(({ detector }) => detector.anchors[48] === 1)
  const { runMask, longMask, nextMask, beforeMask } = digitMasks(atDigit.map(({ detector }) => detector))
  const marks = markTable(structures)
  const kinds = kindTable(marks)
  const uuidDetector = structures.find(({ detector }) => detector.id === 'uuid')
  const found: Range = { start: 0, end: 0 }
  if (identifiers !== undefined) kinds[0xef] = markKind

  /** The best that was found at the anchor looked at. */
  let bestStart = 0
  let bestEnd = 0
  let bestType = -1

  function find(bytes: Uint8Array, start: number, end: number, spans: Spans): void {
    const floor = spans.count
    identifiers?.begin()
    let place = start
    while (place < end) {
      const kind = kinds[bytes[place] ?? 0]
      if (kind === 0) {
        place++
        continue
      }
      bestType = -1
      const next = kind === digitKind ? lookAtDigits(bytes, place, start, end) : lookAtMark(bytes, place, start, end)
      place = bestType < 0 ? next : Math.max(next, settle(spans, floor))
    }
  }

  /** Appends the best; what it covers goes, and where it only overlaps it gives way. Returns where to go on. */
  function settle(spans: Spans, floor: number): number {
    while (spans.count > floor && (spans.end[spans.count - 1] ?? 0) > bestStart) {
      const last = spans.count - 1
      if ((spans.start[last] ?? 0) < bestStart || (spans.end[last] ?? 0) > bestEnd) return 0
      spans.count--
    }
    addSpan(spans, bestStart, bestEnd, bestType)
    return bestEnd
  }

  function lookAtMark(bytes: Uint8Array, at: number, start: number, end: number): number {
    if (bytes[at] === 0xef && classOf[fullWidthAt(bytes, at, end)] === digit)
      return lookAtWideDigits(bytes, at, start, end)
    for (const { detector, index } of marks[bytes[at] ?? 0] ?? []) {
      if (detector.find(bytes, at, start, end, found)) keep(index)
    }
    return at + 1
  }

  /** Digits in full width, U+FF10–FF19: numbers only, no dates or addresses are written so. */
  function lookAtWideDigits(bytes: Uint8Array, at: number, start: number, end: number): number {
    for (const { detector, index } of atDigit) {
      if (detector.first?.runs === undefined && detector.find(bytes, at, start, end, found)) keep(index)
    }
    if (identifiers !== undefined) {
      identifiers.lookFrom(bytes, at, start, end)
      keepIdentifier(identifiers.found)
    }
    let to = at + 3
    while (classOf[fullWidthAt(bytes, to, end)] === digit) to += 3
    return to
  }

  /** Keeps what was found when it is longer than the best so far. */
  function keep(index: number): void {
    if (bestType >= 0 && found.end - found.start <= bestEnd - bestStart) return
    bestStart = found.start
    bestEnd = found.end
    bestType = index
  }

  function lookAtDigits(bytes: Uint8Array, at: number, start: number, end: number): number {
    const to = skip(bytes, at, end, digit)
    const size = Math.min(to - at, 31)
    if (size === 4 && isMoment(bytes, at, end)) return momentEnd(bytes, at + 11, end)
    if (to - at < 9) {
      const past = uuidPast(bytes, at, start, end)
      if (past > 0) return lookAtUuid(bytes, at, past, start, end)
    }
    const before = at > start ? (bytes[at - 1] ?? 0) : 0
    const next = (nextMask[to < end ? (bytes[to] ?? 0) : 0] ?? 0) | (longMask[size] ?? 0)
    let mask = (runMask[size] ?? 0) & next & (beforeMask[before] ?? 0)
    while (mask !== 0) {
      const bit = 31 - Math.clz32(mask & -mask)
      mask &= mask - 1
      const one = atDigit[bit]
      if (one !== undefined && one.detector.find(bytes, at, start, end, found)) keep(one.index)
    }
    if (identifiers !== undefined) {
      identifiers.look(bytes, at, to, start, end)
      keepIdentifier(identifiers.found)
    }
    return to
  }

  /** Nothing but the UUID itself is looked for in one, and that only where a plan names it. */
  function lookAtUuid(bytes: Uint8Array, at: number, past: number, start: number, end: number): number {
    if (uuidDetector !== undefined && uuidDetector.detector.find(bytes, past - 28, start, end, found))
      keep(uuidDetector.index)
    return Math.max(past, at + 1)
  }

  /** Keeps an identifier where nothing longer was found, or nothing as certain. */
  function keepIdentifier(one: FoundIdentifier): void {
    if (one.type < 0) return
    const size = one.end - one.start
    const best = bestEnd - bestStart
    if (bestType >= 0 && (size < best || (size === best && !one.certain))) return
    bestStart = one.start
    bestEnd = one.end
    bestType = one.type
  }

  function suspicious(bytes: Uint8Array, start: number, end: number): boolean {
    if (end > start && classOf[bytes[start] ?? 0] === digit) {
      const to = skip(bytes, start, end, digit)
      if (
        isAmount(bytes, start, to, end) ||
        (to - start === 4 && isMoment(bytes, start, end) && isMomentToEnd(bytes, start, end))
      )
        return false
    }
    for (let place = start; place < end; place++) if (kinds[bytes[place] ?? 0] !== 0) return true
    return false
  }

  return { detectors, find, suspicious }
}

interface Placed {
  readonly detector: StructureDetector
  readonly index: number
}

/** Detectors as bits: by the length of the run of digits, by the byte behind it, by the byte before it. */
interface DigitMasks {
  readonly runMask: Int32Array
  /** Those that do not mind what follows so long a run. */
  readonly longMask: Int32Array
  readonly nextMask: Int32Array
  readonly beforeMask: Int32Array
}

/** Which detectors (bits) are asked at runs of digits of a length, and before a byte. */
function digitMasks(asked: readonly StructureDetector[]): DigitMasks {
  const runMask = new Int32Array(32)
  const longMask = new Int32Array(32)
  const nextMask = new Int32Array(256)
  const beforeMask = new Int32Array(256)
  for (const [bit, { first }] of asked.entries()) {
    const [least, most] = first?.runs ?? [1, 31]
    for (let size = least; size <= most; size++) runMask[size] = (runMask[size] ?? 0) | (1 << bit)
    for (let size = first?.unless ?? 32; size < 32; size++) longMask[size] = (longMask[size] ?? 0) | (1 << bit)
    for (let byte = 0; byte < 256; byte++) {
      if (first?.next === undefined || first.next[byte] === 1) nextMask[byte] = (nextMask[byte] ?? 0) | (1 << bit)
      if (first?.before === undefined || first.before[byte] === 1)
        beforeMask[byte] = (beforeMask[byte] ?? 0) | (1 << bit)
    }
  }
  return { runMask, longMask, nextMask, beforeMask }
}

/** For each byte that is no digit the detectors that are asked there. */
function markTable(structures: readonly Placed[]): readonly (readonly Placed[])[] {
  return Array.from({ length: 256 }, (_, byte) =>
    classOf[byte] === digit ? [] : structures.filter(({ detector }) => detector.anchors[byte] === 1),
  )
}

function kindTable(marks: readonly (readonly Placed[])[]): Uint8Array {
  return Uint8Array.from(marks, (asked, byte) =>
    classOf[byte] === digit ? digitKind : asked.length > 0 ? markKind : 0,
  )
}

/** 1 for hexadecimal digits. */
const hex = flags('0123456789abcdefABCDEF')

/**
 * The end of the UUID in whose first group the first digit at `at` is, 0 where there is none. What has a letter, a digit or an underscore
 * on either side is something longer.
 */
function uuidPast(bytes: Uint8Array, at: number, start: number, end: number): number {
  let from = at
  while (from > start && at - from < 8 && hex[bytes[from - 1] ?? 0] === 1) from--
  if (from + 36 > end || bytes[from + 8] !== 45 || bytes[from + 13] !== 45 || bytes[from + 18] !== 45) return 0
  if (bytes[from + 23] !== 45 || (from > start && goesOn[bytes[from - 1] ?? 0] === 1)) return 0
  if (from + 36 < end && goesOn[bytes[from + 36] ?? 0] === 1) return 0
  for (let i = from; i < from + 36; i++) {
    if (hex[bytes[i] ?? 0] !== 1 && i !== from + 8 && i !== from + 13 && i !== from + 18 && i !== from + 23) return 0
  }
  return from + 36
}

/** 1 for what makes a UUID a part of something else: a mail address, a token, a name. */
const goesOn = Uint8Array.from(classOf, (kind, byte) => (kind !== 0 || tied.has(byte) ? 1 : 0))

/**
 * Whether a moment stands at `at`, `2026-11-23T01:36:07` or with a space: nothing in it is looked for. Midnight may be a birthday
 * written by a machine and is not passed over.
 */
function isMoment(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 16 > end || bytes[at + 4] !== 45 || bytes[at + 7] !== 45 || bytes[at + 13] !== 58) return false
  const mark = bytes[at + 10]
  if (mark !== 84 && mark !== 32) return false
  for (const place of momentDigits) if (!isDigit(bytes[at + place] ?? 0)) return false
  return bytes[at + 11] !== 48 || bytes[at + 12] !== 48 || bytes[at + 14] !== 48 || bytes[at + 15] !== 48
}

/** Whether nothing but a moment stands in [at, end): with a Z at most. */
function isMomentToEnd(bytes: Uint8Array, at: number, end: number): boolean {
  const to = momentEnd(bytes, at + 11, end)
  return to === end || (to + 1 === end && bytes[to] === 90)
}

/** So few digits are of no number that is known without a word, which is not there. */
const fewest = 6

/** Whether the value is up to six digits and no more, perhaps with a dot among them; `to`: the end of the first. */
function isAmount(bytes: Uint8Array, start: number, to: number, end: number): boolean {
  if (end - start > fewest + 1) return false
  if (to === end) return end - start <= fewest
  return bytes[to] === 46 && skip(bytes, to + 1, end, digit) === end
}

const momentDigits = [5, 6, 8, 9, 11, 12, 14, 15]

/** The end of the time of day at `at`, with seconds, fractions and the zone. */
function momentEnd(bytes: Uint8Array, at: number, end: number): number {
  let to = at + 5
  if (to + 2 < end && bytes[to] === 58 && isDigit(bytes[to + 1] ?? 0)) to = skip(bytes, to + 1, end, digit)
  if (to + 1 < end && (bytes[to] === 46 || bytes[to] === 44) && isDigit(bytes[to + 1] ?? 0))
    to = skip(bytes, to + 1, Math.min(end, to + 11), digit)
  return to
}
