/**
 * Number plates: German ones by their districts, the pattern of France and Italy, others beside a word.
 */
import { alnum, classOf, digit, flags, skip, upper } from './bytes.ts'
import { isNear, makeNear, readNear, wordSet } from './cues.ts'
import type { Range, StructureDetector } from './detector.ts'
import { districts } from './plate-districts.ts'

/** Codes as numbers, their UTF-8 bytes (at most six: ÖHR is four) in base 256; Ä, Ö, Ü are two bytes. */
const codes: ReadonlySet<number> = new Set(
  districts.split(' ').map((code) => packed(new TextEncoder().encode(code), 0, -1)),
)

function packed(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < (to < 0 ? bytes.length : to); i++) sum = sum * 256 + (bytes[i] ?? 0)
  return sum
}

/** The begin of the upper-case letters, umlauts among them, that end before `at`. */
function lettersStart(bytes: Uint8Array, at: number, start: number, most: number): number {
  let from = at
  for (let i = 0; i < most && from > start; i++) {
    const byte = bytes[from - 1] ?? 0
    if (classOf[byte] === upper) from--
    else if (from - 2 >= start && bytes[from - 2] === 0xc3 && (byte === 0x84 || byte === 0x96 || byte === 0x9c))
      from -= 2
    else break
  }
  return from
}

function isBoundary(bytes: Uint8Array, at: number, start: number): boolean {
  if (at <= start) return true
  const byte = bytes[at - 1] ?? 0
  return ((classOf[byte] ?? 0) & (alnum | 8)) === 0 && byte !== 45 && byte !== 95 && byte !== 46
}

/** The end of the digits at `at` with an E or H behind; `at` where there are more than four or something goes on. */
function numberEnd(bytes: Uint8Array, at: number, end: number): number {
  let to = skip(bytes, at, end, digit)
  if (to - at > 4 || bytes[at] === 48) return at
  const tail = to < end ? bytes[to] : 0
  if (tail === 69 || tail === 72) to++
  if (to >= end) return to
  const byte = bytes[to] ?? 0
  if (((classOf[byte] ?? 0) & (alnum | 8)) !== 0 || byte === 95) return at
  const goesOn =
    (byte === 45 || byte === 46 || byte === 47 || byte === 58) &&
    to + 1 < end &&
    ((classOf[bytes[to + 1] ?? 0] ?? 0) & alnum) !== 0
  return goesOn ? at : to
}

const plateWords = wordSet(
  'kennzeichen kfz kfzkennzeichen nummernschild autokennzeichen fahrzeug auto wagen plate licenceplate licenseplate numberplate registration reg vehicle car immatriculation plaque véhicule voiture targa matrícula matricula kenteken rejestracyjny amtliches',
)
const near = makeNear(4)

function isSaid(bytes: Uint8Array, from: number, to: number, start: number, end: number): boolean {
  readNear(bytes, from, to, start, end, near)
  return isNear(near, plateWords, 4)
}

/** `B-AB 1234`, `MÜ-A 1`, `M AB 123`, `B:AB 12` */
function findGerman(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  const to = numberEnd(bytes, at, end)
  if (to === at) return false
  const gap = at > start && (bytes[at - 1] === 32 || bytes[at - 1] === 45) ? 1 : 0
  const pairEnd = at - gap
  const pair = lettersStart(bytes, pairEnd, start, 2)
  if (pair === pairEnd || pair <= start) return false
  const mark = bytes[pair - 1] ?? 0
  if (mark !== 45 && mark !== 32 && mark !== 58) return false
  const from = lettersStart(bytes, pair - 1, start, 3)
  if (from === pair - 1 || !isBoundary(bytes, from, start) || !codes.has(packed(bytes, from, pair - 1))) return false
  if ((mark !== 45 || gap === 0) && !isSaid(bytes, from, to, start, end)) return false
  found.start = from
  found.end = to
  return true
}

function isWhole(bytes: Uint8Array, start: number, end: number, finds: StructureDetector['find']): boolean {
  if (end - start < 4 || end - start > 16) return false
  for (let at = start; at < end; at++) {
    if (classOf[bytes[at] ?? 0] === digit)
      return finds(bytes, at, start, end, whole) && whole.start === start && whole.end === end
  }
  return false
}

const whole: Range = { start: 0, end: 0 }

/** As written, upper case, without spaces, dashes and colons. */
function canonical(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let length = 0
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0
    if (byte === 32 || byte === 45 || byte === 58) continue
    out[at + length] = byte >= 97 && byte <= 122 ? byte - 32 : byte
    length++
  }
  return length
}

/** Capitals, and the second bytes of Ä, Ö, Ü. */
const beforeGerman = flags(' -ABCDEFGHIJKLMNOPQRSTUVWXYZ')
for (const byte of [0x84, 0x96, 0x9c]) beforeGerman[byte] = 1
const next = flags(' EH.,;:!?)"\'\n\r\t<]}-/')
next[0] = 1

export const germanPlate: StructureDetector = {
  family: 'structure',
  id: 'de.kfz',
  title: { en: 'German number plate', de: 'Kfz-Kennzeichen' },
  basis: '§ 9 FZV, Anlage 1',
  source: 'https://www.gesetze-im-internet.de/fzv_2023/',
  layout: {
    en: 'A district of one to three letters, a hyphen, one or two letters, up to four digits, perhaps E or H.',
    de: 'Ein Unterscheidungszeichen aus ein bis drei Buchstaben, Bindestrich, ein oder zwei Buchstaben, bis zu vier Ziffern, auch E oder H.',
  },
  example: 'B-AB 1234',
  accuracy: {
    en: 'Some 700 districts are known; without the hyphen or the space it counts only beside a word such as Kennzeichen.',
    de: 'Rund 700 Unterscheidungszeichen sind bekannt; ohne Bindestrich oder Leerzeichen zählt es nur neben einem Wort wie Kennzeichen.',
  },
  chance: 1 / 25,
  anchors: flags('0123456789'),
  first: { runs: [1, 4], next, before: beforeGerman },
  is: (bytes, start, end) => isWhole(bytes, start, end, findAnyGerman),
  find: findGerman,
  canonical,
}

