/**
 * Finds the values of a record in the record's own text: the name in any part of it, any case, with or without accents, in the
 * genitive, as initial and family name, as a login made of both; the telephone number with other separators; places and streets as a whole.
 */
import type { Links } from '../text/engine.ts'
import * as gap from '../text/tokens.ts'
import { folded, hashPair, hashWord, wideLetter } from './fold.ts'
import { ENGLISH, FRENCH, GERMAN, HARMLESS, PARTICLE, ROLE, TITLE } from './gazetteer.ts'
import type { Gazetteer } from './gazetteer.ts'
import { TAKEN } from './page.ts'
import type { Page } from './page.ts'
import { makePhones } from './phones.ts'

const SLOTS = 1024
const MOST = 400
const WORD = GERMAN | ENGLISH | FRENCH | HARMLESS

/** Part of a name; one that is also a word, or of two letters, counts only where it is capitalised. */
const PART = 1
/** Made of two parts (`aweber`), or with digits: counts exactly, in any case. */
const MADE = 2
/** Part of a mail address: counts unless it is a word. */
const MAIL_PART = 3
/** First word of a value that counts as a whole. */
const WHOLE = 4
/** `von`, `de`: counts beside a part. */
const SMALL_PART = 5

export interface Linked {
  /** Whether the last `read` left anything to look for. */
  readonly any: boolean
  /** Takes in the values of a record. */
  read(links: Links): void
  /** Marks what of it is in the page. */
  mark(page: Page): void
}

