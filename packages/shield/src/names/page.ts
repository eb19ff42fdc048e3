/** One text while it is looked at: its words, what each may be, and what was decided about it. Reused for every text. */
import type { Tokens } from '../text/tokens.ts'
import * as gap from '../text/tokens.ts'
import {
  ENGLISH,
  FRENCH,
  FRENCH_WORD,
  GERMAN,
  HARMLESS,
  LOGIN,
  ROLE,
  SALUTATION,
  SIGNOFF,
  STREET,
  TITLE,
} from './gazetteer.ts'
import type { Gazetteer } from './gazetteer.ts'
import { classOf, COMMON, endsLikeStreet, INITIAL_LETTER } from './words.ts'

export interface Page {
  bytes: Uint8Array
  readonly tokens: Tokens
  /** Class of each word (`words.ts`). */
  kind: Uint16Array
  /** Which cues each word is (`gazetteer.ts`). */
  cue: Uint32Array
  /** 0, or the type it was found to be plus 1, or `TAKEN`. */
  mark: Uint16Array
  /** The words that are capitalised, and those that are cues of any kind, by index. */
  capitals: Int32Array
  capitalCount: number
  cued: Int32Array
  cuedCount: number
  /** Whether anything in it looks like a login: an @, an = or an underscore, or a word such as `user`. */
  hasLogin: boolean
  /** Whether any word makes a street of what stands beside it. */
  hasStreet: boolean
  /** Whether any word has a digit. */
  hasNumber: boolean
  /** Whether the text reads like French, where `M.` is a title. */
  french: boolean
  /** Whether the word stands in a list of common words or of technical terms. */
  isCommon(index: number): boolean
  /** Whether the word ends like a street: `Lindenstraße`. */
  isStreet(index: number): boolean
}

/** No rule looks further. */
const AHEAD = 8

const ANNOUNCES = TITLE | ROLE | SALUTATION | SIGNOFF
const COMMONS = ENGLISH | FRENCH | GERMAN | HARMLESS

/** The mark of a word that is within something found by its structure. */
export const TAKEN = 65_535

export function makePage(names: Gazetteer): Page {
  const tokens = gap.makeTokens()
  const capacity = tokens.start.length
  const page: Page = {
    bytes: new Uint8Array(0),
    tokens,
    kind: new Uint16Array(capacity),
    cue: new Uint32Array(capacity),
    mark: new Uint16Array(capacity),
    capitals: new Int32Array(capacity),
    capitalCount: 0,
    cued: new Int32Array(capacity),
    cuedCount: 0,
    hasLogin: false,
    hasStreet: false,
    hasNumber: false,
    french: false,
    isStreet: (index) => endsLikeStreet(page.bytes, tokens.start[index] ?? 0, tokens.end[index] ?? 0),
    isCommon: (index) => (names.flags(tokens.hash[index] ?? 0) & COMMONS) !== 0,
  }
  return page
}

/** Takes in bytes [start, end): their words with class and cues, nothing marked. */
export function readPage(page: Page, bytes: Uint8Array, start: number, end: number, names: Gazetteer): void {
  const { tokens } = page
  page.bytes = bytes
  gap.tokenise(bytes, start, end, tokens)
  const { count } = tokens
  if (page.kind.length < count) {
    page.kind = new Uint16Array(tokens.start.length)
    page.cue = new Uint32Array(tokens.start.length)
    page.mark = new Uint16Array(tokens.start.length)
    page.capitals = new Int32Array(tokens.start.length)
    page.cued = new Int32Array(tokens.start.length)
  }
  const { kind, cue, mark, capitals, cued } = page
  let capitalCount = 0
  let cuedCount = 0
  let french = 0
  let gaps = 0
  let allCues = 0
  let numbers = 0
  for (let index = 0; index < count; index += 1) {
    mark[index] = 0
    const cues = names.cue(tokens.hash[index] ?? 0)
    cue[index] = cues
    allCues |= cues
    gaps |= tokens.gap[index] ?? 0
    if (cues !== 0) {
      cued[cuedCount] = index
      cuedCount += 1
      if ((cues & FRENCH_WORD) !== 0) french += 1
    }
    const shape = tokens.shape[index] ?? 0
    if (shape === gap.SMALL || shape >= gap.WITH_DIGIT) {
      kind[index] = 0
      if (shape >= gap.WITH_DIGIT) numbers += 1
      continue
    }
    const found = classOf(bytes, tokens, index, names)
    if (found !== 0) {
      capitals[capitalCount] = index
      capitalCount += 1
    }
    // What announces a name is none.
    kind[index] = (cues & ANNOUNCES) !== 0 && (found & ~INITIAL_LETTER) !== 0 ? COMMON : found
  }
  clearBehind(page, count)
  page.capitalCount = capitalCount
  page.cuedCount = cuedCount
  page.hasLogin = (allCues & LOGIN) !== 0 || (gaps & (gap.AT | gap.EQUALS | gap.UNDERSCORE)) !== 0
  page.hasStreet = (allCues & STREET) !== 0
  page.hasNumber = numbers > 0
  page.french = french > 1 && french * 12 > count
}

/** Rules look a few words ahead: what the last text had there is nothing. */
function clearBehind(page: Page, count: number): void {
  const { kind, cue, mark, tokens } = page
  for (let index = count; index < count + AHEAD; index += 1) {
    kind[index] = 0
    cue[index] = 0
    mark[index] = 0
    tokens.gap[index] = 0
    tokens.shape[index] = gap.SMALL
    tokens.letters[index] = 0
  }
}

/** Whether the word begins a sentence, a line or the text. */
export function beginsSentence(page: Page, index: number): boolean {
  const before = page.tokens.gap[index] ?? 0
  return (before & (gap.START_OF_TEXT | gap.LINE_END | gap.STOP | gap.COLON)) !== 0
}
