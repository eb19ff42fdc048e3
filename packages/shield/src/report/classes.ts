/** So many combinations are held at a time, whatever the size of the input. */
const MOST = 1 << 17
const FIRST_SLOTS = 1 << 10

/**
 * How many records share each combination of values (k-anonymity), in bounded memory: exact up to 131,072 combinations, then of
 * every second, fourth … combination, chosen by its hash, so that what is counted of them is counted whole.
 */
export class Classes {
  /** Only combinations whose hash ends in so many zeros are held. */
  #skipped = 0
  /** A table by hash, at most half full; a count of 0 is a free place. Numbers in columns: a map would make an object of each. */
  #keys = new Float64Array(FIRST_SLOTS)
  #counts = new Uint32Array(FIRST_SLOTS)
  #size = 0

  /** One record more with the combination of this hash, two words of 32 bits. */
  add(one: number, two: number): void {
    if (this.#skipped > 0 && (one & ((1 << this.#skipped) - 1)) !== 0) return
    this.#put(combined(one, two), one, 1)
  }

  /** `one`: the low 32 bits of the key. */
  #put(key: number, one: number, count: number): void {
    const mask = this.#keys.length - 1
    // The low bits are those that choose what is held.
    let slot = (Math.imul(one, 0x9e3779b1) >>> 8) & mask
    while ((this.#counts[slot] ?? 0) !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask
    const before = this.#counts[slot] ?? 0
    this.#counts[slot] = before + count
    if (before !== 0) return
    this.#keys[slot] = key
    this.#size += 1
    if (this.#size > MOST) this.#thin(this.#skipped + 1)
    else if (this.#size * 2 > this.#keys.length) this.#build(this.#keys.length * 2, 1)
  }

  #thin(skipped: number): void {
    this.#skipped = skipped
    this.#build(this.#keys.length, 2 ** skipped)
    if (this.#size > MOST) this.#thin(skipped + 1)
  }

  /** A new table of the keys that are multiples of `modulus`. */
  #build(slots: number, modulus: number): void {
    const [keys, counts] = [this.#keys, this.#counts]
    this.#keys = new Float64Array(slots)
    this.#counts = new Uint32Array(slots)
    this.#size = 0
    for (const [slot, count] of counts.entries()) {
      const key = keys[slot] ?? 0
      if (count > 0 && key % modulus === 0) this.#put(key, key % 2 ** 32, count)
    }
  }

  /** As plain data, for another thread. */
  state(): ClassState {
    return {
      skipped: this.#skipped,
      keys: this.#keys.filter((_, slot) => this.#counts[slot] !== 0),
      counts: this.#counts.filter((count) => count !== 0),
    }
  }

  /** What another thread counted. */
  take({ skipped, keys, counts }: ClassState): void {
    if (skipped > this.#skipped) this.#thin(skipped)
    for (const [index, key] of keys.entries()) {
      if (key % 2 ** this.#skipped === 0) this.#put(key, key % 2 ** 32, counts[index] ?? 0)
    }
  }

  summary(): ClassSummary {
    const scale = 2 ** this.#skipped
    const counts = this.#counts.filter((count) => count !== 0)
    const records = counts.reduce((sum, count) => sum + count, 0)
    const within = (limit: number) => counts.filter((count) => count < limit).reduce((sum, count) => sum + count, 0)
    return {
      exact: this.#skipped === 0,
      classes: counts.length * scale,
      smallest: counts.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY),
      records: records * scale,
      unique: within(2) * scale,
      belowFive: within(5) * scale,
      belowTen: within(10) * scale,
    }
  }
}

/** 53 bits of the 64: as much as a number holds. The low ones are those of `one`. */
const combined = (one: number, two: number): number => (two & 0x1fffff) * 2 ** 32 + (one >>> 0)

export interface ClassState {
  readonly skipped: number
  readonly keys: Float64Array
  readonly counts: Uint32Array
}

export interface ClassSummary {
  /** Whether all combinations were counted; else the figures are projected from a part of them. */
  readonly exact: boolean
  /** Combinations of values that occur. */
  readonly classes: number
  /** The smallest number of records that share one: k. Infinity where there is none. */
  readonly smallest: number
  readonly records: number
  /** Records that share theirs with none, with fewer than four, with fewer than nine others. */
  readonly unique: number
  readonly belowFive: number
  readonly belowTen: number
}