/** As `findGerman`, for a whole value: with or without hyphen and space. */
function findAnyGerman(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  const to = numberEnd(bytes, at, end)
  const gap = at > start && (bytes[at - 1] === 32 || bytes[at - 1] === 45) ? 1 : 0
  const pair = lettersStart(bytes, at - gap, start, 2)
  const mark = pair > start ? (bytes[pair - 1] ?? 0) : 0
  if (to === at || pair === at - gap || (mark !== 45 && mark !== 32 && mark !== 58)) return false
  found.start = lettersStart(bytes, pair - 1, start, 3)
  found.end = to
  return codes.has(packed(bytes, found.start, pair - 1))
}

/** `AB-123-CD`: the letters of France since 2009 and, with spaces, of Italy. */
function findPattern(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  const to = at + 3
  if (at - 3 < start || to + 3 > end || skip(bytes, at, to, digit) !== to) return false
  const mark = bytes[to] ?? 0
  if ((mark !== 45 && mark !== 32) || bytes[at - 1] !== mark) return false
  for (const place of [at - 3, at - 2, to + 1, to + 2])
    if (classOf[bytes[place] ?? 0] !== upper || vowels[bytes[place] ?? 0] === 1) return false
  if (!isBoundary(bytes, at - 3, start)) return false
  if (to + 3 < end && ((classOf[bytes[to + 3] ?? 0] ?? 0) & (alnum | 8)) !== 0) return false
  if (to + 4 < end && bytes[to + 3] === 45 && ((classOf[bytes[to + 4] ?? 0] ?? 0) & alnum) !== 0) return false
  if (mark === 32 && !isSaid(bytes, at - 3, to + 3, start, end)) return false
  found.start = at - 3
  found.end = to + 3
  return true
}

const vowels = flags('IOU')

/** What a plate of any country is made of: groups of letters and digits, six to eight together, behind a word. */
function findSaid(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  let from = at
  while (
    from > start &&
    at - from < 8 &&
    (((classOf[bytes[from - 1] ?? 0] ?? 0) & (upper | digit)) !== 0 || isJoint(bytes, from - 1, start, end))
  )
    from--
  let to = at
  while (
    to < end &&
    to - from < 11 &&
    (((classOf[bytes[to] ?? 0] ?? 0) & (upper | digit)) !== 0 || isJoint(bytes, to, start, end))
  )
    to++
  let figures = 0
  let capitals = 0
  for (let i = from; i < to; i++) {
    const kind = classOf[bytes[i] ?? 0] ?? 0
    if (kind === digit) figures++
    else if (kind === upper) capitals++
  }
  if (
    figures < 2 ||
    capitals < 1 ||
    figures + capitals < 5 ||
    figures + capitals > 8 ||
    !isBoundary(bytes, from, start)
  )
    return false
  if (to < end && ((classOf[bytes[to] ?? 0] ?? 0) & (alnum | 8)) !== 0) return false
  if (!isSaid(bytes, from, to, start, end)) return false
  found.start = from
  found.end = to
  return true
}

/** A space or hyphen between capitals and digits. */
function isJoint(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  if ((bytes[at] !== 32 && bytes[at] !== 45) || at - 1 < start || at + 1 >= end) return false
  return (
    ((classOf[bytes[at - 1] ?? 0] ?? 0) & (upper | digit)) !== 0 &&
    ((classOf[bytes[at + 1] ?? 0] ?? 0) & (upper | digit)) !== 0
  )
}

function findOther(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean {
  const before = at > start ? (bytes[at - 1] ?? 0) : 0
  if ((classOf[before] ?? 0) !== upper && before !== 45 && before !== 32) return false
  return findPattern(bytes, at, start, end, found) || findSaid(bytes, at, start, end, found)
}

export const plate: StructureDetector = {
  family: 'structure',
  id: 'plate',
  title: { en: 'Number plate of another country', de: 'Kennzeichen anderer Länder' },
  basis: 'Regulation (EC) 2411/98',
  source: 'https://eur-lex.europa.eu/eli/reg/1998/2411/oj',
  layout: {
    en: 'Two letters, three digits, two letters with hyphens (France), or groups of capitals and digits, five to eight together, beside a word such as plate.',
    de: 'Zwei Buchstaben, drei Ziffern, zwei Buchstaben mit Bindestrichen (Frankreich) oder Gruppen aus Großbuchstaben und Ziffern, fünf bis acht zusammen, neben einem Wort wie Kennzeichen.',
  },
  example: 'AB-123-CD',
  accuracy: {
    en: 'Other patterns than the French count only beside a word; part numbers of the French pattern are taken for plates.',
    de: 'Andere Muster als das französische zählen nur neben einem Wort; Teilenummern im französischen Muster gelten als Kennzeichen.',
  },
  chance: 1,
  anchors: flags('0123456789'),
  first: { runs: [1, 6], next: flags(' -ABCDEFGHIJKLMNOPQRSTUVWXYZ'), before: flags(' -ABCDEFGHIJKLMNOPQRSTUVWXYZ') },
  is: (bytes, start, end) => isWhole(bytes, start, end, findPattern),
  find: findOther,
  canonical,
}
