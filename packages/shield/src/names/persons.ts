/** Finds the names of people in a page of words. */
import * as gap from '../text/tokens.ts'
import { markBare } from './bare.ts'
import { byAddress, byLabel, byRole, bySalutation, bySignature, byTitle, byVerb } from './cues.ts'
import { DETERMINER, LABEL, LOGIN, ROLE, SALUTATION, SIGNOFF, TITLE } from './gazetteer.ts'
import type { Page } from './page.ts'
import * as may from './words.ts'

const CUES = TITLE | ROLE | LABEL | LOGIN | SALUTATION | SIGNOFF
const REPEATED = 64

/** The words of names that a text has shown to be names: the same word later in it is that person again. */
export interface Known {
  count: number
  readonly hashes: Int32Array
}

export function makeKnown(): Known {
  return { count: 0, hashes: new Int32Array(REPEATED) }
}

function has(known: Known, hash: number): boolean {
  for (let index = 0; index < known.count; index += 1) if (known.hashes[index] === hash) return true
  return false
}

export function remember(known: Known, hash: number): void {
  if (known.count === REPEATED || has(known, hash)) return
  known.hashes[known.count] = hash
  known.count += 1
}

/** Marks names in the page with `mark`. */
export function markPersons(page: Page, mark: number, known: Known): void {
  const { cue, cued, capitals, cuedCount, capitalCount } = page
  for (let place = 0; place < cuedCount; place += 1) {
    const index = cued[place] ?? 0
    if (((cue[index] ?? 0) & CUES) === 0) continue
    byTitle(page, index, mark)
    byRole(page, index, mark)
    byLabel(page, index, mark)
    bySalutation(page, index, mark)
    bySignature(page, index, mark)
  }
  for (let place = 0; place < capitalCount; place += 1) byAddress(page, (capitals[place] ?? 0) + 1, mark)
  markBare(page, mark)
  for (let place = 0; place < capitalCount; place += 1) byVerb(page, capitals[place] ?? 0, mark)
  again(page, mark, known)
}

/** `der Koch`, `the Baker`. */
function isDetermined(page: Page, index: number): boolean {
  return index > 0 && ((page.cue[index - 1] ?? 0) & DETERMINER) !== 0 && page.tokens.gap[index] === gap.SPACE
}

function again(page: Page, mark: number, known: Known): void {
  const { hash, stem, letters } = page.tokens
  const { capitals, capitalCount } = page
  for (let place = 0; place < capitalCount; place += 1) {
    const index = capitals[place] ?? 0
    const certain = page.mark[index] === mark && (letters[index] ?? 0) >= 3
    if (certain && ((page.kind[index] ?? 0) & may.COMMON) === 0) remember(known, hash[index] ?? 0)
  }
  if (known.count === 0) return
  for (let place = 0; place < capitalCount; place += 1) {
    const index = capitals[place] ?? 0
    if (page.mark[index] !== 0) continue
    if (((page.kind[index] ?? 0) & (may.MAYBE_FAMILY | may.COMMON_NAME)) !== 0 && isDetermined(page, index)) continue
    if (has(known, hash[index] ?? 0) || ((stem[index] ?? 0) !== 0 && has(known, stem[index] ?? 0)))
      page.mark[index] = mark
  }
}
