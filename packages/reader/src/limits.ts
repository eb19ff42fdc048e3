import { ReaderError } from './error.ts'

/** What a document may cost. */
export type Limits = {
  /** Size of the file in bytes. */
  readonly bytes: number
  /** Length of the extracted text in UTF-16 units. */
  readonly characters: number
  /** Time for the whole reading in milliseconds, checked between steps and statements. */
  readonly milliseconds: number
  /** Unpacked size of all parts of a DOCX in bytes. */
  readonly unpackedBytes: number
  /** Number of parts of a DOCX. */
  readonly entries: number
  /** Unpacked to packed size of any part above one megabyte. XML compresses about 10 to 1, hardly ever above 100 to 1. */
  readonly ratio: number
  /** Pages of a PDF. */
  readonly pages: number
  /** Nesting of HTML elements. */
  readonly depth: number
}

/**
 * The limits when none are given: ten times the largest real document of measures seen, so that only mistakes and
 * attacks meet them. The size is meant to be checked before a file is read into memory.
 */
export const limits: Limits = {
  bytes: 25 * 1024 * 1024,
  characters: 2_000_000,
  milliseconds: 30_000,
  unpackedBytes: 100 * 1024 * 1024,
  entries: 5_000,
  ratio: 200,
  pages: 1_000,
  depth: 400,
}

/** Counts the time down. The clock is monotonic and only measures, so it is not an input of the result. */
export class Deadline {
  readonly #end: number
  readonly #seconds: number

  constructor(milliseconds: number) {
    this.#end = performance.now() + milliseconds
    this.#seconds = Math.ceil(milliseconds / 1000)
  }

  /** @throws {ReaderError} timeout */
  check(): void {
    if (performance.now() > this.#end) throw new ReaderError('timeout', { seconds: this.#seconds })
  }
}
