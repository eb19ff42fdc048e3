/** Names that stand where only a name can stand: behind a title, a role, a label, a salutation, at the end of a letter. */
import * as gap from '../text/tokens.ts'
import { DETERMINER, LABEL, LOGIN, ROLE, SALUTATION, SIGNOFF, TITLE, VERB } from './gazetteer.ts'
import type { Page } from './page.ts'
import { isOrganisation, markWords, nameEnd } from './sequence.ts'
import * as may from './words.ts'

const SURE = may.GIVEN | may.RARE_GIVEN | may.FAMILY | may.RARE_FAMILY
export const NAMES =
  SURE |
  may.MAYBE_GIVEN |
  may.SOFT_GIVEN |
  may.MAYBE_FAMILY |
  may.SOFT_FAMILY |
  may.FAMILY_OR_TOWN |
  may.UNKNOWN |
  may.INITIAL_LETTER
const ANY = NAMES | may.COMMON | may.COMMON_NAME | may.PLACE

/** Titles that are also something else unless a full stop follows or they are capitalised. */
function isTitle(page: Page, index: number): boolean {
  if (((page.cue[index] ?? 0) & TITLE) === 0) return false
  const short = (page.tokens.letters[index] ?? 0) <= 2
  const before = page.tokens.gap[index + 1] ?? 0
  if (!short) return page.tokens.shape[index] !== gap.SMALL || (page.tokens.letters[index] ?? 0) > 4
  return page.tokens.shape[index] !== gap.SMALL && (before & (gap.STOP | gap.SPACE)) !== 0
}

/** Whether only a space, or a full stop and a space, lies before the word. */
function isClose(page: Page, index: number): boolean {
  const before = page.tokens.gap[index] ?? 0
  return before === gap.SPACE || before === (gap.STOP | gap.SPACE)
}

/** Degrees behind a title: `Dr. med. dent.`, `Prof. Dr.-Ing.`; returns the index of the first word of the name. */
function afterTitles(page: Page, index: number): number {
  let at = index + 1
  for (let more = 0; more < 4 && at < page.tokens.count; more += 1) {
    const stop = ((page.tokens.gap[at + 1] ?? 0) & gap.STOP) !== 0
    const degree =
      page.tokens.shape[at] === gap.SMALL && stop && (page.tokens.letters[at] ?? 0) <= 4 && isClose(page, at)
    const title = isTitle(page, at) && ((page.tokens.gap[at] ?? 0) & (gap.SPACE | gap.HYPHEN)) !== 0
    if (!degree && !title && !isRoleTitle(page, at)) break
    at += 1
  }
  return at
}

/** `Herr Kollege Weber`, `Frau Direktorin Weber`. */
function isRoleTitle(page: Page, index: number): boolean {
  return (
    ((page.cue[index] ?? 0) & ROLE) !== 0 &&
    page.kind[index] !== 0 &&
    (page.kind[index + 1] ?? 0) !== 0 &&
    isClose(page, index + 1)
  )
}

function smallParticles(page: Page, index: number): number {
  let at = index
  while (at - index < 3 && page.tokens.shape[at] === gap.SMALL && ((page.cue[at] ?? 0) & 64) !== 0) at += 1
  return at
}

export function byTitle(page: Page, index: number, mark: number): void {
  if (!isTitle(page, index)) return
  const from = afterTitles(page, index)
  const capital = smallParticles(page, from)
  if (capital >= page.tokens.count || !isClose(page, from) || (page.cue[capital] ?? 0) & (TITLE | DETERMINER)) return
  const single = (page.tokens.letters[index] ?? 0) === 1 || capital > from
  const classes = single ? NAMES | may.COMMON_NAME | may.PLACE : ANY
  if (((page.kind[capital] ?? 0) & classes) === 0) return
  markWords(page, from, nameEnd(page, capital, restAfter(page, capital)), mark)
}

/** Behind a family name that is also a word only what is surely a name goes on; behind a given name more does. */
function restAfter(page: Page, index: number): number {
  const first = page.kind[index] ?? 0
  if ((first & (may.GIVEN | may.RARE_GIVEN | may.MAYBE_GIVEN | may.SOFT_GIVEN | may.INITIAL_LETTER)) !== 0)
    return NAMES | may.COMMON_NAME
  if ((first & (may.UNKNOWN | may.RARE_FAMILY)) !== 0) return NAMES
  return SURE
}

/** `Kundin Weber`, `patient Anna Weber`, `le client Dupont`. */
export function byRole(page: Page, index: number, mark: number): void {
  if (((page.cue[index] ?? 0) & (ROLE | LOGIN)) === 0) return
  const next = index + 1
  if (next >= page.tokens.count || page.tokens.gap[next] !== gap.SPACE) return
  const capital = smallParticles(page, next)
  const kind = page.kind[capital] ?? 0
  if ((kind & NAMES) === 0) return
  if ((kind & may.INITIAL_LETTER) !== 0 && ((page.tokens.gap[capital + 1] ?? 0) & gap.STOP) === 0) return
  const end = nameEnd(page, capital, restAfter(page, capital))
  if (!isOrganisation(page, end)) markWords(page, next, end, mark)
}

const SEPARATORS = gap.COLON | gap.EQUALS
const VALUE_GAP = SEPARATORS | gap.SPACE | gap.QUOTE

