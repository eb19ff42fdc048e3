import { alphabetBytes, inCaseOf, isSeparator, numeralTable } from './alphabet.ts'
import { copy } from './characters.ts'
import { aes, type Blocks, ff1, firstBlock, type Sizes, sizes } from './ff1.ts'

/** Fewer possible values than this could be tried one by one (NIST SP 800-38G r1, 2025): they get pseudonyms or bands instead. */
export const smallestDomain = 1_000_000

/** Values in one batch. */
const capacity = 512
/** The longest value in bytes, its separators included. */
const room = 128
/** The most numerals of a value. */
const mostNumerals = 64

export interface FormatOptions {
  /** The characters that change, 2 to 36 different ASCII ones: `0123456789`. Letters in one case stand for both. */
  readonly alphabet: string
  /** How many of them a value of this column has at least; by default as many as the smallest domain needs. */
  readonly shortest?: number
  /** Public, at most 16 bytes; values under different tweaks have nothing to do with each other. Empty by default. */
  readonly tweak?: Uint8Array
}

/**
 * Format-preserving encryption, FF1 with AES-256, in batches: a number becomes another of the same length, separators and the case of
 * letters stay where they are. Check digits do not stay valid. Whoever has the key can reverse it (a letter
 * whose place a digit took comes back in the alphabet's case).
 */
export interface FormatPreserving {
  readonly capacity: number
  readonly count: number
  /**
   * Takes in a value; returns its place in the batch, or −1 where it is not to be encrypted in this way: too short, longer than 128 bytes, or
   * with other characters than the alphabet's and separators (blank, `-`, `.`, `/`, `(`, `)`, `+`, `:`, `_`, `,`).
   */
  add(bytes: Uint8Array, start: number, end: number): number
  run(): void
  /** Writes what has taken the place of a value; returns its length, that of the value. */
  write(place: number, out: Uint8Array, at: number): number
  clear(): void
}

/** How many characters a value has at least, so that the domain is not too small: 6 digits, 4 of 36. */
export function shortestFor(radix: number): number {
  let length = 1
  for (let values = radix; values < smallestDomain; values *= radix) length += 1
  return Math.max(2, length)
}

/**
 * @param key  32 bytes, derived with the purpose `ff1`
 * @throws {RangeError}  the alphabet is none, or values of `shortest` characters would be fewer than a million
 */
export function formatPreserving(key: Uint8Array, options: FormatOptions): FormatPreserving {
  return new FormatBatch(key, options, 1)
}

/** The way back, under the same key and options. */
export function formatRestoring(key: Uint8Array, options: FormatOptions): FormatPreserving {
  return new FormatBatch(key, options, -1)
}

/** What follows from a length; made once for each. */
interface Layout {
  readonly sizes: Sizes
  /** The first block, encrypted. */
  readonly chained: Uint8Array
  readonly moduli: readonly [number, number]
  /** Whether halves are numbers that a double holds with four bits to spare, and a round is one block. */
  readonly isQuick: boolean
}

class FormatBatch implements FormatPreserving {
  readonly capacity = capacity
  count = 0
  readonly #direction: 1 | -1
  readonly #encrypt: Blocks
  readonly #radix: number
  readonly #tweak: Uint8Array
  readonly #shortest: number
  readonly #numeralOf: Int8Array
  readonly #alphabet: Uint8Array
  readonly #layouts: (Layout | undefined)[] = []
  readonly #values = new Uint8Array(capacity * room)
  readonly #lengths = new Uint8Array(capacity)
  readonly #numerals = new Uint8Array(capacity * mostNumerals)
  readonly #numeralCounts = new Uint8Array(capacity)
  readonly #a = new Float64Array(capacity)
  readonly #b = new Float64Array(capacity)
  readonly #blocks = new Uint8Array(capacity * 16)

