/**
 * The values of a block of whole records, as columns of numbers: where each value begins and ends, whose column it is. Every
 * format is read into this, and everything after reading knows only this.
 */
export interface Fields {
  /** The block, as read. */
  bytes: Uint8Array
  count: number
  /** The value without its quotes: [start, end). */
  start: Int32Array
  end: Int32Array
  /** Index of the column in the order in which the format made them known. */
  column: Int32Array
  /** How the value is written; see each format. 0 is always: as it is, nothing to decode. */
  form: Uint8Array
  records: number
  /** For each record the index of the first field after it. */
  recordEnd: Int32Array
}

/** How a format is cut into blocks, read and written. */
export interface Format {
  /** The columns in their order; grows while reading where a format learns of them on the way (JSON, SQL). */
  readonly columns: readonly string[]
  /**
   * How many of the first `length` bytes are whole records that can be worked on by themselves; 0 where not one is whole.
   * `last`: no more bytes will come, so an unfinished record is whole or an error.
   */
  cut(bytes: Uint8Array, length: number, last: boolean): number
  /** What a reader in another worker has to know about where the next block begins (an open COPY, an open array); can be cloned. */
  state(): unknown
  /** Reads the block bytes[0, length) that begins in `state`. */
  read(bytes: Uint8Array, length: number, state: unknown, fields: Fields): void
  /** Writes the decoded value of a field whose form is not 0 to `out` from `at`; returns its length, never longer than it was. */
  decode(form: number, bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number
  /**
   * Writes a new value in the way that the field's form demands (inside its quotes where it has them, with quotes where it
   * needs them now); returns its length. `out` has room for 6 × length + 16.
   */
  encode(form: number, value: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number
  /** Whether `encode` writes letters and digits of this form just as they are. Left out: never. */
  readonly isVerbatim?: (form: number) => boolean
}