/** `Name: Weber, Anna`, `user=aweber`, `"author":"Anna Weber"`, `From: Anna Weber <…`. */
export function byLabel(page: Page, index: number, mark: number): void {
  const cue = page.cue[index] ?? 0
  if ((cue & (ROLE | LABEL | LOGIN)) === 0) return
  const next = index + 1
  const before = page.tokens.gap[next] ?? 0
  if (next >= page.tokens.count || (before & SEPARATORS) === 0 || (before & ~VALUE_GAP & ~gap.WIDE_SPACE) !== 0) return
  if (isTitle(page, next)) return
  const capital = smallParticles(page, next)
  const kind = page.kind[capital] ?? 0
  if ((kind & NAMES) !== 0) return markWords(page, next, labelEnd(page, capital), mark)
  if ((kind & may.COMMON_NAME) !== 0 && ((page.kind[capital + 1] ?? 0) & SURE) !== 0)
    markWords(page, next, labelEnd(page, capital), mark)
  else if ((cue & LOGIN) !== 0) byLogin(page, next, mark)
}

/** A label's name may have a comma in it: `Weber, Anna`. */
function labelEnd(page: Page, index: number): number {
  const rest = NAMES | may.COMMON_NAME
  const end = nameEnd(page, index, rest)
  const afterComma = page.tokens.gap[end] === (gap.COMMA | gap.SPACE) && ((page.kind[end] ?? 0) & NAMES) !== 0
  return afterComma && end < page.tokens.count ? nameEnd(page, end, rest) : end
}

const LOGIN_GAP = gap.STOP | gap.UNDERSCORE | gap.HYPHEN

/** A login name: small letters, digits, joined by dots, hyphens and underscores. A common word (`admin`) is nobody. */
function byLogin(page: Page, start: number, mark: number): void {
  let end = start + 1
  while (
    end < page.tokens.count &&
    (page.tokens.gap[end] ?? 0) !== 0 &&
    ((page.tokens.gap[end] ?? 0) & ~LOGIN_GAP) === 0
  )
    end += 1
  const alone = end === start + 1
  const shape = page.tokens.shape[start] ?? 0
  if (shape === gap.NUMBER || ((page.tokens.gap[end] ?? 0) & gap.AT) !== 0) return
  if (alone && shape === gap.SMALL && page.isCommon(start)) return
  markWords(page, start, end, mark)
}

/** `Dear Anna`, `Liebe Anna Weber`, `Bonjour Anna`. */
export function bySalutation(page: Page, index: number, mark: number): void {
  if (((page.cue[index] ?? 0) & SALUTATION) === 0) return
  const next = index + 1
  if (next >= page.tokens.count || page.tokens.gap[next] !== gap.SPACE) return
  if (((page.kind[next] ?? 0) & NAMES) === 0 || (page.cue[next] ?? 0) & (TITLE | ROLE)) return
  markWords(page, next, nameEnd(page, next, restAfter(page, next)), mark)
}

/** The name under a letter: behind the greeting, after a comma or on one of the next lines. */
export function bySignature(page: Page, index: number, mark: number): void {
  if (((page.cue[index] ?? 0) & SIGNOFF) === 0) return
  const limit = Math.min(page.tokens.count, index + 6)
  let line = false
  for (let at = index + 1; at < limit; at += 1) {
    const before = page.tokens.gap[at] ?? 0
    if ((before & (gap.LINE_END | gap.COMMA)) !== 0) line = true
    const kind = page.kind[at] ?? 0
    if (kind === 0) continue
    // `LG Anna`: behind an abbreviation a name may follow at once.
    const close = line || (at === index + 1 && (page.tokens.letters[index] ?? 0) <= 3)
    if ((kind & (SURE | (close ? NAMES : 0))) !== 0 && (kind & may.INITIAL_LETTER) === 0) {
      markWords(page, at, nameEnd(page, at, NAMES | may.COMMON_NAME), mark)
      return
    }
    if (line && (kind & may.COMMON_NAME) !== 0 && ((page.kind[at + 1] ?? 0) & SURE) !== 0) {
      markWords(page, at, nameEnd(page, at, NAMES), mark)
      return
    }
    if (line && (kind & may.INITIAL_LETTER) === 0) return
  }
}

/** `Weber hat angerufen`, `Kowalczyk called`: a person does that. */
export function byVerb(page: Page, index: number, mark: number): void {
  const kind = page.kind[index] ?? 0
  if (
    (kind & (SURE | may.MAYBE_GIVEN | may.SOFT_GIVEN | may.SOFT_FAMILY | may.MAYBE_FAMILY | may.UNKNOWN)) === 0 ||
    page.mark[index] !== 0
  )
    return
  const next = index + 1
  if (
    ((page.cue[next] ?? 0) & VERB) === 0 ||
    page.tokens.gap[next] !== gap.SPACE ||
    page.tokens.shape[next] !== gap.SMALL
  )
    return
  if (index > 0 && ((page.cue[index - 1] ?? 0) & DETERMINER) !== 0 && page.tokens.gap[index] === gap.SPACE) return
  const joined = ((page.tokens.gap[index] ?? 0) & ~(gap.HYPHEN | gap.APOSTROPHE)) === 0 && page.kind[index - 1] !== 0
  markWords(page, joined ? index - 1 : index, index + 1, mark)
}

/** `Anna Weber <anna.weber@example.org>`: what stands straight before the address. */
export function byAddress(page: Page, index: number, mark: number): void {
  if (((page.tokens.gap[index] ?? 0) & gap.LESS) === 0) return
  let start = index
  while (start > 0 && index - start < 4 && ((page.kind[start - 1] ?? 0) & (ANY & ~may.COMMON)) !== 0) {
    start -= 1
    const before = page.tokens.gap[start] ?? 0
    if (before !== gap.SPACE && before !== gap.HYPHEN && before !== (gap.COMMA | gap.SPACE)) break
  }
  markWords(page, start, index, mark)
}
