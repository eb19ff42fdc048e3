/**
 * Looks for identifiers in running text: from the group of letters and digits around a digit on, in compact form, by length.
 */
import { alnum, classOf, digit, letter, lower, separatorAt, separatorBefore, skip, upper } from './bytes.ts'
import { digits, same } from './checks.ts'
import { compactCapacity, compactWindow, makeCompact } from './compact.ts'
import { isDirect, isNear, makeNear, readNear, thingWords, wordSet, type Words32 } from './cues.ts'
import type { Detector, IdentifierDetector } from './detector.ts'
import { ibanLength } from './finance.ts'
import { mixedNeedsCueAbove, needsCueAbove } from './identifier.ts'
import { makeLengthTable } from './registry.ts'

/** Words that stand before the numbers of persons of any kind. */
const personWords = wordSet(`
  personnummer personalnummer persnr personenkennzahl identifikationsnummer sozialversicherung sozialversicherungsnummer versicherungsnummer steuer steuerid steuernummer tin taxid
  taxnumber taxno taxpayer nin ssn nationalid nationalidnumber personalid personalidentification personalnumber idnumber idno identitynumber socialsecurity socialsecuritynumber
  securitynumber insurancenumber nationalinsurance passport ausweis ausweisnummer identité identifiant sécurité sécu sociale fiscal fiscale citoyen citizen
`)

/**
 * Digits alone, up to this length, need more than a single check digit where nothing is said about them: many things have such numbers,
 * and with the numbers of thirty countries one in some hundred random ones would be somebody's. Groups are more telling.
 */
const bareLength = 13
const bareChance = 1 / 280
const groupedChance = 1 / 130
/** From this length on a number that begins with letters, countries among them, is beyond doubt. */
const certainLength = 15

/** What was found: the index of its detector, −1 where there is nothing. */
export interface FoundIdentifier {
  type: number
  start: number
  end: number
  /** Beyond doubt: one of its words stands near, or its check digits leave none. */
  certain: boolean
}

export interface IdentifierSearch {
  readonly found: FoundIdentifier
  /** Forgets where it looked last: another text begins. */
  begin(): void
  /** Looks around the run of digits [at, to). */
  look(bytes: Uint8Array, at: number, to: number, start: number, end: number): void
  /** Looks from `at` on only. */
  lookFrom(bytes: Uint8Array, at: number, start: number, end: number): void
}

