/** Names without any cue: by what their words are and how they stand beside each other. */
import * as gap from '../text/tokens.ts'
import { NAMES } from './cues.ts'
import { AND, BY, DETERMINER, TITLE } from './gazetteer.ts'
import { beginsSentence } from './page.ts'
import type { Page } from './page.ts'
import { isOrganisation, markWords, nameEnd } from './sequence.ts'
import * as may from './words.ts'

const FAMILIES = may.FAMILY | may.RARE_FAMILY
const GIVENS = may.GIVEN | may.RARE_GIVEN
/** What a name without any cue goes on with. */
const REST = NAMES

/** Finds what begins at the word; returns the index behind it, or 0. */
export function bareName(page: Page, index: number): number {
  const kind = page.kind[index] ?? 0
  let end = 0
  if ((kind & GIVENS) !== 0) end = byGiven(page, index, kind)
  else if ((kind & (may.MAYBE_GIVEN | may.SOFT_GIVEN)) !== 0) end = byMaybeGiven(page, index, kind)
  else if ((kind & may.INITIAL_LETTER) !== 0) end = byInitial(page, index)
  else if ((kind & (FAMILIES | may.UNKNOWN | may.MAYBE_FAMILY | may.SOFT_FAMILY)) !== 0)
    end = byFamily(page, index, kind)
  return end !== 0 && isOrganisation(page, end) ? 0 : end
}

function isDetermined(page: Page, index: number): boolean {
  return index > 0 && ((page.cue[index - 1] ?? 0) & DETERMINER) !== 0 && page.tokens.gap[index] === gap.SPACE
}

/** Behind `mit`, `with`, `par`: a preposition that people follow, without an article. */
function isAfterPreposition(page: Page, index: number): boolean {
  const cue = index > 0 ? (page.cue[index - 1] ?? 0) : 0
  if ((cue & AND) !== 0 && (page.mark[index - 2] ?? 0) === 0) return false
  return (cue & (BY | AND)) !== 0 && page.tokens.gap[index] === gap.SPACE && page.tokens.shape[index - 1] === gap.SMALL
}

/** Whether small words stand on both sides: a capital between them is no heading. */
function isInSentence(page: Page, index: number): boolean {
  if (beginsSentence(page, index) || page.kind[index - 1] !== 0) return false
  const next = index + 1
  return next >= page.tokens.count || page.tokens.gap[next] !== gap.SPACE || page.kind[next] === 0
}

function byGiven(page: Page, index: number, kind: number): number {
  const end = nameEnd(page, index, REST)
  if (end > index + 1) return kind === may.GIVEN || sureBehind(page, index + 1, end) ? end : 0
  if ((page.tokens.letters[index] ?? 0) < 3 || isPartOfTerm(page, index)) return 0
  if (kind === may.GIVEN) return end
  return isAfterPreposition(page, index) || (isInSentence(page, index) && !isDetermined(page, index)) ? end : 0
}

function sureBehind(page: Page, from: number, end: number): boolean {
  const sure = FAMILIES | GIVENS | may.MAYBE_FAMILY | may.SOFT_FAMILY | may.UNKNOWN
  for (let index = from; index < end; index += 1) if (((page.kind[index] ?? 0) & sure) !== 0) return true
  return false
}

/** A hyphen ties it to a word that is none of a name: `Anna-Stift`, `Diesel-Motor`. */
function isPartOfTerm(page: Page, index: number): boolean {
  const behind = page.tokens.gap[index + 1] ?? 0
  if (index + 1 < page.tokens.count && behind === gap.HYPHEN) return true
  return page.tokens.gap[index] === gap.HYPHEN
}

/** A given name that is also a word needs a family name behind it, or to stand where no such word would. */
function byMaybeGiven(page: Page, index: number, kind: number): number {
  const next = index + 1
  const first = next < page.tokens.count ? (page.kind[next] ?? 0) : 0
  const before = page.tokens.gap[next] ?? 0
  const families =
    FAMILIES |
    may.MAYBE_FAMILY |
    may.SOFT_FAMILY |
    may.FAMILY_OR_TOWN |
    (beginsSentence(page, index) && (kind & may.MAYBE_GIVEN) !== 0 ? 0 : may.UNKNOWN)
  if (before === gap.HYPHEN && (first & (GIVENS | may.MAYBE_GIVEN | may.SOFT_GIVEN)) !== 0)
    return nameEnd(page, index, REST)
  const prefix = (first & may.INITIAL_LETTER) !== 0 && page.tokens.gap[next + 1] === gap.APOSTROPHE
  if (before === gap.SPACE && ((first & (families | may.GIVEN)) !== 0 || prefix)) return nameEnd(page, index, REST)
  if (before === gap.SPACE && isShouted(page, index) && (first & NAMES) !== 0) return nameEnd(page, index, REST)
  if ((kind & may.MAYBE_FAMILY) !== 0 && isReversed(page, index, kind)) return nameEnd(page, next, REST)
  if (isPartOfTerm(page, index) || isDetermined(page, index)) return 0
  if (isPossessive(page, index)) return next
  if (isAfterPreposition(page, index) && ((kind & may.SOFT_GIVEN) !== 0 || page.mark[index - 2] !== 0)) return next
  return (kind & may.SOFT_GIVEN) !== 0 && (isInSentence(page, index) || isPossessive(page, index)) ? next : 0
}

