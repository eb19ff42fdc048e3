import { ShieldError } from '../error.ts'
import { addField, clearFields, endRecord, makeFields } from './fields-make.ts'
import type { FormatPlan } from '../plan/plan.ts'
import type { Fields, Format } from './fields.ts'

/** Whether files of this kind are no row of bytes but hold values that a library reads. */
export const isRowKind = (kind: FormatPlan['kind']): kind is 'xlsx' | 'parquet' => kind === 'xlsx' || kind === 'parquet'

/** What takes the place of each value of a block; start -1: it stays. */
export interface Changes {
  readonly start: Int32Array
  readonly end: Int32Array
  readonly bytes: Uint8Array
}

/**
 * A file whose values do not lie in it as text (a workbook, a Parquet file): its records come in blocks, and go, changed, into a new file
 * that holds their values only.
 */
export interface RowFile {
  readonly columns: readonly string[]
  /** Fills the block with the next records; false when there are none left. Calls are answered before `put` or the next one. */
  next(block: CellBlock): Promise<boolean>
  /** Takes the records of the last `next` into the new file. */
  put(changes: Changes): Promise<void>
  /** The new file is whole. Call once. */
  end(): Promise<void>
  close(): Promise<void>
}

/** A block is closed once it is so long. */
export const ROW_BLOCK = 1 << 20
const encoder = new TextEncoder()

/** A block of values in UTF-8, one after the other. */
export class CellBlock {
  readonly fields: Fields = makeFields()
  length = 0
  #bytes = new Uint8Array(2 * ROW_BLOCK)
  readonly #longest: number

  /** @param longest of one record in bytes */
  constructor(longest: number) {
    this.#longest = longest
  }

  get isFull(): boolean {
    return this.length >= ROW_BLOCK || this.fields.count >= 100_000
  }

  clear(): void {
    this.length = 0
    clearFields(this.fields, this.#bytes)
  }

  /** @throws ShieldError a record that is too long */
  add(column: number, value: string | Uint8Array): void {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value
    const end = this.length + bytes.length
    if (end > this.#bytes.length) this.#grow(end)
    this.#bytes.set(bytes, this.length)
    addField(this.fields, this.length, end, column, 0)
    this.length = end
  }

  endRecord(): void {
    endRecord(this.fields)
  }

  #grow(wanted: number): void {
    if (wanted > ROW_BLOCK + this.#longest) {
      throw new ShieldError(`A record is longer than ${this.#longest} bytes. Raise --longest-record if that is right.`)
    }
    const bytes = new Uint8Array(wanted * 2)
    bytes.set(this.#bytes.subarray(0, this.length))
    this.#bytes = bytes
    this.fields.bytes = bytes
  }
}

/** What the transformer has to know of such a file: its columns. It is never cut or put together as bytes. */
export function rowFormat(columns: readonly string[]): Format {
  const refuse = () => {
    throw new Error('a file of rows is not read as bytes')
  }
  return {
    columns,
    cut: refuse,
    state: () => null,
    read: refuse,
    decode: (_form, bytes, start, end, out, at) => {
      out.set(bytes.subarray(start, end), at)
      return end - start
    },
    encode: refuse,
  }
}