export function makeIdentifierSearch(detectors: readonly Detector[]): IdentifierSearch | undefined {
  const table = makeLengthTable(detectors)
  if (!table.any.includes(1)) return undefined
  const cues: Words32[] = detectors.map((one) =>
    one.family === 'identifier' ? wordSet(one.cues.join(' ')) : new Set<number>(),
  )
  const compact = makeCompact()
  const near = makeNear()
  const found: FoundIdentifier = { type: -1, start: 0, end: 0, certain: false }
  /** Begin of the group of letters and digits that was last taken for an identifier's first. */
  let triedAt = -1

  function begin(): void {
    triedAt = -1
  }

  function look(bytes: Uint8Array, at: number, to: number, start: number, end: number): void {
    found.type = -1
    if (isShortAlone(bytes, at, to, start, end)) return
    const limit = Math.max(start, at - compactCapacity)
    let first = at
    while (first > limit && ((classOf[bytes[first - 1] ?? 0] ?? 0) & alnum) !== 0) first--
    if (
      first === triedAt ||
      (first === limit && first > start && ((classOf[bytes[first - 1] ?? 0] ?? 0) & alnum) !== 0)
    )
      return
    triedAt = first
    const last = skip(bytes, to, Math.min(end, to + compactCapacity), alnum)
    if (!isWritten(bytes, first, last)) return
    const goesOn = isFollowed(bytes, last, end)
    if (goesOn ? mayBegin(bytes, first, last, start) : isPossible(bytes, first, last - first))
      tryFrom(bytes, first, start, end)
    if ((goesOn || last - first > 3) && separatorBefore(bytes, first, start) > 0) tryLetters(bytes, first, start, end)
  }

  /** Whether a group of so many characters may be an identifier alone. */
  function isPossible(bytes: Uint8Array, first: number, size: number): boolean {
    const lists = (bytes[first] ?? 0) < 58 ? table.digit : table.letter
    return (lists[size]?.length ?? 0) > 0
  }

  /**
   * Tries the one or two short groups of letters before `first` as the begin: `DE 123`, `QQ 12 34`, `RSS MRA 85T10`. Small letters only
   * where they are a country's: most short words are none.
   */
  function tryLetters(bytes: Uint8Array, first: number, start: number, end: number): void {
    let from = first
    for (let i = 0; i < 2; i++) {
      const gap = separatorBefore(bytes, from, start)
      if (gap === 0) return
      const to = from - gap
      let begins = to
      while (begins > start && to - begins < 7 && ((classOf[bytes[begins - 1] ?? 0] ?? 0) & letter) !== 0) begins--
      const size = to - begins
      if (size === 0 || (size > 3 && size !== 6)) return
      if (begins > start && ((classOf[bytes[begins - 1] ?? 0] ?? 0) & alnum) !== 0) return
      const small = skip(bytes, begins, to, upper) < to
      if (small ? size !== 2 || !isCountry(bytes, begins) : size === 6 && classOf[bytes[first + 2] ?? 0] !== upper)
        return
      tryFrom(bytes, begins, start, end)
      from = begins
    }
  }

  /** Looks for the longest identifier that begins at `first`. */
  function tryFrom(bytes: Uint8Array, first: number, start: number, end: number): void {
    compactWindow(bytes, first, end, compact)
    const lists = (compact.bytes[0] ?? 0) < 58 ? table.digit : table.letter
    for (let n = compact.length; n > 5; n--) {
      if (compact.ends[n - 1] === 0 || table.any[n] === 0) continue
      const list = lists[n]
      if (list === undefined || list.length === 0 || isUnit(n)) continue
      const type = judge(list, n, bytes, first, start, end)
      if (type >= 0) return
    }
  }

  /** Whether the first n characters are digits first and a group that ends in three letters last: `2180.28 EUR`. */
  function isUnit(n: number): boolean {
    const { bytes, groups } = compact
    if ((bytes[0] ?? 0) > 57 || groups[n - 1] === 0 || groups[n - 1] !== groups[n - 3]) return false
    return (bytes[n - 1] ?? 0) > 57 && (bytes[n - 2] ?? 0) > 57 && (bytes[n - 3] ?? 0) > 57
  }

  /** The first of the list that takes the first n characters, where its surroundings allow it. */
  function judge(list: Uint16Array, n: number, bytes: Uint8Array, first: number, start: number, end: number): number {
    if (same(compact.bytes, 0, n)) return -1
    let chosen = -1
    let certain = false
    const to = compact.after[n - 1] ?? 0
    let read = false
    let limit = 1
    for (const index of list) {
      const detector = detectors[index]
      if (detector?.family !== 'identifier') continue
      // The list is ascending.
      if (detector.chance > limit) break
      if (!detector.valid(compact.bytes, 0, n)) continue
      if (!read) {
        readNear(bytes, first, to, start, end, near)
        read = true
        if (near.count === 0) limit = loneChance(n)
      }
      certain = near.count > 0 && isCued(index)
      if (!certain && near.count > 0 && isMeantOtherwise(list, n)) return -1
      if (!certain && (chosen >= 0 || !countsAlone(detector, n, bytes, first, to, start, end))) continue
      chosen = index
      if (certain) break
    }
    if (chosen >= 0) take(chosen, first, to, certain || n >= certainLength)
    return chosen
  }

  /** Above which chance the first n characters count for nothing where no word is near at all: see `countsAlone`. */
  function loneChance(n: number): number {
    if (!digits(compact.bytes, 0, n)) return mixedNeedsCueAbove
    if (n > bareLength) return needsCueAbove
    return compact.groups[n - 1] === 0 ? bareChance : groupedChance
  }

  /** Whether one of the detector's words is near, nearer than a word for a thing's number. */
  function isCued(index: number): boolean {
    const own = cues[index]
    if (own === undefined) return false
    if (isDirect(near, own)) return true
    return !isDirect(near, thingWords) && isNear(near, own)
  }

  /** Whether a word says that it is an identifier of this length that its check digits refuse: then it is no other by chance. */
  function isMeantOtherwise(list: Uint16Array, n: number): boolean {
    for (const index of list) {
      const detector = detectors[index]
      if (detector?.family === 'identifier' && isCued(index) && !detector.valid(compact.bytes, 0, n)) return true
    }
    return false
  }

  function countsAlone(
    detector: IdentifierDetector,
    n: number,
    bytes: Uint8Array,
    first: number,
    to: number,
    start: number,
    end: number,
  ): boolean {
    const begins = compact.bytes[0] ?? 0
    const mixed = !digits(compact.bytes, 0, n)
    if (detector.chance > (mixed ? mixedNeedsCueAbove : needsCueAbove)) return false
    if (begins > 57 && n >= certainLength) return true
    const said = detector.chance <= bareChance && isDirect(near, personWords)
    if (!said && (isJoined(bytes, first, to, start, end) || isDirect(near, thingWords))) return false
    if (!mixed && compact.groups[n - 1] !== 0 && followsDigits(bytes, first, start)) return false
    if (mixed || n > bareLength) return true
    return detector.chance <= (compact.groups[n - 1] === 0 ? bareChance : groupedChance)
  }

  function take(type: number, from: number, to: number, certain: boolean): void {
    if (found.type >= 0 && to - from <= found.end - found.start) return
    found.type = type
    found.start = from
    found.end = to
    found.certain = certain
  }

  function lookFrom(bytes: Uint8Array, at: number, start: number, end: number): void {
    found.type = -1
    tryFrom(bytes, at, start, end)
  }

  return { found, begin, look, lookFrom }
}

