import { textLength, textRoom } from '../kernel/kernel.ts'
import type { Pseudonyms } from '../operation/operation.ts'
import type { Spread } from '../report/spread.ts'
import type { ColumnCount } from './count.ts'
import type { NewValues } from './new-values.ts'

/** Whose value waits, and what is to be known of that column. */
export interface Waiting {
  readonly form: 'text' | 'uuid'
  readonly count: ColumnCount
  readonly spread: Spread | undefined
  /** The most characters of a new value. */
  readonly most: number
}

/** Values under one key that wait to be computed together: whose they are, by their place. Columns may share it. */
export class Batch {
  readonly pseudonyms: Pseudonyms
  readonly #fields: Int32Array
  readonly #columns: Waiting[] = []
  /** Whether all columns want text, which is written for all of them at once. */
  #isText = true

  constructor(pseudonyms: Pseudonyms) {
    this.pseudonyms = pseudonyms
    this.#fields = new Int32Array(pseudonyms.capacity)
  }

  get isFull(): boolean {
    return this.pseudonyms.count === this.pseudonyms.capacity
  }

  /** Values of this column will come. */
  join({ form }: Pick<Waiting, 'form'>): void {
    if (form !== 'text') this.#isText = false
  }

  /** Takes in a canonical value; false where it is none of which a pseudonym can be made. */
  add(bytes: Uint8Array, length: number, field: number, column: Waiting): boolean {
    const place = this.pseudonyms.add(bytes, 0, length)
    if (place < 0) return false
    this.#fields[place] = field
    this.#columns[place] = column
    return true
  }

  /** Writes the new value of each that waits, and empties itself. */
  run(values: NewValues): void {
    const { pseudonyms } = this
    if (pseudonyms.count === 0) return
    pseudonyms.run()
    if (this.#isText && pseudonyms.writeTexts !== undefined) this.#writeTexts(values, pseudonyms.count)
    else this.#writeEach(values, pseudonyms.count)
    pseudonyms.clear()
  }

  #writeTexts(values: NewValues, count: number): void {
    const out = values.room(count * textRoom)
    const from = values.length
    this.pseudonyms.writeTexts?.(out, from)
    for (let place = 0; place < count; place += 1) {
      const column = this.#columns[place]
      if (column === undefined) continue
      const at = from + place * textRoom
      values.putAt(this.#fields[place] ?? 0, at, textLength, column.most)
      note(column, out, at)
    }
    values.skip(count * textRoom)
  }

  #writeEach(values: NewValues, count: number): void {
    for (let place = 0; place < count; place += 1) {
      const column = this.#columns[place]
      if (column === undefined) continue
      const out = values.room(40)
      const at = values.length
      values.put(this.#fields[place] ?? 0, this.pseudonyms.write(place, column.form, out, at), column.most)
      note(column, out, at)
    }
  }
}

/** A pseudonym is its own hash. */
function note({ count, spread }: Waiting, bytes: Uint8Array, at: number): void {
  count.changed += 1
  spread?.add(word(bytes, at), word(bytes, at + 6))
}

/** Thirty bits and more of what is written in letters and digits of which each says five, or four. */
function word(bytes: Uint8Array, at: number): number {
  let bits = 0
  for (let index = at; index < at + 6; index += 1) bits = Math.imul(bits, 33) + (bytes[index] ?? 0)
  return Math.imul(bits, 0x9e3779b1) ^ (bits >>> 15)
}
