/** Words of a value at most, and how long it is in letters and digits at least. */
const WORDS = 6
const SHORTEST = 6
/** A number of fewer digits may be an amount. */
const SHORTEST_NUMBER = 8
/** A single word of letters may be any word. */
const LONGEST = 200

const SIZE = 1 << 17
const MOST = SIZE / 2
const BITS = 1 << 19

/** 0: stands between words; else the letter or digit, ASCII letters as lower-case ones. */
const letters = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 65 && byte <= 90) return byte + 32
  return (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57) || byte >= 128 ? byte : 0
})

/**
 * Values that must not be seen again, as 64-bit hashes of their words, however they are separated. In memory only; of about 65,000, then it begins
 * anew: a record's own values are always among them.
 */
export class Known {
  readonly #one = new Int32Array(SIZE)
  readonly #two = new Int32Array(SIZE)
  /** A bit for each value by its hash: what is not there is mostly told without a look at the table, which is too large for a processor's cache. */
  readonly #bits = new Int32Array(BITS / 32)
  #count = 0
  /** Hashes of a row of words, by how many there are. */
  #hashOne = 0
  #hashTwo = 0

  /** Before so many values are added. */
  makeRoom(more: number): void {
    if (this.#count + Math.min(more, MOST) <= MOST) return
    this.#one.fill(0)
    this.#two.fill(0)
    this.#bits.fill(0)
    this.#count = 0
  }

  /** One value more, unless it is so short or plain that it would be seen by chance. */
  add(bytes: Uint8Array, start: number, end: number): void {
    if (end - start < SHORTEST || end - start > LONGEST || this.#count >= MOST) return
    this.#begin()
    let words = 0
    let length = 0
    let digits = 0
    for (let at = start; at < end;) {
      if (letters[bytes[at] ?? 0] === 0) {
        at += 1
        continue
      }
      const from = at
      at = this.#word(bytes, at, end)
      for (let index = from; index < at; index += 1) if ((bytes[index] ?? 0) <= 57) digits += 1
      length += at - from
      words += 1
    }
    const isPlain = words === 1 && (digits === 0 || (digits === length && length < SHORTEST_NUMBER))
    if (words === 0 || words > WORDS || length < SHORTEST || isPlain) return
    const place = this.#place()
    if (this.#one[place] !== 0 || this.#two[place] !== 0) return
    this.#one[place] = this.#hashOne
    this.#two[place] = this.#hashTwo
    const bit = this.#hashTwo & (BITS - 1)
    this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31))
    this.#count += 1
  }

  /** How many of the values stand in [start, end): at every word, the longest row that is one. */
  countIn(bytes: Uint8Array, start: number, end: number): number {
    if (this.#count === 0 || end - start < SHORTEST) return 0
    let found = 0
    for (let at = start; at < end;) {
      if (letters[bytes[at] ?? 0] === 0) {
        at += 1
        continue
      }
      this.#begin()
      let next = this.#word(bytes, at, end)
      const first = next
      let seen = -1
      for (let words = 1; ; words += 1) {
        if (next - at >= SHORTEST && this.#has()) seen = next
        if (words === WORDS) break
        let word = next
        while (word < end && letters[bytes[word] ?? 0] === 0) word += 1
        if (word >= end || word - next > 3) break
        next = this.#word(bytes, word, end)
      }
      if (seen >= 0) found += 1
      at = seen >= 0 ? seen : first
    }
    return found
  }

  #begin(): void {
    this.#hashOne = 0x9747b28c | 0
    this.#hashTwo = 0x3c6ef372
  }

  /** Takes in the word that begins at `at`; returns its end. */
  #word(bytes: Uint8Array, at: number, end: number): number {
    let one = this.#hashOne
    let two = this.#hashTwo
    let to = at
    for (; to < end; to += 1) {
      const letter = letters[bytes[to] ?? 0] ?? 0
      if (letter === 0) break
      one = Math.imul(one ^ letter, 0x01000193)
      two = Math.imul(two ^ letter, 0x5bd1e995)
      two ^= two >>> 15
    }
    this.#hashOne = Math.imul(one ^ 0x1f, 0x85ebca6b)
    this.#hashTwo = Math.imul(two ^ 0x1f, 0xc2b2ae35)
    return to
  }

  /** Where the row of words is, or would be. */
  #place(): number {
    let place = (this.#hashOne ^ (this.#hashOne >>> 15)) & (SIZE - 1)
    while (
      (this.#one[place] !== 0 || this.#two[place] !== 0) &&
      (this.#one[place] !== this.#hashOne || this.#two[place] !== this.#hashTwo)
    ) {
      place = (place + 1) & (SIZE - 1)
    }
    return place
  }

  #has(): boolean {
    const bit = this.#hashTwo & (BITS - 1)
    if ((((this.#bits[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 0) return false
    const place = this.#place()
    return this.#one[place] !== 0 || this.#two[place] !== 0
  }
}
