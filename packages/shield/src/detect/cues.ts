/**
 * The words around a number: whether one of them says what the number is. Words are compared by a hash of 32 bits of their
 * folded letters; a chance meeting would cost a number its place in the text, not more.
 */
import { classOf, high, letter } from './bytes.ts'

/** Words as hashes. */
export type Words32 = ReadonlySet<number>

/** How far back a word is looked for at most, in words and in bytes. */
const wordsBack = 6
const bytesBack = 64
const wordsAhead = 3
const bytesAhead = 32

/**
 * What stands near a place: hashes of single words and of neighbours written as one (`Steuer-ID` is `steuerid`), the nearest first; of
 * those only that may be in a set.
 */
export interface Near {
  /** How many words back it reads. */
  readonly reach: number
  count: number
  readonly hash: Int32Array
  /** How many words away; those after the place count on from the words before. */
  readonly distance: Uint8Array
  /** How many of them stand between the place and the next number or line before it. */
  direct: number
}

export function makeNear(reach = wordsBack): Near {
  const size = 2 * (wordsBack + wordsAhead)
  return { reach, count: 0, hash: new Int32Array(size), distance: new Uint8Array(size), direct: 0 }
}

/** The hash of a word as it stands in a table: letters only count. */
export function hashOf(text: string): number {
  const bytes = new TextEncoder().encode(text)
  let hash = 0
  for (let i = 0; i < bytes.length; i++) if (isWordByte(bytes[i] ?? 0)) hash = step(hash, fold(bytes, i))
  return hash
}

export function wordSet(texts: string): Words32 {
  const words = new Set(texts.split(/\s+/).filter(Boolean).map(hashOf))
  for (const hash of words) ofAnySet[slotOf(hash)] = 1
  return words
}

/** 1 for words of any set, and for a few others: most words of a text are in none and need not be compared with each. */
const ofAnySet = new Uint8Array(65_536)

function slotOf(hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> 16
}

/** Whether a byte is of a word: an ASCII letter or any other character. */
export function isWordByte(byte: number): boolean {
  return ((classOf[byte] ?? 0) & (letter | high)) !== 0
}

function step(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0
}

/** Lower case for ASCII, Latin-1 (ÄÖÜ É), and the accents of decomposed letters are left as they are. */
function fold(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0
  if (byte >= 65 && byte <= 90) return byte | 32
  return byte >= 0x80 && byte <= 0x9e && at > 0 && bytes[at - 1] === 0xc3 && byte !== 0x97 ? byte | 32 : byte
}

/** Reads the words before `at` and a few behind `after`. */
export function readNear(bytes: Uint8Array, at: number, after: number, start: number, end: number, near: Near): void {
  near.count = 0
  near.direct = -1
  readBefore(bytes, at, start, near)
  if (near.direct < 0) near.direct = near.count
  readAfter(bytes, after, end, near)
}

/** Powers of 31 modulo 2³². */
const powers = new Int32Array(bytesBack + 1).fill(1)
for (let i = 1; i <= bytesBack; i++) powers[i] = Math.imul(powers[i - 1] ?? 0, 31)

function readBefore(bytes: Uint8Array, at: number, start: number, near: Near): void {
  const limit = Math.max(start, at - Math.min(bytesBack, near.reach * 13))
  let place = at
  let nextStart = -1
  let nextEnd = -1
  let nextHash = 0
  for (let i = 0; i < near.reach; i++) {
    place = gapBack(bytes, place, limit, near)
    if (place <= limit) return
    const to = place
    while (place > limit && isWordByte(bytes[place - 1] ?? 0)) place--
    if (place === limit && limit > start && isWordByte(bytes[limit - 1] ?? 0)) return
    const hash = hashRange(bytes, place, to)
    push(near, hash, i)
    // The hash of two words written as one, from those of both.
    if (nextStart >= 0 && nextStart - to <= 2)
      push(near, (Math.imul(hash, powers[nextEnd - nextStart] ?? 0) + nextHash) | 0, i)
    nextHash = hash
    nextStart = place
    nextEnd = to
  }
}