/** `A. Weber`, `J. R. Kowalczyk`; in French `M.` is a title. */
function byInitial(page: Page, index: number): number {
  if (page.french && ((page.cue[index] ?? 0) & TITLE) !== 0) return 0
  let next = index + 1
  // Not more than three: a row of letters is no name.
  while (next - index < 3 && isInitialAt(page, next) && page.tokens.gap[next + 1] === (gap.STOP | gap.SPACE)) next += 1
  if (next >= page.tokens.count || page.tokens.gap[next] !== (gap.STOP | gap.SPACE)) return 0
  const prefix = isInitialAt(page, next) && page.tokens.gap[next + 1] === gap.APOSTROPHE
  const classes = FAMILIES | GIVENS | may.MAYBE_FAMILY | may.SOFT_FAMILY | may.UNKNOWN
  if (!prefix && ((page.kind[next] ?? 0) & classes) === 0) return 0
  return nameEnd(page, next, FAMILIES)
}

function isInitialAt(page: Page, index: number): boolean {
  return ((page.kind[index] ?? 0) & may.INITIAL_LETTER) !== 0
}

function byFamily(page: Page, index: number, kind: number): number {
  const next = index + 1
  const before = page.tokens.gap[next] ?? 0
  const after = next < page.tokens.count ? (page.kind[next] ?? 0) : 0
  if (isReversed(page, index, kind)) return nameEnd(page, next, REST)
  if (isDetermined(page, index)) return 0
  if (before === gap.SPACE && isPair(page, index, kind, after)) return nameEnd(page, index, REST)
  if (isPartOfTerm(page, index)) return 0
  if (isPossessive(page, index)) return next
  return isFamilyAlone(page, index, kind) ? next : 0
}

/** `Weber, Anna`; where a line begins with it, the words may be in no list. */
function isReversed(page: Page, index: number, kind: number): boolean {
  const next = index + 1
  if (next >= page.tokens.count || page.tokens.gap[next] !== (gap.COMMA | gap.SPACE)) return false
  const after = page.kind[next] ?? 0
  const line = ((page.tokens.gap[index] ?? 0) & (gap.START_OF_TEXT | gap.LINE_END)) !== 0
  if ((after & GIVENS) !== 0) return line || kind !== may.UNKNOWN
  if (!line || (after & (may.UNKNOWN | may.SOFT_GIVEN)) === 0) return false
  const behind = page.tokens.gap[next + 1] ?? 0
  return (
    kind !== may.UNKNOWN || next + 1 >= page.tokens.count || (behind & (gap.OTHER | gap.LINE_END | gap.COLON)) !== 0
  )
}

/** `LEA KOWALCZYK`: both in capitals. */
function isShouted(page: Page, index: number): boolean {
  return page.tokens.shape[index] === gap.ALL_CAPITALS && page.tokens.shape[index + 1] === gap.ALL_CAPITALS
}

/** Two words of which at least one is surely of a name, or both are in no list: `Zbyszko Kowalczyk`, `Eydis Vilhjalms`. */
function isPair(page: Page, index: number, kind: number, after: number): boolean {
  if ((kind & (may.MAYBE_FAMILY | may.SOFT_FAMILY)) !== 0) return (after & may.GIVEN) !== 0
  if ((after & (FAMILIES | GIVENS | may.SOFT_FAMILY | may.MAYBE_FAMILY)) !== 0) return true
  const shaped = page.tokens.shape[index] === gap.CAPITAL && page.tokens.shape[index + 1] === gap.CAPITAL
  return shaped && (after & may.UNKNOWN) !== 0 && (page.tokens.letters[index + 1] ?? 0) > 2
}

/** `Kowalczyk's`. */
function isPossessive(page: Page, index: number): boolean {
  const next = index + 1
  if (next >= page.tokens.count || page.tokens.gap[next] !== gap.APOSTROPHE) return false
  return (
    page.tokens.letters[next] === 1 &&
    page.tokens.shape[next] === gap.SMALL &&
    page.bytes[page.tokens.start[next] ?? 0] === 115
  )
}

function isFamilyAlone(page: Page, index: number, kind: number): boolean {
  if ((page.tokens.letters[index] ?? 0) < 3) return false
  if (kind === may.MAYBE_FAMILY) return false
  if (isAfterPreposition(page, index)) return page.tokens.shape[index] === gap.CAPITAL
  if (kind === may.FAMILY) return !beginsSentence(page, index)
  return (kind & (may.RARE_FAMILY | may.SOFT_FAMILY)) !== 0 && isInSentence(page, index)
}

/** Marks every name that stands without a cue. */
export function markBare(page: Page, mark: number): void {
  const { capitals, capitalCount } = page
  for (let place = 0; place < capitalCount; place += 1) {
    const index = capitals[place] ?? 0
    if (page.mark[index] !== 0) continue
    const end = bareName(page, index)
    if (end !== 0) markWords(page, index, end, mark)
  }
}
