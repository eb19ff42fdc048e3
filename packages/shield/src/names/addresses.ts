/**
 * Postal addresses: `Lindenstraße 5a, 10115 Berlin`, `12 bis rue des Lilas`, `7 Mill Close, Leeds LS1 4AB`. And towns that belong to a
 * person: behind a postcode, behind "wohnt in", behind a label. A town by itself is nobody.
 */
import * as gap from '../text/tokens.ts'
import { AND, BY, DETERMINER, IN_PLACE, LIVES, PARTICLE, PLACE_LABEL, STREET } from './gazetteer.ts'
import type { Page } from './page.ts'
import { markWords } from './sequence.ts'
import * as may from './words.ts'

/** What a town's name may be where a town is expected. */
const TOWN =
  may.PLACE |
  may.UNKNOWN |
  may.FAMILY |
  may.RARE_FAMILY |
  may.MAYBE_FAMILY |
  may.SOFT_FAMILY |
  may.FAMILY_OR_TOWN |
  may.MAYBE_GIVEN |
  may.SOFT_GIVEN |
  may.GIVEN |
  may.RARE_GIVEN |
  may.COMMON_NAME
const SURE_TOWN = may.PLACE | may.FAMILY_OR_TOWN
const NEXT = gap.SPACE | gap.HYPHEN | gap.APOSTROPHE
const BEHIND_STREET = gap.SPACE | gap.COMMA | gap.LINE_END

function size(page: Page, index: number): number {
  return (page.tokens.end[index] ?? 0) - (page.tokens.start[index] ?? 0)
}

function isDigit(page: Page, at: number): boolean {
  const byte = page.bytes[at] ?? 0
  return byte >= 48 && byte <= 57
}

/** `12`, `12a`, not longer than four: the number of a house. */
function isHouse(page: Page, index: number): boolean {
  const shape = page.tokens.shape[index] ?? 0
  if (index < 0 || index >= page.tokens.count || page.mark[index] !== 0 || size(page, index) > 4) return false
  return shape === gap.NUMBER || (shape === gap.WITH_DIGIT && isDigit(page, page.tokens.start[index] ?? 0))
}

/** Behind the number: `5 b`, `5-7`, `5 bis`. */
function houseEnd(page: Page, index: number): number {
  const next = index + 1
  const before = page.tokens.gap[next] ?? 0
  if (next >= page.tokens.count) return next
  if ((before === gap.HYPHEN || before === gap.OTHER) && isHouse(page, next)) return next + 1
  const letter = page.tokens.shape[next] === gap.SMALL && page.tokens.letters[next] === 1
  return before === gap.SPACE &&
    letter &&
    ((page.tokens.gap[next + 1] ?? 0) & ~(gap.COMMA | gap.SPACE)) === 0 &&
    page.tokens.gap[next + 1] !== gap.SPACE
    ? next + 1
    : next
}

/** Where the street begins whose last word is at `index`: capitals and small words before it. */
function streetStart(page: Page, index: number): number {
  let start = index
  for (let at = index; at > 0 && index - at < 5; at -= 1) {
    if ((page.tokens.gap[at] ?? 0) & ~NEXT) break
    const kind = page.kind[at - 1] ?? 0
    const small = kind === 0 && ((page.cue[at - 1] ?? 0) & PARTICLE) !== 0
    if (kind === 0 && !small) break
    if ((kind & may.NEVER) !== 0) break
    if (kind !== 0) start = at - 1
  }
  return start
}

/** `Lindenstraße 5`, `Berliner Straße 5`: a street's word with a number behind it. */
function germanStreet(page: Page, index: number, mark: number): void {
  if (page.kind[index] === 0 || !page.isStreet(index)) return
  const before = page.tokens.gap[index + 1] ?? 0
  if ((before !== gap.SPACE && before !== (gap.STOP | gap.SPACE)) || !isHouse(page, index + 1)) return
  const alone = ((page.cue[index] ?? 0) & STREET) !== 0
  markWords(
    page,
    alone && index > 0 && page.tokens.gap[index] === gap.SPACE ? oneBefore(page, index) : index,
    houseEnd(page, index + 1),
    mark,
  )
}

function oneBefore(page: Page, index: number): number {
  return ((page.kind[index - 1] ?? 0) & ~may.NEVER) === 0 ? index : index - 1
}

/** `12 bis rue des Lilas`, `7 Mill Close`, `91 The Crescent`: number first. */
function numberFirst(page: Page, index: number, mark: number): void {
  if (!isHouse(page, index)) return
  let at = index + 1
  const second = page.tokens.letters[at] ?? 0
  if (page.kind[at] === 0 && second <= 3 && page.tokens.shape[at] === gap.SMALL && ((page.cue[at] ?? 0) & STREET) === 0)
    at += 1
  if (at < page.tokens.count && page.tokens.gap[at] === (gap.COMMA | gap.SPACE)) return
  if (((page.cue[at] ?? 0) & STREET) !== 0 && page.tokens.gap[at] === gap.SPACE) {
    const end = frenchEnd(page, at)
    if (end > at + 1) markWords(page, index, end, mark)
    return
  }
  for (let word = at; word < at + 4 && page.kind[word] !== 0 && page.tokens.gap[word] === gap.SPACE; word += 1) {
    if (word > at && ((page.cue[word] ?? 0) & STREET) !== 0) return markWords(page, index, word + 1, mark)
  }
}

