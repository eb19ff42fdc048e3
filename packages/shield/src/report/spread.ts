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
  /** Misra and Gries: a value that has more than a 256th of all is in here, counted short by at most that. */
  readonly #held = new Map<number, number>()
  #values = 0

  /** One value more, by its hash. */
  add(one: number, two: number): void {
    this.#values += 1
    const register = one >>> (32 - REGISTER_BITS)
    const rank = Math.clz32((one << REGISTER_BITS) | (1 << (REGISTER_BITS - 1))) + 1
    if (rank > (this.#registers[register] ?? 0)) this.#registers[register] = rank
    if (this.#values <= ALL) this.#hold(two, 1)
    else if (this.#values % EVERY === 0) this.#hold(two, EVERY)
  }

  #hold(value: number, weight: number): void {
    const count = this.#held.get(value)
    if (count !== undefined) this.#held.set(value, count + weight)
    else if (this.#held.size < HELD) this.#held.set(value, weight)
    else this.#lower(weight)
  }

  #lower(weight: number): void {
    for (const [value, count] of this.#held) {
      if (count <= weight) this.#held.delete(value)
      else this.#held.set(value, count - weight)
    }
  }

  state(): SpreadState {
    return { registers: this.#registers, held: [...this.#held], values: this.#values }
  }

  take({ registers, held, values }: SpreadState): void {
    for (const [index, rank] of registers.entries()) {
      if (rank > (this.#registers[index] ?? 0)) this.#registers[index] = rank
    }
    for (const [value, count] of held) this.#held.set(value, (this.#held.get(value) ?? 0) + count)
    this.#values += values
  }

  summary(): SpreadSummary {
    const top = [...this.#held.values()].reduce((one, other) => Math.max(one, other), 0)
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