/** Flags of bytes that end a row of groups on both sides: no letter, digit or separator, nothing beyond ASCII. */
const ends = Uint8Array.from(classOf, (kind, byte) => (kind === 0 && byte !== 32 && (byte < 45 || byte > 47) ? 1 : 0))

/** Whether up to five digits stand for themselves: no identifier is as short. */
function isShortAlone(bytes: Uint8Array, at: number, to: number, start: number, end: number): boolean {
  if (to - at > 5 || (to < end && ends[bytes[to] ?? 0] !== 1)) return false
  return (
    at === start ||
    ends[bytes[at - 1] ?? 0] === 1 ||
    (to - at < 4 && ((classOf[bytes[at - 1] ?? 0] ?? 0) & alnum) === 0)
  )
}

/** Whether a group of digits stands directly before: then this row is the rest of a longer one. */
function followsDigits(bytes: Uint8Array, first: number, start: number): boolean {
  const gap = separatorBefore(bytes, first, start)
  return gap > 0 && first - gap > start && classOf[bytes[first - gap - 1] ?? 0] === digit
}

/**
 * Whether a row of groups may begin with this one. Behind a dot or dash with a digit before it, a short one is the middle of a row that was
 * looked at from its begin, or of a version.
 */
function mayBegin(bytes: Uint8Array, first: number, last: number, start: number): boolean {
  if (last - first > 3 || first - 2 < start) return true
  const mark = bytes[first - 1] ?? 0
  return (mark !== 46 && mark !== 45 && mark !== 47) || classOf[bytes[first - 2] ?? 0] !== digit
}

/**
 * Whether a group is written as identifiers are: in capitals, with one small letter at most, or as a country and digits. Most
 * groups of letters and digits in logs are hexadecimal and end here.
 */
function isWritten(bytes: Uint8Array, first: number, last: number): boolean {
  let small = 0
  for (let i = first; i < last && small < 2; i++) if (classOf[bytes[i] ?? 0] === lower) small++
  if (small < 2) return true
  return isCountry(bytes, first) && last - first > 3 && ((classOf[bytes[first + 3] ?? 0] ?? 0) & digit) !== 0
}

const pair = new Uint8Array(2)

/** Whether the two letters at `at` are those of a country with accounts. */
function isCountry(bytes: Uint8Array, at: number): boolean {
  pair[0] = (bytes[at] ?? 0) & 0xdf
  pair[1] = (bytes[at + 1] ?? 0) & 0xdf
  return ibanLength(pair, 0) > 0
}

/** Whether a separator and then a digit or a capital stand at `at`. */
function isFollowed(bytes: Uint8Array, at: number, end: number): boolean {
  let place = at
  for (let i = 0; i < 3; i++) {
    const size = separatorAt(bytes, place, end)
    if (size === 0) break
    place += size
  }
  if (place === at || place >= end) return false
  const byte = bytes[place] ?? 0
  return ((classOf[byte] ?? 0) & (digit | upper)) !== 0 || byte === 0xef
}

/** Whether the range is a part of something longer: `RE-2024-123`, `1.234`, `a_123`, a UUID. */
function isJoined(bytes: Uint8Array, from: number, to: number, start: number, end: number): boolean {
  if (from > start && joins(bytes[from - 1] ?? 0, from - 2 >= start ? (bytes[from - 2] ?? 0) : 0)) return true
  return to < end && joins(bytes[to] ?? 0, to + 1 < end ? (bytes[to + 1] ?? 0) : 0)
}

function joins(mark: number, beyond: number): boolean {
  if (mark === 95) return true
  const kind = classOf[beyond] ?? 0
  if (mark === 45 || mark === 64) return (kind & alnum) !== 0
  return (mark === 46 || mark === 44 || mark === 47) && kind === digit
}
