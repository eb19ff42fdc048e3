/**
 * Postal addresses: a street with its house number, a postcode with its town.
 */
import {
  alnum,
  ascii,
  classOf,
  digit,
  flags,
  flagsBut,
  isDigit,
  letter,
  lower,
  skip,
  startsWithFolded,
  upper,
} from './bytes.ts'
import { hashOf, hashRange, isNear, isWordByte, makeNear, readNear, wordSet } from './cues.ts'
import type { Range, StructureDetector } from './detector.ts'

/** Ends of words that are streets: German, Dutch, Scandinavian. */
const streetEnds =
  'straße strasse str gasse allee platz weg ring damm ufer chaussee steig pfad graben promenade stieg markt wall straat laan plein gracht kade dijk dreef gatan vägen vej gade gata veien katu tie'
    .split(' ')
    .map(ascii)
/** Those of them that count only as an end: alone they are other words. */
const longEnough = 3

/** Words in front of the name: `Via Roma 12`, `Calle Mayor 5`, `ul. Długa 7`, `Rue de la Loi 16`. */
const before = wordSet(
  'via viale piazza corso vicolo calle avenida plaza paseo rua travessa ul ulica aleja plac rue avenue boulevard chaussée utca ulice',
)
/** Words behind number and name: `12 High Street`. */
const english = wordSet(
  'street st road rd avenue ave lane ln drive dr close court ct way place pl square sq terrace crescent gardens grove hill park row walk mews boulevard blvd parkway pkwy highway hwy green quay circle cir trail loop',
)
/** Words between number and name: `12 rue de la Paix`. */
const french = wordSet(
  'rue avenue av ave boulevard bd bld blvd place pl chemin ch allée allee allées impasse imp quai route rte cours square passage ruelle faubourg fbg sentier villa résidence esplanade promenade lotissement montée traverse venelle',
)
const particles = wordSet(
  'de la le les du des d l et en sur sous à aux au of the am an der die das den dem im in bei ob vor und zum zur von',
)

function wordStart(bytes: Uint8Array, at: number, start: number): number {
  const limit = Math.max(start, at - 40)
  let from = at
  while (from > limit && (isWordByte(bytes[from - 1] ?? 0) || bytes[from - 1] === 45 || bytes[from - 1] === 39)) from--
  return from
}

function wordEnd(bytes: Uint8Array, at: number, end: number): number {
  const limit = Math.min(end, at + 40)
  let to = at
  while (
    to < limit &&
    (isWordByte(bytes[to] ?? 0) ||
      (bytes[to] === 45 && to > at) ||
      (bytes[to] === 39 && to > at) ||
      isApostrophe(bytes, to, end))
  )
    to++
  return to
}

function isApostrophe(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 2 < end && bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0x99
}

/** Whether the word at `at` begins with a capital, an umlaut or accent among them. */
function isCapital(bytes: Uint8Array, at: number, end: number): boolean {
  const byte = bytes[at] ?? 0
  if (classOf[byte] === upper) return true
  if (at + 1 >= end) return false
  const second = bytes[at + 1] ?? 0
  return (
    (byte === 0xc3 && second >= 0x80 && second <= 0x9e) ||
    (byte === 0xc5 && second === 0x81) ||
    byte === 0xce ||
    byte === 0xd0
  )
}

/** The end of a house number at `at`: digits, perhaps a letter, perhaps `-14`; `at` where something else goes on. */
function houseEnd(bytes: Uint8Array, at: number, end: number): number {
  let to = skip(bytes, at, Math.min(end, at + 5), digit)
  if (to - at > 4 || bytes[at] === 48) return at
  to = withLetter(bytes, to, end)
  const mark = to < end ? bytes[to] : 0
  if ((mark === 45 || mark === 47) && to + 1 < end && isDigit(bytes[to + 1] ?? 0)) {
    const second = skip(bytes, to + 1, Math.min(end, to + 6), digit)
    if (second - to > 5) return at
    to = withLetter(bytes, second, end)
  }
  if (to < end && ((isWordByte(bytes[to] ?? 0) && !isWide(bytes, to)) || isDigit(bytes[to] ?? 0))) return at
  if (to + 1 < end && goesOn[bytes[to] ?? 0] === 1 && isDigit(bytes[to + 1] ?? 0)) return at
  return to < end && (bytes[to] === 37 || bytes[to] === 64 || bytes[to] === 95) ? at : to
}

