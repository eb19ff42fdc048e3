/**
 * Codes of values that came lately, so that a column of few different values (first names, cities) is not keyed again and again. A
 * value has two slots in which it may be; what else was there is overwritten. A slot is compared byte by byte, so a
 * collision of hashes costs time and never gives another's code.
 */
export class Interned {
  readonly #values = new Uint8Array(slots * room)
  readonly #codes = new Uint32Array(slots * 4)
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
    const slot = slotOf(bytes, start, length)
    const found = this.#holds(slot, bytes, start, length)
      ? slot
      : this.#holds(slot ^ 1, bytes, start, length)
        ? slot ^ 1
        : -1
    if (found >= 0) this.#found += 1
    return found
  }

  #holds(slot: number, bytes: Uint8Array, start: number, length: number): boolean {
    const values = this.#values
    const at = slot * room
    if (values[at] !== length + 1) return false
    for (let i = 0; i < length; i += 1) if (values[at + 1 + i] !== bytes[start + i]) return false
    return true
  }

  /** Copies the code of a slot to four words of `codes` from `at` on. */
  copyCode(slot: number, codes: Uint32Array, at: number): void {
    copyWords(this.#codes, slot * 4, codes, at)
  }

  /** Keeps a code; in the second of its slots where the first is taken. */
  keep(bytes: Uint8Array, start: number, length: number, codes: Uint32Array, at: number): void {
    if (length > longest) return
    const values = this.#values
    const first = slotOf(bytes, start, length)
    const slot = values[first * room] === 0 ? first : first ^ 1
    const to = slot * room
    values[to] = length + 1
    for (let i = 0; i < length; i += 1) values[to + 1 + i] = bytes[start + i] ?? 0
    copyWords(codes, at, this.#codes, slot * 4)
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

/** 256 KB of values: with twelve keys in use still within a core's own cache. */
const slots = 8192
/** Bytes of a slot: the length and one, so that 0 is empty, then the value. */
const room = 32
const longest = room - 1
/** Values after which it is judged whether to go on. */
const windowLength = 4096
/** The share of values found from which on asking is quicker than keying: asking costs a seventh of it. */
const worthwhile = 0.2
/** Windows slept through before it is tried again: a file may change its nature, and trying costs 1 % of the time. */
const windowsAsleep = 16

/** FNV-1a, of which the upper bits are the better ones. */
function slotOf(bytes: Uint8Array, start: number, length: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < start + length; i += 1) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193)
  return (hash ^ (hash >>> 15)) & (slots - 1)
}

/** Four words: a code. */
export function copyWords(from: Uint32Array, start: number, to: Uint32Array, at: number): void {
  to[at] = from[start] ?? 0
  to[at + 1] = from[start + 1] ?? 0
  to[at + 2] = from[start + 2] ?? 0
  to[at + 3] = from[start + 3] ?? 0
}
