import { copy } from './characters.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/**
 * Writes text in NFKC and folded case, blanks in a row as one space; returns its length. ASCII and the letters of Western Europe are done
 * byte by byte; anything else by the engine's Unicode tables.
 *
 * @param mergesUmlauts  writes ä, ö, ü as ae, oe, ue
 */
export function writeFolded(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
  mergesUmlauts: boolean,
): number {
  let to = at
  for (let from = start; from < end; from += 1) {
    const byte = bytes[from] ?? 0
    if (byte === 0xc3 && isWestern(bytes, from, end)) {
      to += writeWestern(bytes[from + 1] ?? 0, out, to, mergesUmlauts)
      from += 1
    } else if (byte >= 0x80) {
      return writeByTables(bytes, start, end, out, at, mergesUmlauts)
    } else if (byte === 32 || (byte >= 9 && byte <= 13)) {
      if (to > at && out[to - 1] === 32) continue
      out[to] = 32
      to += 1
    } else {
      out[to] = byte >= 65 && byte <= 90 ? byte + 32 : byte
      to += 1
    }
  }
  return to - at
}

/** A letter of Latin-1 (U+00C0 to U+00FF) that no combining mark follows; those begin with CC or CD. */
function isWestern(bytes: Uint8Array, at: number, end: number): boolean {
  const second = bytes[at + 1] ?? 0
  const next = at + 2 < end ? (bytes[at + 2] ?? 0) : 0
  return at + 1 < end && second >= 0x80 && second <= 0xbf && (next < 0x80 || next === 0xc3)
}

const umlauts = new Map([
  [0xa4, 97],
  [0xb6, 111],
  [0xbc, 117],
])

function writeWestern(second: number, out: Uint8Array, at: number, mergesUmlauts: boolean): number {
  if (second === 0x9f) return writeTwo(115, 115, out, at)
  const lower = second < 0x9f && second !== 0x97 ? second + 0x20 : second
  const vowel = mergesUmlauts ? umlauts.get(lower) : undefined
  return vowel === undefined ? writeTwo(0xc3, lower, out, at) : writeTwo(vowel, 101, out, at)
}

function writeTwo(first: number, second: number, out: Uint8Array, at: number): number {
  out[at] = first
  out[at + 1] = second
  return 2
}

/** Bytes that are no UTF-8, or a form that would not fit, stay as they are: no two values may become one by a lack of reading. */
function writeByTables(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
  mergesUmlauts: boolean,
): number {
  const text = decode(bytes, start, end)
  const folded = text === undefined ? undefined : encoder.encode(mergesUmlauts ? merge(fold(text)) : fold(text))
  if (folded === undefined || folded.length > 4 * (end - start) + 64) return copy(bytes, start, end, out, at)
  return copy(folded, 0, folded.length, out, at)
}

/** Undefined where it is no UTF-8. */
function decode(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return decoder.decode(bytes.subarray(start, end))
  } catch {
    return undefined
  }
}

/**
 * The bytes of the text in NFKC and upper case, of which only letters and digits stay: what hides in a copied number (no-break and thin spaces,
 * zero-width characters, full-width digits) goes. Undefined where it is no UTF-8.
 */
export function lettersAndDigits(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  const text = decode(bytes, start, end)
  return text === undefined ? undefined : encoder.encode(plain(text).replaceAll(/[^\p{L}\p{N}]/gu, ''))
}

/** The same for what also has signs: only compatible characters are made one. */
export function compatible(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  const text = decode(bytes, start, end)
  return text === undefined ? undefined : encoder.encode(plain(text))
}

function plain(text: string): string {
  return text.normalize('NFKC').toUpperCase().normalize('NFKC')
}

/**
 * As NFKC_Casefold (Unicode 3.13): what is never seen goes. To lower, upper and lower case, because ẞ becomes ß first and that SS;
 * both sigmas are one. Folding can undo composing, so it comes again.
 */
function fold(text: string): string {
  const seen = text.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
  const lower = seen.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase()
  return lower.replaceAll('ς', 'σ').normalize('NFKC').replaceAll(/\s+/gu, ' ').trim()
}

function merge(text: string): string {
  return text.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue')
}