const goesOn = flags('.,:-/')

/** Spaces and marks of several bytes are no letters. */
function isWide(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xc2 || bytes[at] === 0xe2
}

function withLetter(bytes: Uint8Array, at: number, end: number): number {
  const at2 = at < end && bytes[at] === 32 ? at + 1 : at
  const byte = at2 < end ? (bytes[at2] ?? 0) : 0
  const small = byte >= 97 && byte <= 104
  const capital = at2 === at && byte >= 65 && byte <= 72
  if (!small && !capital) return at
  return at2 + 1 < end && (isWordByte(bytes[at2 + 1] ?? 0) || isDigit(bytes[at2 + 1] ?? 0) || bytes[at2 + 1] === 46)
    ? at
    : at2 + 1
}

/** The begin of the street whose name ends before the house number at `at`; −1 where none does. */
function nameBefore(bytes: Uint8Array, at: number, start: number, end: number): number {
  let to = at - 1
  if (bytes[to] === 32 && to > start && bytes[to - 1] === 46) to--
  if (to - 3 < start) return -1
  if (!isWordByte(bytes[to - 1] ?? 0) || (mayEndStreet[lastPair(bytes, to)] !== 1 && bytes[at - 1] !== 32)) return -1
  const from = wordStart(bytes, to, start)
  if (to - from < 3) return -1
  if (mayEndStreet[lastPair(bytes, to)] === 1 && endsAsStreet(bytes, from, to)) {
    if (isCapital(bytes, from, end) && to - from > 6 && !isBare(bytes, from, to))
      return withArticle(bytes, from, start, end)
    return isBare(bytes, from, to) ? adjectiveBefore(bytes, from, start, end) : -1
  }
  return isCapital(bytes, from, end) ? prefixBefore(bytes, from, start) : -1
}

/** The last two bytes of a word as a number, without a look at upper and lower case. */
function lastPair(bytes: Uint8Array, to: number): number {
  return ((bytes[to - 2] ?? 0) | 32) * 256 + ((bytes[to - 1] ?? 0) | 32)
}

/** By the last two bytes: whether any of the ends has them. */
const mayEndStreet = new Uint8Array(65_536)
for (const ending of streetEnds) mayEndStreet[lastPair(ending, ending.length)] = 1

function endsAsStreet(bytes: Uint8Array, from: number, to: number): boolean {
  for (const ending of streetEnds)
    if (to - from >= ending.length && startsWithFolded(bytes, to - ending.length, to, ending)) return true
  return false
}

/** Whether the word is nothing but `Straße`, `Weg`, `Platz`. */
function isBare(bytes: Uint8Array, from: number, to: number): boolean {
  for (const ending of streetEnds)
    if (to - from === ending.length && startsWithFolded(bytes, from, to, ending)) return true
  return false
}

/** Before a bare `Straße` stands a capitalised word: `Berliner Straße`, `Am Alten Markt`. */
function adjectiveBefore(bytes: Uint8Array, at: number, start: number, end: number): number {
  if (at - 2 < start || bytes[at - 1] !== 32) return -1
  const from = wordStart(bytes, at - 1, start)
  if (from === at - 1 || !isCapital(bytes, from, end) || at - 1 - from < longEnough) return -1
  return withArticle(bytes, from, start, end)
}

/** With `Am`, `An der`, `Alte` in front where they are capitalised. */
function withArticle(bytes: Uint8Array, at: number, start: number, end: number): number {
  if (at - 3 < start || bytes[at - 1] !== 32) return at
  const from = wordStart(bytes, at - 1, start)
  const size = at - 1 - from
  if (size < 2 || size > 12 || !isCapital(bytes, from, end)) return at
  return particles.has(hashRange(bytes, from, at - 1)) || adjectives.has(hashRange(bytes, from, at - 1)) ? from : at
}

const adjectives = wordSet(
  'alte alter alten neue neuer neuen lange langer kleine kleiner große großer hohe hoher obere oberer untere unterer hintere vordere kurze kurzer',
)

/** `Via Roma`, `Rue de la Loi`: one of the words in front, at most four words away. */
function prefixBefore(bytes: Uint8Array, at: number, start: number): number {
  let from = at
  for (let i = 0; i < 4; i++) {
    if (from - 2 < start || bytes[from - 1] !== 32) return -1
    const to = bytes[from - 2] === 46 ? from - 2 : from - 1
    from = wordStart(bytes, to, start)
    if (from === to) return -1
    if (before.has(hashRange(bytes, from, to))) return from
  }
  return -1
}

