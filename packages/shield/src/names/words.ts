/** What a capitalised word may be, from the table of names and from how it is made. */
import type { Tokens } from '../text/tokens.ts'
import { ALL_CAPITALS, CAPITAL, INITIAL, MIXED } from '../text/tokens.ts'
import { hashWord } from './fold.ts'
import * as is from './gazetteer.ts'
import type { Gazetteer } from './gazetteer.ts'

/** Classes, as bits, so that a rule names the set that it takes. 0: not capitalised, no word at all. */
export const UNKNOWN = 1
export const GIVEN = 2
export const RARE_GIVEN = 4
export const FAMILY = 8
export const RARE_FAMILY = 16
/** A given name that is also a word. */
export const MAYBE_GIVEN = 32
/** A given name that is also a word, but not in German: a capital within a sentence is enough. */
export const SOFT_GIVEN = 4096
/** A family name that is also a town. */
export const FAMILY_OR_TOWN = 16_384
/** A family name that is also a word, but not in German. */
export const SOFT_FAMILY = 8192
/** A family name that is also a word. */
export const MAYBE_FAMILY = 64
export const COMMON = 128
/** A firm, a product, a month, an abbreviation. */
export const NEVER = 256
export const PLACE = 512
export const INITIAL_LETTER = 1024
/** A rare family name that is also a word: a name only straight after a title. */
export const COMMON_NAME = 2048

const WORD = is.GERMAN | is.ENGLISH | is.FRENCH

/** The endings that have this byte as their last, by byte. */
function byLastByte(endings: readonly string[]): readonly (readonly Uint8Array[])[] {
  const lists: Uint8Array[][] = Array.from({ length: 256 }, () => [])
  for (const ending of endings) {
    const bytes = new TextEncoder().encode(ending)
    lists[(bytes.at(-1) ?? 0) | 32]?.push(bytes)
  }
  return lists
}

/** Endings of nouns that hardly any family name has. */
const ENDINGS = byLastByte([
  'ungen',
  'ung',
  'heiten',
  'heit',
  'keiten',
  'keit',
  'schaften',
  'schaft',
  'tionen',
  'tions',
  'tion',
  'itäten',
  'ität',
  'ismus',
  'ments',
  'ment',
  'ness',
  'ités',
  'ité',
  'ability',
  'ierte',
  'ierter',
  'nummer',
  'logie',
  'graphie',
  'sion',
  'ungs',
])

function hasEnding(
  bytes: Uint8Array,
  start: number,
  end: number,
  byLast: readonly (readonly Uint8Array[])[],
  front = 3,
): boolean {
  const endings = byLast[(bytes[end - 1] ?? 0) | 32]
  if (endings === undefined) return false
  for (const ending of endings) {
    const from = end - ending.length
    if (from - start < front) continue
    let at = 0
    while (at < ending.length && ((bytes[from + at] ?? 0) | 32) === ((ending[at] ?? 0) | 32)) at += 1
    if (at === ending.length) return true
  }
  return false
}

/** Endings of family names of Europe and its neighbours that words do not have. */
const NAME_ENDINGS = byLastByte([
  'sson',
  'sen',
  'dottir',
  'vic',
  'vich',
  'ski',
  'ska',
  'sky',
  'wicz',
  'enko',
  'escu',
  'yan',
  'ian',
  'shvili',
  'dze',
  'oglu',
  'poulos',
  'idis',
  'ov',
  'ova',
  'ev',
  'eva',
  'inen',
  'mann',
  'meier',
  'meyer',
  'maier',
  'mayer',
  'stein',
  'berg',
  'bauer',
  'hofer',
  'huber',
  'inger',
  'brecht',
  'hausen',
  'hauser',
  'thaler',
  'ecker',
  'acker',
  'son',
  'ley',
  'worth',
  'ton',
  'ford',
  'wood',
  'well',
  'field',
  'thorpe',
  'eau',
  'eaux',
  'ault',
  'oux',
  'ez',
  'elli',
  'etti',
  'ini',
  'uk',
  'czyk',
  'lewski',
  'quist',
  'gaard',
  'stra',
  'sma',
])

/** Whether the word ends like a family name, or has a letter that German, English and French do not. */
function looksLikeName(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0
    // Latin Extended-A but œ, and of Latin-1 ð, þ, ø, å, ñ, ã, õ, ý.
    if (byte === 0xc4 || (byte === 0xc5 && (bytes[at + 1] ?? 0) >> 1 !== 0x49)) return true
    if (byte === 0xc3 && FAR_LETTERS.has((bytes[at + 1] ?? 0) & 0x5f)) return true
  }
  return hasEnding(bytes, start, end, NAME_ENDINGS)
}

const FAR_LETTERS = new Set([0x90, 0x9e, 0x98, 0x85, 0x91, 0x83, 0x95, 0x9d].map((byte) => byte & 0x5f))

const STREET_ENDINGS = byLastByte(
  'straße strasse str weg platz allee gasse ring damm ufer chaussee steig stieg graben markt'.split(' '),
)