/** Skips what is no word; notes where the first number or line ends the direct neighbourhood. */
function gapBack(bytes: Uint8Array, at: number, limit: number, near: Near): number {
  let place = at
  while (place > limit && !isWordByte(bytes[place - 1] ?? 0)) {
    place--
    const byte = bytes[place] ?? 0
    if (near.direct < 0 && ((byte >= 48 && byte <= 57) || byte === 10 || byte === 13)) near.direct = near.count
  }
  return place
}

function readAfter(bytes: Uint8Array, after: number, end: number, near: Near): void {
  const limit = Math.min(end, after + bytesAhead)
  let place = after
  for (let i = 0; i < wordsAhead; i++) {
    while (place < limit && !isWordByte(bytes[place] ?? 0)) {
      const byte = bytes[place] ?? 0
      if (byte === 10 || byte === 59 || (byte >= 48 && byte <= 57)) return
      place++
    }
    const from = place
    while (place < limit && isWordByte(bytes[place] ?? 0)) place++
    if (place === from || (place === limit && limit < end)) return
    push(near, hashRange(bytes, from, place), wordsBack + i)
  }
}

function push(near: Near, hash: number, distance: number): void {
  if (ofAnySet[slotOf(hash)] === 0) return
  near.hash[near.count] = hash
  near.distance[near.count] = distance
  near.count++
}

/** The hash of the letters in [from, to), to be compared with `hashOf`. */
export function hashRange(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0
  for (let i = from; i < to; i++) {
    const folded = foldedOf[bytes[i] ?? 0] ?? 0
    if (folded !== 0) hash = step(hash, folded < 128 ? folded : fold(bytes, i))
  }
  return hash
}

/** The lower-case letter, bytes beyond ASCII as they are, 0 for what is of no word. */
const foldedOf = Uint8Array.from(classOf, (kind, byte) =>
  (kind & (letter | high)) === 0 ? 0 : byte < 128 ? byte | 32 : byte,
)

/** Whether one of the words is near, at most `distance` words away. */
export function isNear(near: Near, words: Words32, distance = 99): boolean {
  for (let i = 0; i < near.count; i++) {
    if ((near.distance[i] ?? 0) <= distance && words.has(near.hash[i] ?? 0)) return true
  }
  return false
}

/** Whether one of the words stands before the place with no number between. */
export function isDirect(near: Near, words: Words32): boolean {
  for (let i = 0; i < near.direct; i++) if (words.has(near.hash[i] ?? 0)) return true
  return false
}

/**
 * Words of numbers that are about things: a number behind one of them is no person's, unless its check digits leave little
 * doubt. German, English, French.
 */
export const thingWords = wordSet(`
  bestellung bestellnummer bestellnr bestellungs auftrag auftragsnummer auftragsnr sendung sendungsnummer sendungsnr paket paketnummer
  rechnung rechnungsnummer rechnungsnr rechnungs artikel artikelnummer artikelnr vorgang vorgangsnummer vorgangsnr ticket ticketnummer
  seriennummer charge chargennummer lieferschein lieferscheinnummer tracking trackingnummer trackingnr trackingid sendungsverfolgung beleg belegnummer belegnr
  order orderid ordernumber orderno invoice invoiceno invoicenumber parcel shipment shipmentid serial sku ean gtin isbn issn
  item product part build version release commit revision rev transaction txn transactionid batch lot case
  commande facture colis suivi livraison article référence ref reference lettre produit numéro-de-suivi
  version sha hash checksum timestamp epoch offset port pid uuid guid trace traceid span spanid request requestid reqid session build
  ts time unix created updated modified expires exp iat nbf duration bytes size
  aktenzeichen az zeichen buchung buchungsnummer buchungsnr kundennummer kundennr customerid
`)