/** The end of `High Street` behind the number; −1 where there is none. */
function englishEnd(bytes: Uint8Array, at: number, end: number): number {
  let place = at
  for (let i = 0; i < 4; i++) {
    const to = wordEnd(bytes, place, end)
    if (to === place || !isCapital(bytes, place, end)) return -1
    if (i > 0 && english.has(hashRange(bytes, place, to))) return to
    if (to >= end || bytes[to] !== 32) return -1
    place = to + 1
  }
  return -1
}

const bis = new Set(['bis', 'ter', 'quater', 'b', 't'].map(hashOf))

/** The first two bytes of a word as a number, without a look at upper and lower case. */
function firstPair(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) | 32) * 256 + ((bytes[at + 1] ?? 0) | 32)
}

/** By the first two bytes: whether a French street may begin so behind its number. */
const mayBeginFrench = new Uint8Array(65_536)
for (const pair of 'ru av bo bd bl pl ch al im qu ro rt co sq pa fb fa se vi ré es pr lo mo tr ve bi te b t'.split(
  ' ',
)) {
  const bytes = ascii(`${pair} `)
  mayBeginFrench[firstPair(bytes, 0)] = 1
}

/** The end of `rue de la Paix` behind the number; −1 where there is none. */
function frenchEnd(bytes: Uint8Array, at: number, end: number): number {
  let place = at
  let to = wordEnd(bytes, place, end)
  if (to < end && bytes[to] === 32 && bis.has(hashRange(bytes, place, to))) {
    place = to + 1
    to = wordEnd(bytes, place, end)
  }
  if (to < end && bytes[to] === 44) return -1
  if (!french.has(hashRange(bytes, place, to))) return -1
  if (to < end && bytes[to] === 46) to++
  let last = -1
  for (let i = 0; i < 7 && to < end && bytes[to] === 32; i++) {
    const from = to + 1
    to = wordEnd(bytes, from, end)
    if (to === from) break
    const elided = bytes[from + 1] === 39 || isApostrophe(bytes, from + 1, end)
    if (isCapital(bytes, from, end) || elided) last = to
    else if (!particles.has(hashRange(bytes, from, to)) && classOf[bytes[from] ?? 0] !== lower) break
    else if (!particles.has(hashRange(bytes, from, to)) && last >= 0) break
  }
  return last
}

function findStreet(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  if (at > start && (bytes[at - 1] === 32 || bytes[at - 1] === 46)) {
    const from = nameBefore(bytes, at, start, end)
    const to = from >= 0 ? houseEnd(bytes, at, end) : at
    if (to > at) {
      found.start = from
      found.end = to
      return true
    }
  }
  return findNumberFirst(bytes, at, start, end, found)
}

function findNumberFirst(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  const previous = at > start ? (bytes[at - 1] ?? 0) : 0
  if (((classOf[previous] ?? 0) & alnum) !== 0 || inside[previous] === 1) return false
  let to = skip(bytes, at, Math.min(end, at + 6), digit)
  if (to - at > 5) return false
  if (to < end && ((classOf[bytes[to] ?? 0] ?? 0) & letter) !== 0) to++
  if (to < end && bytes[to] === 44) to++
  if (to + 3 >= end || bytes[to] !== 32 || !isWordByte(bytes[to + 1] ?? 0)) return false
  const first = bytes[to + 1] ?? 0
  const last = classOf[first] === upper ? englishEnd(bytes, to + 1, end) : -1
  const french = last < 0 && mayBeginFrench[firstPair(bytes, to + 1)] === 1
  const street = french ? frenchEnd(bytes, to + 1, end) : last
  if (street < 0) return false
  found.start = at
  found.end = street
  return true
}

const inside = flags('.,-/:_')

const whole: Range = { start: 0, end: 0 }

function isFound(bytes: Uint8Array, start: number, end: number, finds: StructureDetector['find']): boolean {
  if (end - start > 120) return false
  for (let at = start; at < end; at++) {
    if (!isDigit(bytes[at] ?? 0) || (at > start && isDigit(bytes[at - 1] ?? 0))) continue
    if (finds(bytes, at, start, end, whole) && whole.start === start && whole.end === end) return true
  }
  return false
}