/** `types`: the list that the links' types are indexes of; `name`: the mark of a name. */
export function makeLinked(names: Gazetteer, types: readonly string[], name: number): Linked {
  const hashes = new Int32Array(SLOTS)
  const kinds = new Uint8Array(SLOTS)
  const marks = new Uint16Array(SLOTS)
  /** For WHOLE: where its words are in `row`, and how many; for PART: 1 where small words belong before it. */
  const from = new Uint16Array(SLOTS)
  const many = new Uint8Array(SLOTS)
  const used = new Uint16Array(MOST)
  const row = new Int32Array(1024)
  const words = gap.makeTokens(64)
  const parts = new Int32Array(8)
  const phones = makePhones()
  let initials = 0
  let count = 0
  let rowLength = 0
  let partCount = 0
  /** The bytes that `parts` are in. */
  let partBytes: Uint8Array = new Uint8Array(0)

  function slotOf(hash: number): number {
    let slot = hash & (SLOTS - 1)
    while ((kinds[slot] ?? 0) !== 0 && hashes[slot] !== hash) slot = (slot + 1) & (SLOTS - 1)
    return slot
  }

  function put(hash: number, kind: number, mark: number): number {
    if (count === MOST) return -1
    const slot = slotOf(hash)
    const old = kinds[slot] ?? 0
    if (old !== 0 && old <= kind) return -1
    if (old === 0) {
      used[count] = slot
      count += 1
    }
    hashes[slot] = hash
    kinds[slot] = kind
    marks[slot] = mark
    return slot
  }

  function clear(): void {
    for (let index = 0; index < count; index += 1) kinds[used[index] ?? 0] = 0
    count = 0
    rowLength = 0
    partCount = 0
    initials = 0
    phones.clear()
  }

  function addName(bytes: Uint8Array, start: number, end: number): void {
    gap.tokenise(bytes, start, end, words)
    for (let index = 0; index < Math.min(words.count, 12); index += 1) {
      const hash = words.hash[index] ?? 0
      const cue = names.cue(hash)
      const letters = words.letters[index] ?? 0
      const shape = words.shape[index] ?? 0
      if ((cue & PARTICLE) !== 0 && letters <= 3) put(hash, SMALL_PART, name)
      const apart = shape === gap.SMALL || letters < 2
      if (apart && letters <= 3 && ((words.gap[index + 1] ?? 0) & gap.STOP) === 0) put(hash, SMALL_PART, name)
      if (letters < 2 || shape === gap.NUMBER || ((cue & TITLE) !== 0 && (words.gap[index + 1] ?? 0) & gap.STOP))
        continue
      const particle = (cue & PARTICLE) !== 0 && letters <= 3
      // `Le Bihan`: by itself the small word is no name, unless it is the last.
      if (particle && (apart || index + 1 < words.count)) continue
      if (apart && letters <= 3 && (names.flags(hash) & WORD) !== 0) continue
      const slot = put(hash, PART, name)
      // `von` before it belongs to it.
      if (slot >= 0) from[slot] = index > 0 && kinds[slotOf(words.hash[index - 1] ?? 0)] === SMALL_PART ? 1 : 0
      initials |= 1 << ((firstLetter(bytes, words.start[index] ?? 0) - 97) & 31)
      keepPart(words.start[index] ?? 0, words.end[index] ?? 0)
    }
  }

  function firstLetter(bytes: Uint8Array, at: number): number {
    const byte = bytes[at] ?? 0
    return byte < 128 ? (folded[byte] ?? 0) : wideLetter(bytes, at, bytes.length) >> 8
  }

  function keepPart(start: number, end: number): void {
    if (partCount >= 3) return
    parts[partCount * 2] = start
    parts[partCount * 2 + 1] = end
    partCount += 1
  }

  /** Whether any longer word begins with the first letter of a part, as all that is made of two parts does. */
  function mayHoldMade(page: Page): boolean {
    const { count: words, letters, start } = page.tokens
    for (let index = 0; index < words; index += 1) {
      if ((letters[index] ?? 0) < 3 || page.mark[index] === TAKEN) continue
      const letter = firstLetter(page.bytes, start[index] ?? 0) - 97
      if (((initials >>> (letter & 31)) & 1) === 1) return true
    }
    return false
  }

  /** Logins made of two parts: annaweber, aweber, webera. */
  function addMade(bytes: Uint8Array): void {
    for (let one = 0; one < partCount; one += 1) {
      for (let other = 0; other < partCount; other += 1) {
        if (one === other) continue
        const [start, end] = [parts[one * 2] ?? 0, parts[one * 2 + 1] ?? 0]
        const [next, last] = [parts[other * 2] ?? 0, parts[other * 2 + 1] ?? 0]
        put(hashPair(bytes, start, end, next, last), MADE, name)
        const letter = (bytes[start] ?? 0) < 128 ? 1 : 2
        put(hashPair(bytes, start, start + letter, next, last), MADE, name)
        put(hashPair(bytes, next, last, start, start + letter), MADE, name)
      }
    }
  }

  function addMail(bytes: Uint8Array, start: number, end: number): void {
    let at = start
    while (at < end && bytes[at] !== 64) at += 1
    if (at === start || at === end) return
    gap.tokenise(bytes, start, at, words)
    for (let index = 0; index < Math.min(words.count, 6); index += 1) {
      const hash = words.hash[index] ?? 0
      if ((words.letters[index] ?? 0) < 3 || words.shape[index] === gap.NUMBER) continue
      put(hash, words.shape[index] === gap.WITH_DIGIT ? MADE : MAIL_PART, name)
    }
  }

  function addWhole(bytes: Uint8Array, start: number, end: number, mark: number): void {
    gap.tokenise(bytes, start, end, words)
    const length = Math.min(words.count, 12)
    if (length === 0 || rowLength + length > row.length) return
    const alone = (words.letters[0] ?? 0) < 4
    if (length === 1 && alone) return
    const slot = put(words.hash[0] ?? 0, WHOLE, mark)
    if (slot >= 0) setRow(slot, length)
    // Lindenstraße 5 is Lindenstr. 5 too.
    const stem = streetStem(bytes, words.start[0] ?? 0, words.end[0] ?? 0)
    if (stem === 0) return
    const short = put(hashPair(bytes, words.start[0] ?? 0, stem, stem, stem + 3), WHOLE, mark)
    if (short >= 0) setRow(short, length)
  }

  function setRow(slot: number, length: number): void {
    from[slot] = rowLength
    many[slot] = length
    for (let index = 0; index < length; index += 1) row[rowLength + index] = words.hash[index] ?? 0
    rowLength += length
  }

  function endOfWhole(page: Page, index: number, slot: number): number {
    const length = many[slot] ?? 0
    if (length === 1 && page.kind[index] === 0 && page.tokens.shape[index] === gap.SMALL) return 0
    for (let word = 1; word < length; word += 1) {
      const at = index + word
      if (at >= page.tokens.count || page.tokens.hash[at] !== row[(from[slot] ?? 0) + word]) return 0
      if ((page.tokens.start[at] ?? 0) - (page.tokens.end[at - 1] ?? 0) > 3) return 0
    }
    return index + length
  }

  function markWord(page: Page, index: number, hash: number): void {
    const slot = slotOf(hash)
    const kind = kinds[slot] ?? 0
    if (kind === 0 || page.mark[index] !== 0) return
    const mark = marks[slot] ?? 0
    if (kind === WHOLE) {
      const end = endOfWhole(page, index, slot)
      for (let at = index; at < end; at += 1) if (page.mark[at] === 0) page.mark[at] = mark
      return
    }
    if (kind === SMALL_PART) return
    if (kind === MAIL_PART && page.isCommon(index)) return
    if (kind === PART && page.kind[index] === 0 && isWord(page, index) && !isAddressed(page, index)) return
    page.mark[index] = mark
  }

  function isWord(page: Page, index: number): boolean {
    return (page.tokens.letters[index] ?? 0) < 3 || page.isCommon(index)
  }

  /** A small-written word right behind a title or role: `frau koch`. */
  function isAddressed(page: Page, index: number): boolean {
    return index > 0 && ((page.cue[index - 1] ?? 0) & (TITLE | ROLE)) !== 0 && (page.tokens.letters[index - 1] ?? 0) > 2
  }

  /** Particles and initials beside what was marked. */
  function widen(page: Page): void {
    const { count: words, gap: before, shape } = page.tokens
    for (let index = 0; index < words; index += 1) {
      if (page.mark[index] !== name) continue
      const small = hasSmall(page, index)
      for (let at = index - 1; at >= 0 && page.mark[at] === 0 && belongs(page, at, before[at + 1] ?? 0, small); at -= 1)
        page.mark[at] = name
      const next = index + 1
      const initial = next < words && shape[next] === gap.INITIAL && page.mark[next] === 0 && before[next] === gap.SPACE
      if (initial && ((before[next + 1] ?? 0) & gap.STOP) !== 0 && isInitial(page, next)) page.mark[next] = name
    }
  }

  function isInitial(page: Page, index: number): boolean {
    const letter = firstLetter(page.bytes, page.tokens.start[index] ?? 0) - 97
    return ((initials >>> (letter & 31)) & 1) === 1
  }

  /** Whether small words stand before this part in the record: `von` belongs to `Linden`, not to the given name. */
  function hasSmall(page: Page, index: number): boolean {
    const whole = slotOf(page.tokens.hash[index] ?? 0)
    const slot = kinds[whole] === PART ? whole : slotOf(page.tokens.stem[index] ?? 0)
    return kinds[slot] === PART && from[slot] === 1
  }

  function belongs(page: Page, index: number, behind: number, small: boolean): boolean {
    if (behind === gap.APOSTROPHE) return kinds[slotOf(page.tokens.hash[index] ?? 0)] === SMALL_PART
    if (page.french && ((page.cue[index] ?? 0) & TITLE) !== 0) return false
    if (page.tokens.shape[index] === gap.INITIAL)
      return (
        (behind === (gap.STOP | gap.SPACE) || behind === gap.SPACE || behind === gap.STOP) && isInitial(page, index)
      )
    return small && behind === gap.SPACE && kinds[slotOf(page.tokens.hash[index] ?? 0)] === SMALL_PART
  }

  return {
    get any() {
      return count > 0 || phones.any
    },
    read(links) {
      if (count > 0 || phones.any) clear()
      partBytes = links.bytes
      for (let index = 0; index < links.count; index += 1) {
        const start = links.start[index] ?? 0
        const end = links.end[index] ?? 0
        const type = links.type[index] ?? 0
        const id = types[type] ?? ''
        if (id === 'name' || id.startsWith('name.')) addName(links.bytes, start, end)
        else if (id === 'email') addMail(links.bytes, start, end)
        else if (id === 'phone') phones.add(links.bytes, start, end, type + 1)
        else addWhole(links.bytes, start, end, type + 1)
      }
    },
    mark(page) {
      const { tokens, mark } = page
      if (phones.any) phones.mark(page)
      if (count === 0) return
      if (partCount > 1 && page.hasLogin && mayHoldMade(page)) addMade(partBytes)
      for (let index = 0; index < tokens.count; index += 1) {
        if (mark[index] === TAKEN) continue
        markWord(page, index, tokens.hash[index] ?? 0)
        const stem = tokens.stem[index] ?? 0
        if (stem !== 0 && mark[index] === 0 && (tokens.letters[index] ?? 0) > 3) markWord(page, index, stem)
      }
      widen(page)
    },
  }
}

/** Where `straße` or `strasse` begins at the end of the word; 0 where it does not. */
function streetStem(bytes: Uint8Array, start: number, end: number): number {
  for (const length of [7, 6]) {
    const at = end - length
    if (at <= start + 1) continue
    if (hashWord(bytes, at, end) === STREET) return at
  }
  return 0
}

const STREET = hashWord(new TextEncoder().encode('strasse'), 0, 7)