/** Whether the word ends like a street: `Lindenstraße`, `Rosenweg`, or is `Straße` itself. */
export function endsLikeStreet(bytes: Uint8Array, start: number, end: number): boolean {
  return hasEnding(bytes, start, end, STREET_ENDINGS, 0)
}

/** Whether the word ends in a German noun of at least five letters behind at least three others: `Wartungsfenster`. */
function isCompound(bytes: Uint8Array, start: number, end: number, names: Gazetteer): boolean {
  // What is before it has three letters at least, of which an umlaut takes two bytes.
  const last = Math.max(start + 4, end - 14)
  for (let at = end - 4; at >= last; at -= 1) {
    if (((bytes[at] ?? 0) & 0xc0) === 0x80) continue
    if (!names.isHead(hashWord(bytes, at, end))) continue
    if (end - at >= 6 || knownFront(bytes, start, at, names)) return true
  }
  return false
}

function knownFront(bytes: Uint8Array, start: number, end: number, names: Gazetteer): boolean {
  if ((names.flags(hashWord(bytes, start, end)) & WORD) !== 0) return true
  const last = (bytes[end - 1] ?? 0) | 32
  const joint = last === 115 || last === 110 || last === 101
  return joint && end - start > 3 && (names.flags(hashWord(bytes, start, end - 1)) & WORD) !== 0
}

/** The class of the word at `index`. */
export function classOf(bytes: Uint8Array, tokens: Tokens, index: number, names: Gazetteer): number {
  const shape = tokens.shape[index] ?? 0
  if (shape === INITIAL) return INITIAL_LETTER
  if (shape !== CAPITAL && shape !== ALL_CAPITALS && shape !== MIXED) return 0
  const start = tokens.start[index] ?? 0
  const end = tokens.end[index] ?? 0
  let flags = names.flags(tokens.hash[index] ?? 0)
  if (flags === 0) {
    const stem = tokens.stem[index] ?? 0
    if (stem !== 0) flags = names.flags(stem)
  }
  if (flags === 0 || flags === is.WEAK) return unlisted(bytes, start, end, shape, tokens.letters[index] ?? 0, names)
  return listed(flags, shape, tokens.letters[index] ?? 0)
}

function unlisted(
  bytes: Uint8Array,
  start: number,
  end: number,
  shape: number,
  letters: number,
  names: Gazetteer,
): number {
  if (shape === MIXED) return (bytes[start] ?? 0) === 77 && ((bytes[start + 1] ?? 0) | 2) === 99 ? UNKNOWN : NEVER
  if (shape === ALL_CAPITALS && letters < 5) return NEVER
  if (letters < 2) return NEVER
  if (hasEnding(bytes, start, end, ENDINGS) || (letters >= 7 && isCompound(bytes, start, end, names))) return COMMON
  return looksLikeName(bytes, start, end) ? RARE_FAMILY : UNKNOWN
}

function listed(flags: number, shape: number, letters: number): number {
  if ((flags & is.HARMLESS) !== 0) {
    if ((flags & is.AMBIGUOUS) !== 0) return MAYBE_GIVEN
    return (flags & (is.USUAL_FAMILY | is.USUAL_GIVEN)) !== 0 ? COMMON_NAME : NEVER
  }
  if (shape === ALL_CAPITALS && letters < 4) return (flags & is.USUAL_GIVEN) !== 0 ? MAYBE_GIVEN : NEVER
  if ((flags & is.AMBIGUOUS) !== 0) {
    const family = (flags & is.USUAL_FAMILY) !== 0
    if ((flags & is.GERMAN) !== 0) return family ? MAYBE_GIVEN | MAYBE_FAMILY : MAYBE_GIVEN
    return family ? SOFT_GIVEN | SOFT_FAMILY : SOFT_GIVEN
  }
  const word = (flags & WORD) !== 0
  if ((flags & is.USUAL_GIVEN) !== 0) return (flags & is.GERMAN) !== 0 ? MAYBE_GIVEN : GIVEN
  if ((flags & is.USUAL_FAMILY) !== 0) {
    if ((flags & is.BIG_PLACE) !== 0) return FAMILY_OR_TOWN
    if (!word) return FAMILY
    return (flags & is.GERMAN) !== 0 ? MAYBE_FAMILY : SOFT_FAMILY
  }
  if ((flags & is.PLACE) !== 0 && (flags & is.GERMAN) === 0 && (word || (flags & is.BIG_PLACE) !== 0)) return PLACE
  if (word) return (flags & (is.GIVEN | is.FAMILY)) !== 0 ? COMMON_NAME : COMMON
  if ((flags & is.BIG_PLACE) !== 0) return PLACE
  if ((flags & is.GIVEN) !== 0) return RARE_GIVEN
  if ((flags & is.FAMILY) !== 0) return RARE_FAMILY
  return (flags & is.PLACE) !== 0 ? PLACE : UNKNOWN
}