/** ASCII in lower case. */
function folded(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0
    out[at + i - start] = byte >= 65 && byte <= 90 ? byte | 32 : byte
  }
  return end - start
}

const afterHouse = flags(' ,.;:\n\r\t)"\'-/<abcdefghABCDEFGH!?|}]')
afterHouse[0] = 1
afterHouse[0xc2] = 1
afterHouse[0xe2] = 1

export const street: StructureDetector = {
  family: 'structure',
  id: 'street',
  title: { en: 'Street and house number', de: 'Straße und Hausnummer' },
  basis: 'DIN 5008, ISO 19160-4',
  source: 'https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions',
  layout: {
    en: 'A name ending in -straße, -weg, -gasse, -platz, -straat and the like with a number behind; a number before Street, Road, Lane; a number and rue, avenue, boulevard.',
    de: 'Ein Name auf -straße, -weg, -gasse, -platz, -straat und Ähnliches mit Nummer dahinter; eine Nummer vor Street, Road, Lane; eine Nummer und rue, avenue, boulevard.',
  },
  example: 'Musterstraße 12a',
  accuracy: {
    en: 'Streets without such a word (Unter den Linden 5) and without a number are left to the names of places.',
    de: 'Straßen ohne ein solches Wort (Unter den Linden 5) und ohne Nummer bleiben den Ortsnamen überlassen.',
  },
  chance: 1,
  anchors: flags('0123456789'),
  first: { runs: [1, 5], next: afterHouse, before: flagsBut('-/:_') },
  is: (bytes, start, end) => isFound(bytes, start, end, findStreet),
  find: findStreet,
  canonical: folded,
}

/** Words behind a number of five digits that say that it counts something. */
const counted = wordSet(
  'euro eur chf usd gbp stück kunden uhr mal personen einwohner seiten meter tage jahre stunden minuten sekunden zeilen punkte kilometer km kg liter artikel einheiten mitarbeiter nutzer besucher prozent mb gb kb zeichen franken dollar pfund aktien items users rows records bytes euros clients personnes habitants lignes points mitglieder patienten teilnehmer exemplare datensätze followers downloads views january february march april may june july august september october november december januar februar märz mai juni juli oktober dezember january',
)
const postWords = wordSet(
  'plz postleitzahl wohnhaft wohnt wohnort adresse anschrift postfach ort stadt address postcode zip lives living resident domicilié domiciliée habite demeurant adresse résidant cp code postal ville woonplaats nach umgezogen verzogen in à',
)
const near = makeNear(2)

/** A town behind a postcode: capitalised words, `am Main`, `an der Saale`, `bei`. The end; `at` where there is none. */
function townEnd(bytes: Uint8Array, at: number, end: number): number {
  let last = at
  let place = at
  for (let i = 0; i < 5; i++) {
    const to = wordEnd(bytes, place, end)
    if (to === place) break
    if (isCapital(bytes, place, end)) {
      if (i > 0 && last === at) break
      last = to
      if (i > 0 && !joined) break
      joined = false
    } else if (i > 0 && particles.has(hashRange(bytes, place, to))) joined = true
    else break
    if (to >= end || bytes[to] !== 32) break
    place = to + 1
    if (compound.has(hashRange(bytes, at, to))) joined = true
  }
  joined = false
  return last
}

let joined = false
const compound = wordSet('bad sankt st saint sainte st. los las san den new la le les neu alt groß klein hamburg markt')

function findPostcode(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  const to = skip(bytes, at, Math.min(end, at + 6), digit)
  const size = to - at
  if (size < 4 || size > 5 || to + 3 >= end || bytes[to] !== 32) return false
  const previous = at > start ? (bytes[at - 1] ?? 0) : 0
  const country = previous === 45 && at - 2 >= start && countryLetter(bytes, at - 2, start)
  if (!country && (((classOf[previous] ?? 0) & (alnum | 8)) !== 0 || inside[previous] === 1) && previous !== 44)
    return false
  const dutch = size === 4 ? dutchLetters(bytes, to + 1, end) : 0
  const townAt = to + 1 + dutch
  if (!isCapital(bytes, townAt, end) || counted.has(hashRange(bytes, townAt, wordEnd(bytes, townAt, end)))) return false
  const last = townEnd(bytes, townAt, end)
  if (last === townAt || last - townAt < 3) return false
  const from = country ? at - 2 : at
  if (!country && dutch === 0 && !isPlaced(bytes, at, last, start, end, size)) return false
  found.start = from
  found.end = last
  return true
}

