import type { Fields } from '../format/fields.ts'

/** The bytes that mean something in separated values. */
export interface Dialect {
  /** Between the cells of a record; one byte. */
  readonly delimiter: number
  /** Around a cell that holds what means something; doubled it stands for itself. Undefined where there is none. */
  readonly quote: number | undefined
  /** Between the records: 10 for LF and CRLF, 13 for CR alone. */
  readonly terminator: 10 | 13
}

/**
 * How a cell of separated values is written, as in `Fields.form`: as it is; in quotes; in quotes with doubled quotes within. A cell
 * that begins with a quote and does not end with one is as it is, its quotes included.
 */
export const cellForm = { plain: 0, quoted: 1, doubled: 2 } as const

/** Messages in a batch of codes. */
export const batchCapacity = 1024

/** Room for a message in a batch, bytes; it may fill up to `longestMessage` of them. */
export const messageRoom = 64

/** The longest message that fits a block with its end mark and length, bytes. */
export const longestMessage = 55

/** Characters of a code of 16 bytes as base32. */
export const textLength = 26

/** From the first character of a code to that of the next one, bytes. */
export const textRoom = 32

/** The loops that decide how fast the shield is. One per thread: it keeps buffers. */
export interface Kernel {
  /** `simd`: WebAssembly with vectors. `plain`: the same in TypeScript, for where that cannot be had. */
  readonly kind: 'simd' | 'plain'
  /**
   * HMAC-SHA256 cut to 16 bytes of the first `count` messages (at most `batchCapacity`).
   *
   * @param states   the key, as `keyStates` makes it
   * @param messages `messageRoom` bytes for each; what lies behind a message does not matter
   * @param lengths  of each in bytes, 0 to `longestMessage`
   * @param codes    16 bytes for each are written here
   */
  hmac(states: Uint32Array, messages: Uint8Array, lengths: Uint8Array, count: number, codes: Uint8Array): void
  /**
   * Writes the first `count` codes (at most `batchCapacity`) as base32 in lower case (RFC 4648): `textLength` characters for each to `out` from `at`,
   * `textRoom` bytes apart; what is between them does not matter.
   *
   * @param codes 16 bytes for each
   */
  texts(codes: Uint8Array, count: number, out: Uint8Array, at: number): void
  /**
   * Finds the cells of bytes[0, length), whole records: appends nothing, fills `fields` anew and grows its columns of numbers where they are
   * too short. A cell's column is its place in its record; whether a record has as many as the header is the caller's
   * question. The last record may lack its terminator.
   *
   * @returns whether the block ends within quotes, so that its last cell is not whole
   */
  scanCells(bytes: Uint8Array, length: number, dialect: Dialect, fields: Fields): boolean
  /**
   * How many of bytes[0, length), which begin with a record, are records that have ended: the place after the last terminator that is not in
   * quotes; 0 where there is none.
   */
  cutRecords(bytes: Uint8Array, length: number, dialect: Dialect): number
}
