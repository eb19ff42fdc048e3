import { viewOf } from '../engine/arena.ts'

/**
 * Codes of values that came lately, so that a column of few different values (first names, cities) is not keyed again and again. A
 * value has two slots in which it may be; what else was there is overwritten. A slot is compared as a whole, so a
 * collision of hashes costs time and never gives another's code.
 */
export class Interned {
  readonly #slots = new Int32Array(slots * room)
  /** The value in hand, as it lies in a slot, and how many words of it there are before the last one. */
  readonly #wanted = new Int32Array(lastWord + 1)
  #words = 0
  /** What was read from last. */
  #bytes: Uint8Array = new Uint8Array(0)
  #view = viewOf(this.#bytes)
  /** Values asked for and found in the present window; windows that are still slept through. */
  #asked = 0
  #found = 0
  #asleep = 0

  /** Whether it is worth asking: not after a window in which hardly any value came again. */
  get isAwake(): boolean {
    return this.#asleep === 0
  }

  /** The slot of the value; −1 where its code is not known. */
  find(bytes: Uint8Array, start: number, length: number): number {
    this.#asked += 1
    if (this.#asked === windowLength) this.#judge()
    if (length > longest) return -1
    const slot = this.#read(bytes, start, length)
    const found = this.#holds(slot) ? slot : this.#holds(slot ^ 1) ? slot ^ 1 : -1
    if (found >= 0) this.#found += 1
    return found
  }

  /** Takes the value in hand; returns the slot that it belongs in. */
  #read(bytes: Uint8Array, start: number, length: number): number {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = viewOf(bytes)
    }
    const view = this.#view
    const wanted = this.#wanted
    const words = length >>> 2
    let hash = length
    let at = start
    for (let word = 0; word < words; word += 1, at += 4) {
      const four = view.getInt32(at, true)
      wanted[word] = four
      hash = mixed(hash, four)
    }
    let rest = 0
    for (let shift = 0; at < start + length; at += 1, shift += 8) rest |= view.getUint8(at) << shift
    this.#words = words
    if (words < lastWord) wanted[words] = rest
    wanted[lastWord] = ((length + 1) << 24) | (words === lastWord ? rest : 0)
    hash = mixed(hash, rest)
    return (hash ^ (hash >>> 13)) & (slots - 1)
  }

  /** Whether the value in hand is in the slot. */
  #holds(slot: number): boolean {
    const kept = this.#slots
    const wanted = this.#wanted
    const at = slot * room
    if (kept[at + lastWord] !== wanted[lastWord]) return false
    for (let word = Math.min(this.#words, lastWord - 1); word >= 0; word -= 1) {
      if (kept[at + word] !== wanted[word]) return false
    }
    return true
  }

  /** Copies the code of a slot to four words of `codes` from `at` on. */
  copyCode(slot: number, codes: Uint32Array, at: number): void {
    copyWords(this.#slots, slot * room + codeAt, codes, at)
  }

  /** Keeps a code; in the second of its slots where the first is taken. */
  keep(bytes: Uint8Array, start: number, length: number, codes: Uint32Array, at: number): void {
    if (length > longest) return
    const kept = this.#slots
    const first = this.#read(bytes, start, length)
    const slot = kept[first * room + lastWord] === 0 ? first : first ^ 1
    for (let word = 0; word <= lastWord; word += 1) kept[slot * room + word] = this.#wanted[word] ?? 0
    copyWords(codes, at, kept, slot * room + codeAt)
  }

  #judge(): void {
    if (this.#found < windowLength * worthwhile) this.#asleep = windowsAsleep
    this.#asked = 0
    this.#found = 0
  }

  /** Told of values that came while it slept. */
  pass(values: number): void {
    this.#asked += values
    if (this.#asked < windowLength) return
    this.#asked = 0
    this.#asleep -= 1
  }
}

/** 256 KB for each key: with several of them in use still within a core's own cache. */
const slots = 4096
/**
 * Words of a slot, a line of a processor's cache: the value, in the highest byte of its last word its length and one, so that 0 is empty, then the code.
 */
const room = 16
const lastWord = 7
const codeAt = 8
const longest = (lastWord + 1) * 4 - 1
/** Values after which it is judged whether to go on. */
const windowLength = 4096
/** The share of values found from which on asking is quicker than keying: asking costs a seventh of it. */
const worthwhile = 0.2
/** Windows slept through before it is tried again: a file may change its nature, and trying costs 1 % of the time. */
const windowsAsleep = 16

function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1)
  return product ^ (product >>> 15)
}

/** Four words: a code. */
export function copyWords(
  from: Int32Array | Uint32Array,
  start: number,
  to: Int32Array | Uint32Array,
  at: number,
): void {
  to[at] = from[start] ?? 0
  to[at + 1] = from[start + 1] ?? 0
  to[at + 2] = from[start + 2] ?? 0
  to[at + 3] = from[start + 3] ?? 0
}
