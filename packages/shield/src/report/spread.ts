/** How many counters are held for the most frequent values. */
const HELD = 256
/** So many values are all counted; of more, every eighth, for eight. */
const ALL = 4096
const EVERY = 8
/** 2¹² registers: an error of 1.6 % in the number of different values. */
const REGISTER_BITS = 12

/**
 * How the values of a column are spread, in 8 KiB: about how many different ones, and how often the most frequent one occurs. What
 * is pseudonymised the same way everywhere keeps this spread, and who knows it can guess (frequency analysis).
 */
export class Spread {
  readonly #registers = new Uint8Array(1 << REGISTER_BITS)
  readonly #held = new Held()
  /** What other threads held. */
  readonly #more = new Map<number, number>()
  #values = 0

  /** One value more, by its hash. */
  add(one: number, two: number): void {
    this.#values += 1
    const register = one >>> (32 - REGISTER_BITS)
    const rank = Math.clz32((one << REGISTER_BITS) | (1 << (REGISTER_BITS - 1))) + 1
    if (rank > (this.#registers[register] ?? 0)) this.#registers[register] = rank
    if (this.#values <= ALL) this.#held.add(two, 1)
    else if (this.#values % EVERY === 0) this.#held.add(two, EVERY)
  }

  state(): SpreadState {
    return { registers: this.#registers, held: this.#held.entries(), values: this.#values }
  }

  take({ registers, held, values }: SpreadState): void {
    for (const [index, rank] of registers.entries()) {
      if (rank > (this.#registers[index] ?? 0)) this.#registers[index] = rank
    }
    for (const [value, count] of held) this.#more.set(value, (this.#more.get(value) ?? 0) + count)
    this.#values += values
  }

  summary(): SpreadSummary {
    const all = new Map(this.#more)
    for (const [value, count] of this.#held.entries()) all.set(value, (all.get(value) ?? 0) + count)
    const top = [...all.values()].reduce((one, other) => Math.max(one, other), 0)
    return { values: this.#values, different: this.#different(), topShare: this.#values === 0 ? 0 : top / this.#values }
  }

  /** HyperLogLog (Flajolet et al. 2007), with linear counting where there are few. */
  #different(): number {
    const count = this.#registers.length
    const sum = this.#registers.reduce((total, rank) => total + 2 ** -rank, 0)
    const estimate = ((0.7213 / (1 + 1.079 / count)) * count * count) / sum
    const zeros = this.#registers.reduce((total, rank) => total + (rank === 0 ? 1 : 0), 0)
    return Math.round(estimate <= 2.5 * count && zeros > 0 ? count * Math.log(count / zeros) : estimate)
  }
}

/** So many places that a value is found near the one that it belongs in. */
const PLACE_BITS = 9
const PLACES = 1 << PLACE_BITS

/**
 * Misra and Gries: a value that has more than a 256th of all is in here, counted short by at most that. A table in numbers, since most values of a column
 * of different ones lower all the others.
 */
class Held {
  readonly #values = new Int32Array(PLACES)
  /** 0: the place is free. */
  readonly #counts = new Float64Array(PLACES)
  #size = 0

  add(value: number, weight: number): void {
    let place = Math.imul(value, 0x9e3779b1) >>> (32 - PLACE_BITS)
    while ((this.#counts[place] ?? 0) > 0 && this.#values[place] !== value) place = (place + 1) % PLACES
    if ((this.#counts[place] ?? 0) === 0) {
      if (this.#size === HELD) {
        this.#lower(weight)
        return
      }
      this.#size += 1
      this.#values[place] = value
    }
    this.#counts[place] = (this.#counts[place] ?? 0) + weight
  }

  #lower(weight: number): void {
    let gone = 0
    for (let place = 0; place < PLACES; place += 1) {
      const count = this.#counts[place] ?? 0
      if (count === 0) continue
      if (count <= weight) gone += 1
      this.#counts[place] = Math.max(0, count - weight)
    }
    if (gone > 0) this.#settle()
  }

  /** Puts all that are left where they are found: a free place between ends the search for them. */
  #settle(): void {
    const left = this.entries()
    this.#counts.fill(0)
    this.#size = 0
    for (const [value, count] of left) this.add(value, count)
  }

  entries(): [value: number, count: number][] {
    const all: [number, number][] = []
    for (let place = 0; place < PLACES; place += 1) {
      const count = this.#counts[place] ?? 0
      if (count > 0) all.push([this.#values[place] ?? 0, count])
    }
    return all
  }
}

export interface SpreadState {
  readonly registers: Uint8Array
  readonly held: readonly (readonly [number, number])[]
  readonly values: number
}

export interface SpreadSummary {
  readonly values: number
  /** About how many different ones. */
  readonly different: number
  /** Share of the most frequent one, 0 to 1; counted short by at most 1/256. */
  readonly topShare: number
}