/** Whether what stands before says that a place follows: a comma, a line, a house number, a word. */
function isPlaced(bytes: Uint8Array, at: number, last: number, start: number, end: number, size: number): boolean {
  let place = at
  while (place > start && bytes[place - 1] === 32) place--
  const byte = place > start ? (bytes[place - 1] ?? 0) : 10
  if (byte === 10 || byte === 34) return size === 5
  if (byte === 44 || byte === 59) return true
  if (isDigit(byte)) return size === 5
  readNear(bytes, at, last, start, end, near)
  return isNear(near, postWords, 1)
}

/** `D-`, `A-`, `CH-`, `F-`, `B-`, `L-` */
function countryLetter(bytes: Uint8Array, at: number, start: number): boolean {
  const byte = bytes[at] ?? 0
  if (byte === 72) return at - 1 >= start && bytes[at - 1] === 67
  return countries[byte] === 1 && (at === start || ((classOf[bytes[at - 1] ?? 0] ?? 0) & alnum) === 0)
}

const countries = flags('DAFBLI')

/** `1012 AB `: three bytes more. */
function dutchLetters(bytes: Uint8Array, at: number, end: number): number {
  if (
    at + 3 >= end ||
    classOf[bytes[at] ?? 0] !== upper ||
    classOf[bytes[at + 1] ?? 0] !== upper ||
    bytes[at + 2] !== 32
  )
    return 0
  return 3
}

/** British: `SW1A 1AA`, with the digit of the second half at `at`. */
function findBritish(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  if (at + 3 > end || at - 3 < start || bytes[at - 1] !== 32) return false
  if (classOf[bytes[at + 1] ?? 0] !== upper || classOf[bytes[at + 2] ?? 0] !== upper) return false
  if (at + 3 < end && ((classOf[bytes[at + 3] ?? 0] ?? 0) & alnum) !== 0) return false
  let from = at - 1
  while (from > start && at - 1 - from < 5 && ((classOf[bytes[from - 1] ?? 0] ?? 0) & (upper | digit)) !== 0) from--
  const size = at - 1 - from
  if (size < 2 || size > 4 || classOf[bytes[from] ?? 0] !== upper) return false
  if (from > start && ((classOf[bytes[from - 1] ?? 0] ?? 0) & (alnum | 8)) !== 0) return false
  const second = classOf[bytes[from + 1] ?? 0] ?? 0
  if (second !== digit && (size < 3 || classOf[bytes[from + 2] ?? 0] !== digit)) return false
  found.start = from
  found.end = at + 3
  return true
}

function findPlace(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  return findBritish(bytes, at, start, end, found) || findPostcode(bytes, at, start, end, found)
}

function isPostcode(bytes: Uint8Array, start: number, end: number): boolean {
  const to = skip(bytes, start, Math.min(end, start + 6), digit)
  if (to === end) return end - start === 4 || end - start === 5
  return isFound(bytes, start, end, findPlace)
}

const afterCode = flags(' ABCDEFGHIJKLMNOPQRSTUVWXYZ')

export const postcode: StructureDetector = {
  family: 'structure',
  id: 'postcode',
  title: { en: 'Postcode with town', de: 'Postleitzahl mit Ort' },
  basis: 'DIN 5008, BS 7666',
  source: 'https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions',
  layout: {
    en: 'Four or five digits with the name of a town behind, perhaps D-, A-, CH- in front; Dutch with two letters; British as SW1A 1AA.',
    de: 'Vier oder fünf Ziffern mit dem Namen eines Orts dahinter, auch mit D-, A-, CH- davor; niederländisch mit zwei Buchstaben; britisch wie SW1A 1AA.',
  },
  example: 'SW1A 1AA',
  accuracy: {
    en: 'Digits and town count in text behind a comma, a line, a house number or a word such as wohnhaft only; of a column four or five digits are enough.',
    de: 'Ziffern und Ort zählen im Text nur hinter Komma, Zeile, Hausnummer oder einem Wort wie wohnhaft; in einer Spalte genügen vier oder fünf Ziffern.',
  },
  chance: 1,
  anchors: flags('0123456789'),
  first: { runs: [1, 5], next: afterCode, before: flagsBut('._:/') },
  is: isPostcode,
  find: findPlace,
  canonical: folded,
}