  constructor(key: Uint8Array, options: FormatOptions, direction: 1 | -1) {
    this.#direction = direction
    this.#encrypt = aes(key)
    this.#alphabet = alphabetBytes(options.alphabet)
    this.#radix = this.#alphabet.length
    this.#numeralOf = numeralTable(this.#alphabet)
    this.#tweak = options.tweak ?? new Uint8Array(0)
    if (this.#tweak.length > 16) throw new RangeError('A tweak has at most 16 bytes.')
    this.#shortest = options.shortest ?? shortestFor(this.#radix)
    refuseSmallDomain(this.#radix, this.#shortest)
  }

  add(bytes: Uint8Array, start: number, end: number): number {
    const place = this.count
    if (place === capacity) throw new RangeError('The batch is full.')
    if (end - start > room || !this.#readNumerals(bytes, start, end, place)) return -1
    copy(bytes, start, end, this.#values, place * room)
    this.#lengths[place] = end - start
    this.count = place + 1
    return place
  }

  #readNumerals(bytes: Uint8Array, start: number, end: number, place: number): boolean {
    let count = 0
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0
      const numeral = this.#numeralOf[byte] ?? -1
      if (numeral < 0) {
        if (!isSeparator(byte)) return false
        continue
      }
      if (count === mostNumerals) return false
      this.#numerals[place * mostNumerals + count] = numeral
      count += 1
    }
    this.#numeralCounts[place] = count
    return count >= this.#shortest
  }

  run(): void {
    for (let place = 0; place < this.count; place += 1) this.#begin(place)
    for (let step = 0; step < 10; step += 1) this.#round(this.#direction === 1 ? step : 9 - step)
    for (let place = 0; place < this.count; place += 1) this.#end(place)
  }

  #layout(length: number): Layout {
    const known = this.#layouts[length]
    if (known !== undefined) return known
    const made = sizes(this.#radix, length)
    const moduli = [this.#radix ** made.u, this.#radix ** made.v] as const
    const isQuick = moduli[1] < 2 ** 49 && this.#tweak.length + 1 + made.b <= 16 && made.d <= 16
    const chained = this.#encrypt(firstBlock(this.#radix, length, this.#tweak.length))
    return (this.#layouts[length] = { sizes: made, chained, moduli, isQuick })
  }

  /** The halves as numbers; what the quick way cannot is done at once. */
  #begin(place: number): void {
    const count = this.#numeralCounts[place] ?? 0
    const { isQuick, sizes } = this.#layout(count)
    const from = place * mostNumerals
    if (!isQuick) {
      const numerals = Array.from(this.#numerals.subarray(from, from + count))
      this.#numerals.set(ff1(this.#encrypt, this.#radix, this.#tweak, numerals, this.#direction), from)
      return
    }
    this.#a[place] = this.#numberOf(from, from + sizes.u)
    this.#b[place] = this.#numberOf(from + sizes.u, from + count)
  }

  #numberOf(from: number, until: number): number {
    let number = 0
    for (let i = from; i < until; i += 1) number = number * this.#radix + (this.#numerals[i] ?? 0)
    return number
  }

  /** One round of all values: their blocks are encrypted by one call. */
  #round(round: number): void {
    const { count } = this
    for (let place = 0; place < count; place += 1) this.#writeBlock(place, round)
    const drawn = this.#encrypt(this.#blocks.subarray(0, count * 16))
    for (let place = 0; place < count; place += 1) {
      const { moduli, sizes, isQuick } = this.#layout(this.#numeralCounts[place] ?? 0)
      if (isQuick)
        this.#mix(place, remainder(drawn, place * 16, sizes.d, moduli[round % 2 === 0 ? 0 : 1]), moduli, round)
    }
  }

  #writeBlock(place: number, round: number): void {
    const { chained, sizes } = this.#layout(this.#numeralCounts[place] ?? 0)
    const blocks = this.#blocks
    const at = place * 16
    for (let i = 0; i < 16; i += 1) blocks[at + i] = (chained[i] ?? 0) ^ (this.#tweak[i] ?? 0)
    const last = at + 15
    blocks[last - sizes.b] = (blocks[last - sizes.b] ?? 0) ^ round
    let rest = (this.#direction === 1 ? this.#b[place] : this.#a[place]) ?? 0
    for (let i = last; rest > 0; i -= 1) {
      const higher = Math.floor(rest / 256)
      blocks[i] = (blocks[i] ?? 0) ^ (rest - higher * 256)
      rest = higher
    }
  }

  #mix(place: number, drawn: number, moduli: readonly [number, number], round: number): void {
    const modulus = round % 2 === 0 ? moduli[0] : moduli[1]
    const a = this.#a[place] ?? 0
    const b = this.#b[place] ?? 0
    if (this.#direction === 1) {
      const sum = a + drawn
      this.#a[place] = b
      this.#b[place] = sum >= modulus ? sum - modulus : sum
    } else {
      const difference = b - drawn
      this.#b[place] = a
      this.#a[place] = difference < 0 ? difference + modulus : difference
    }
  }

  #end(place: number): void {
    const count = this.#numeralCounts[place] ?? 0
    const { isQuick, sizes } = this.#layout(count)
    if (!isQuick) return
    const from = place * mostNumerals
    this.#writeNumerals(this.#a[place] ?? 0, from, from + sizes.u)
    this.#writeNumerals(this.#b[place] ?? 0, from + sizes.u, from + count)
  }

  #writeNumerals(number: number, from: number, until: number): void {
    let rest = number
    for (let i = until - 1; i >= from; i -= 1) {
      const higher = Math.floor(rest / this.#radix)
      this.#numerals[i] = rest - higher * this.#radix
      rest = higher
    }
  }

  write(place: number, out: Uint8Array, at: number): number {
    const from = place * room
    const length = this.#lengths[place] ?? 0
    let next = place * mostNumerals
    for (let i = 0; i < length; i += 1) {
      const byte = this.#values[from + i] ?? 0
      if ((this.#numeralOf[byte] ?? -1) < 0) {
        out[at + i] = byte
        continue
      }
      out[at + i] = inCaseOf(byte, this.#alphabet[this.#numerals[next] ?? 0] ?? 0)
      next += 1
    }
    return length
  }

  clear(): void {
    this.count = 0
  }
}

/**
 * The remainder of `length` bytes as a number. Exact: a remainder and the next byte, or half of it where the modulus is large, fit a
 * double together, and so does the quotient's distance from a whole number.
 */
function remainder(bytes: Uint8Array, at: number, length: number, modulus: number): number {
  let rest = 0
  if (modulus < 2 ** 45) {
    for (let i = at; i < at + length; i += 1) rest = modulo(rest * 256 + (bytes[i] ?? 0), modulus)
    return rest
  }
  for (let i = at; i < at + length; i += 1) {
    const byte = bytes[i] ?? 0
    rest = modulo(modulo(rest * 16 + (byte >>> 4), modulus) * 16 + (byte & 15), modulus)
  }
  return rest
}

function modulo(number: number, modulus: number): number {
  return number - Math.floor(number / modulus) * modulus
}

function refuseSmallDomain(radix: number, shortest: number): void {
  const values = radix ** shortest
  if (Number.isInteger(shortest) && shortest >= 2 && values >= smallestDomain) return
  throw new RangeError(
    `${String(shortest)} characters of ${String(radix)} are ${String(values)} possible values, fewer than 1,000,000: ` +
      `format-preserving encryption could be undone by trying (NIST SP 800-38G r1). Use a pseudonym or a band.`,
  )
}
