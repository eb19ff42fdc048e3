/** How the parts of one name follow each other: `Anna Maria von der Linden-Weber`, `A. R. Weber`, `O’Neill`, `McKay`. */
import * as gap from '../text/tokens.ts'
import { ORGANISATION, PARTICLE } from './gazetteer.ts'
import type { Page } from './page.ts'
import { COMMON, INITIAL_LETTER, NEVER } from './words.ts'

const LONGEST = 6
const JOINED = gap.HYPHEN | gap.APOSTROPHE

/** Whether the word at `index` goes on with what the word before it began. */
function follows(page: Page, index: number): boolean {
  const before = page.tokens.gap[index] ?? 0
  if (before === gap.SPACE || before === gap.HYPHEN || before === gap.APOSTROPHE) return true
  return before === (gap.STOP | gap.SPACE) && ((page.kind[index - 1] ?? 0) & INITIAL_LETTER) !== 0
}

/** The index behind small particles (`von der`) at `index`; the same index when there are none before another capital. */
function afterParticles(page: Page, index: number): number {
  let at = index
  while (
    at - index < 3 &&
    ((page.cue[at] ?? 0) & PARTICLE) !== 0 &&
    page.tokens.shape[at] === gap.SMALL &&
    follows(page, at)
  )
    at += 1
  return at > index && (page.kind[at] ?? 0) !== 0 && follows(page, at) ? at : index
}

function fits(page: Page, index: number, classes: number): boolean {
  const kind = page.kind[index] ?? 0
  if (((page.tokens.gap[index] ?? 0) & JOINED) !== 0) return kind !== 0 && (kind & (NEVER | COMMON)) === 0
  return (kind & classes) !== 0
}

/**
 * Where the name ends of which the word at `index` is the first and is already accepted: the index behind its last word.
 * `classes` are what its other words may be.
 */
export function nameEnd(page: Page, index: number, classes: number): number {
  const { count } = page.tokens
  let end = index + 1
  while (end < count && end - index < LONGEST && follows(page, end)) {
    if (page.mark[end] !== 0) break
    const capital = afterParticles(page, end)
    if (capital >= count || !fits(page, capital, capital > end ? classes | COMMON : classes)) break
    end = capital + 1
  }
  return end
}

export function markWords(page: Page, start: number, end: number, mark: number): void {
  for (let index = start; index < end; index += 1) if (page.mark[index] === 0) page.mark[index] = mark
}

/** `Weber GmbH`, `Weber & Söhne AG`, `Weber 3000`: what is behind it shows that it is a firm, a street or a product. */
export function isOrganisation(page: Page, end: number): boolean {
  const before = page.tokens.gap[end] ?? 0
  if (end >= page.tokens.count || (before & ~(gap.SPACE | gap.HYPHEN)) !== 0) return false
  return ((page.cue[end] ?? 0) & ORGANISATION) !== 0 && page.kind[end] !== 0
}