/** Behind `rue`: small words and capitals, ending in a capital. */
function frenchEnd(page: Page, street: number): number {
  let end = street + 1
  for (let at = street + 1; at < Math.min(page.tokens.count, street + 7); at += 1) {
    if ((page.tokens.gap[at] ?? 0) & ~NEXT) break
    if (page.kind[at] !== 0 || page.tokens.shape[at] === gap.NUMBER) end = at + 1
    else if (((page.cue[at] ?? 0) & PARTICLE) === 0) break
  }
  return end
}

/** `Am`, `Im`, `Auf` with a capital within a sentence: the beginning of a street's name. */
function isCapitalPreposition(page: Page, index: number): boolean {
  if (page.tokens.shape[index] !== gap.CAPITAL || ((page.cue[index] ?? 0) & (DETERMINER | IN_PLACE | BY)) === 0)
    return false
  const before = page.tokens.gap[index] ?? 0
  return (before === gap.SPACE || before === (gap.COMMA | gap.SPACE)) && (page.tokens.letters[index] ?? 0) <= 5
}

/** `Im Wiesengrund 49a`, `An der Alten Mühle 3`. */
function prepositionStreet(page: Page, index: number, mark: number): void {
  let capitals = 0
  for (let at = index + 1; at < Math.min(page.tokens.count, index + 6); at += 1) {
    if ((page.tokens.gap[at] ?? 0) & ~NEXT) return
    if (capitals > 0 && isHouse(page, at)) return markWords(page, index, houseEnd(page, at), mark)
    const kind = page.kind[at] ?? 0
    if ((kind & may.NEVER) !== 0 || (kind === 0 && page.tokens.shape[at] !== gap.SMALL)) return
    if (kind !== 0) capitals += 1
  }
}

function townEnd(page: Page, index: number): number {
  let end = index + 1
  let last = end
  for (; end < page.tokens.count && end - index < 6; end += 1) {
    const before = page.tokens.gap[end] ?? 0
    const afterAbbreviation = before === (gap.STOP | gap.SPACE) && (page.tokens.letters[end - 1] ?? 0) <= 2
    if ((before & ~NEXT) !== 0 && !afterAbbreviation) break
    const joined = before === gap.HYPHEN
    if (page.tokens.shape[end] === gap.SMALL) {
      if (!joined && (((page.cue[end] ?? 0) & AND) !== 0 || (page.tokens.letters[end] ?? 0) > 4)) break
      continue
    }
    if (!joined && ((page.kind[end] ?? 0) & ((TOWN & ~may.COMMON_NAME) | may.INITIAL_LETTER)) === 0) break
    last = end + 1
  }
  return last
}

/** Four or five digits by themselves: a postcode of Germany, Austria, Switzerland, France and others. */
function isPostcode(page: Page, index: number): boolean {
  const digits = size(page, index)
  return page.tokens.shape[index] === gap.NUMBER && page.mark[index] === 0 && (digits === 4 || digits === 5)
}

function withPostcode(page: Page, index: number, mark: number): void {
  const next = index + 1
  if (!isPostcode(page, index) || page.tokens.gap[next] !== gap.SPACE || page.kind[next] === 0) return
  const before = page.tokens.gap[index] ?? 0
  const street =
    index > 0 &&
    (before & ~BEHIND_STREET) === 0 &&
    (page.mark[index - 1] === mark || isHouse(page, index - 1) || isLetter(page, index - 1))
  const kind = page.kind[next] ?? 0
  const five = size(page, index) === 5
  const sure = (kind & SURE_TOWN) !== 0 || (five && hasSureTown(page, next))
  if (!street && !sure && !(five && (kind & TOWN) !== 0)) return
  if ((kind & may.NEVER) !== 0) return
  markWords(page, index, townEnd(page, next), mark)
  if (!street) return
  if (page.mark[index - 1] === 0) markStreetBefore(page, index - 1, mark)
  else widenStreet(page, index - 1, mark)
}

/** `Bad Homburg`, `Saint-Étienne`: the second word is known. */
function hasSureTown(page: Page, index: number): boolean {
  const next = index + 1
  return (
    next < page.tokens.count &&
    ((page.tokens.gap[next] ?? 0) & ~NEXT) === 0 &&
    ((page.kind[next] ?? 0) & SURE_TOWN) !== 0
  )
}

function isLetter(page: Page, index: number): boolean {
  return page.tokens.shape[index] === gap.SMALL && page.tokens.letters[index] === 1 && isHouse(page, index - 1)
}

