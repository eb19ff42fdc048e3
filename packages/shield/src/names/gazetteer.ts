/**
 * What is known of a word: whether it is a given name, a family name, a place, a common word of German, English or French.
 * One table of hashes (`fold.ts`), built by `gazetteer/build.ts`; it says yes to about one unknown word in ten thousand.
 *
 * File, little endian: `AG1\0`, count of words, count of cues (two 32-bit numbers); 2^17 bytes: how many words have these highest
 * 17 bits of the hash; for each word 32 bits: the other 15 of its hash, then its flags in the lower 16; then each cue: hash in 32 bits,
 * kinds in 32.
 */
import { readFileSync } from 'node:fs'

export const GIVEN = 1
export const FAMILY = 2
export const PLACE = 4
/** Common in German. */
export const GERMAN = 8
/** A usual given name; of the others many are rare or are words somewhere. */
export const USUAL_GIVEN = 16
export const USUAL_FAMILY = 32
/** A firm, a product, a month, a technical term. */
export const HARMLESS = 64
/** A German noun that may be the last part of a longer one. */
export const HEAD = 128
/** A place of more than 100,000 people. */
export const BIG_PLACE = 256
/** Seen in running text, but that might have been a name. */
export const WEAK = 512
export const ENGLISH = 1024
export const FRENCH = 2048
/** Also a given name, and nobody can tell without a neighbour. */
export const AMBIGUOUS = 4096

/** Kinds of cue, as bits. The order is that of `cueKinds`. */
export const cueKinds = [
  'title',
  'role',
  'label',
  'login',
  'salutation',
  'signoff',
  'particle',
  'verb',
  'by',
  'inplace',
  'placelabel',
  'determiner',
  'org',
  'french',
  'and',
  'street',
  'lives',
] as const
export const TITLE = 1
export const ROLE = 2
export const LABEL = 4
export const LOGIN = 8
export const SALUTATION = 16
export const SIGNOFF = 32
export const PARTICLE = 64
export const VERB = 128
export const BY = 256
export const IN_PLACE = 512
export const PLACE_LABEL = 1024
export const DETERMINER = 2048
export const ORGANISATION = 4096
export const FRENCH_WORD = 8192
export const AND = 16_384
/** A word that makes a street of what stands beside it. */
export const STREET = 32_768
/** Says that somebody lives, or was born, where the next town is. */
export const LIVES = 65_536

export const BUCKET_BITS = 17
export const REST_BITS = 32 - BUCKET_BITS
const MAGIC = 0x00314741
const CUE_SLOTS = 4096
/** So many words are remembered that were looked up lately. */
const LATELY = 8192
const HEAD_BITS = 1 << 18

export interface Gazetteer {
  /** Flags of the word with this hash; 0 when it is in no list. */
  flags(hash: number): number
  /** Whether the word with this hash may be the last part of a longer one; asked of every end of a long word. */
  isHead(hash: number): boolean
  /** Kinds of cue that the word with this hash is; 0 for all others. */
  cue(hash: number): number
}

/** Reads the committed table; `shared` so that threads may hand it to each other. Throws if the file is not one. */
export function readGazetteer(
  file: URL = new URL('../../gazetteer/gazetteer.bin', import.meta.url),
): SharedArrayBuffer {
  const content = readFileSync(file)
  const shared = new SharedArrayBuffer(content.length)
  new Uint8Array(shared).set(content)
  return shared
}

/** Opens a table that `readGazetteer` read, here or in another thread. */
export function openGazetteer(buffer: ArrayBufferLike): Gazetteer {
  const header = new DataView(buffer)
  if (buffer.byteLength < 12 || header.getUint32(0, true) !== MAGIC) throw new Error('not a table of names')
  const words = header.getUint32(4, true)
  const cues = header.getUint32(8, true)
  const counts = new Uint8Array(buffer, 12, 1 << BUCKET_BITS)
  const restAt = 12 + counts.length
  const entries = new Uint32Array(buffer, restAt, words)
  const offsets = firsts(counts)
  const [cueHashes, cueMasks] = readCues(header, restAt + words * 4, cues)
  // Words come again and again; the table is too large for the caches of a processor. No slot holds a hash that belongs in it at first.
  const lately = new Int32Array(LATELY).fill(-1)
  lately[LATELY - 1] = 0
  const latelyFlags = new Uint16Array(LATELY)

  const heads = headBits(offsets, entries)

  function lookUp(hash: number): number {
    const bucket = hash >>> REST_BITS
    const wanted = hash & ((1 << REST_BITS) - 1)
    const last = offsets[bucket + 1] ?? 0
    for (let index = offsets[bucket] ?? 0; index < last; index += 1) {
      const entry = entries[index] ?? 0
      if (entry >>> 16 === wanted) return entry & 0xffff
    }
    return 0
  }

  return {
    flags(hash) {
      const slot = hash & (LATELY - 1)
      if (lately[slot] === hash) return latelyFlags[slot] ?? 0
      const found = lookUp(hash)
      lately[slot] = hash
      latelyFlags[slot] = found
      return found
    },
    isHead(hash) {
      const bit = hash & (HEAD_BITS - 1)
      return (((heads[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) === 1 && (lookUp(hash) & HEAD) !== 0
    },
    cue(hash) {
      let slot = hash & (CUE_SLOTS - 1)
      for (;;) {
        const mask = cueMasks[slot] ?? 0
        if (mask === 0 || cueHashes[slot] === hash) return mask
        slot = (slot + 1) & (CUE_SLOTS - 1)
      }
    },
  }
}

/** One bit for each head by its lowest bits: what is none is told without a look at the table. */
function headBits(offsets: Uint32Array, entries: Uint32Array): Uint8Array {
  const bits = new Uint8Array(HEAD_BITS / 8)
  for (let bucket = 0; bucket + 1 < offsets.length; bucket += 1) {
    const last = offsets[bucket + 1] ?? 0
    for (let index = offsets[bucket] ?? 0; index < last; index += 1) {
      const entry = entries[index] ?? 0
      if ((entry & HEAD) === 0) continue
      const bit = ((bucket << REST_BITS) | (entry >>> 16)) & (HEAD_BITS - 1)
      bits[bit >>> 3] = (bits[bit >>> 3] ?? 0) | (1 << (bit & 7))
    }
  }
  return bits
}

function firsts(counts: Uint8Array): Uint32Array {
  const offsets = new Uint32Array(counts.length + 1)
  let sum = 0
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    offsets[bucket] = sum
    sum += counts[bucket] ?? 0
  }
  offsets[counts.length] = sum
  return offsets
}

function readCues(view: DataView, at: number, count: number): [Int32Array, Uint32Array] {
  if (count * 2 > CUE_SLOTS) throw new Error('too many cues for their table')
  const hashes = new Int32Array(CUE_SLOTS)
  const masks = new Uint32Array(CUE_SLOTS)
  for (let index = 0; index < count; index += 1) {
    const hash = view.getInt32(at + index * 8, true)
    let slot = hash & (CUE_SLOTS - 1)
    while ((masks[slot] ?? 0) !== 0) slot = (slot + 1) & (CUE_SLOTS - 1)
    hashes[slot] = hash
    masks[slot] = view.getUint32(at + index * 8 + 4, true)
  }
  return [hashes, masks]
}