/** Whatever stands before a postcode and ends in a house's number is a street: `Im Wiesengrund 49a, 53819 …`. */
function markStreetBefore(page: Page, index: number, mark: number): void {
  const number = isHouse(page, index) ? index : index - 1
  if (number < 1 || page.kind[number - 1] === 0 || page.tokens.gap[number] !== gap.SPACE) return
  markWords(page, streetStart(page, number - 1), index + 1, mark)
}

/** `Am Alten [Markt 5]`: capitals before what was found of the street belong to it. */
function widenStreet(page: Page, index: number, mark: number): void {
  let first = index
  while (first > 0 && index - first < 12 && page.mark[first - 1] === mark) first -= 1
  if (page.kind[first] !== 0) markWords(page, streetStart(page, first), first, mark)
}

/** `LS1 4AB`, with the town before it. */
function britishPostcode(page: Page, index: number, mark: number): void {
  const next = index + 1
  const { tokens, bytes } = page
  if (tokens.shape[index] !== gap.WITH_DIGIT || tokens.shape[next] !== gap.WITH_DIGIT || tokens.gap[next] !== gap.SPACE)
    return
  const start = tokens.start[index] ?? 0
  const inward = tokens.start[next] ?? 0
  const letters =
    (bytes[start] ?? 0) >= 65 && (bytes[start] ?? 0) <= 90 && size(page, index) <= 4 && size(page, next) === 3
  if (
    !letters ||
    next >= tokens.count ||
    !isDigit(page, inward) ||
    isDigit(page, inward + 1) ||
    isDigit(page, inward + 2)
  )
    return
  let first = index
  while (first > 0 && index - first < 5 && ((tokens.gap[first] ?? 0) & ~(NEXT | gap.COMMA)) === 0) {
    const small = tokens.shape[first - 1] === gap.SMALL && tokens.gap[first] === gap.HYPHEN
    if (!small && ((page.kind[first - 1] ?? 0) & (TOWN | may.COMMON)) === 0) break
    first -= 1
    if (((tokens.gap[first] ?? 0) & gap.COMMA) !== 0) break
  }
  markWords(page, first, next + 1, mark)
}

function town(page: Page, index: number, mark: number): void {
  const next = index + 1
  const kind = page.kind[next] ?? 0
  if (kind === 0 || page.mark[next] !== 0) return
  const before = page.tokens.gap[next] ?? 0
  const cue = page.cue[index] ?? 0
  if ((cue & IN_PLACE) !== 0 && before === gap.SPACE && (kind & (TOWN | may.COMMON)) !== 0) {
    if (((kind & may.COMMON) === 0 || page.french || hasSureTown(page, next)) && livesThere(page, index))
      markWords(page, next, townEnd(page, next), mark)
  } else if (
    (cue & PLACE_LABEL) !== 0 &&
    (before & (gap.COLON | gap.EQUALS)) !== 0 &&
    (before & (gap.LINE_END | gap.OTHER)) === 0
  ) {
    if ((kind & may.NEVER) === 0) markWords(page, next, townEnd(page, next), mark)
  } else if (
    (kind & (endsStreet(page, index) ? TOWN : SURE_TOWN)) !== 0 &&
    page.mark[index] === mark &&
    (before & ~BEHIND_STREET) === 0 &&
    (before & gap.COMMA) !== 0
  ) {
    markWords(page, next, townEnd(page, next), mark)
  }
}

/** Whether a street ends here, so that a town may follow: with its number, or with `Road`. */
function endsStreet(page: Page, index: number): boolean {
  return (page.tokens.shape[index] ?? 0) >= gap.WITH_DIGIT || ((page.cue[index] ?? 0) & STREET) !== 0
}

/** "in" alone is nothing; "wohnt in", "geboren am … in", "née à" is. */
function livesThere(page: Page, index: number): boolean {
  for (let at = index - 1; at >= 0 && index - at < 8; at -= 1) if (((page.cue[at] ?? 0) & LIVES) !== 0) return true
  return false
}

/** Marks streets with their numbers, and postcodes with their towns. */
export function markStreets(page: Page, mark: number): void {
  if (!page.hasNumber) return
  const { count } = page.tokens
  for (let index = 0; index < count; index += 1) {
    const shape = page.tokens.shape[index] ?? 0
    if (shape >= gap.WITH_DIGIT) {
      if (page.hasStreet) numberFirst(page, index, mark)
      withPostcode(page, index, mark)
      britishPostcode(page, index, mark)
    } else if (isCapitalPreposition(page, index)) prepositionStreet(page, index, mark)
    else if (index + 1 < count && (page.tokens.shape[index + 1] ?? 0) >= gap.WITH_DIGIT) germanStreet(page, index, mark)
  }
}

/** Marks the towns that belong to somebody: by what says so, or behind a street that is marked. */
export function markTowns(page: Page, mark: number): void {
  for (let place = 0; place < page.capitalCount; place += 1) {
    const index = (page.capitals[place] ?? 0) - 1
    if (index >= 0 && (page.cue[index] !== 0 || page.mark[index] === mark)) town(page, index, mark)
  }
}
