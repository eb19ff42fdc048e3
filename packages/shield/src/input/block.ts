import { BLOCK } from './block-size.ts'
import type { Buffers } from './buffers.ts'
import { ShieldError } from '../error.ts'
import { UnendedQuote } from '../format/csv.ts'
import type { Format } from '../format/fields.ts'
import type { Source } from './source.ts'

/** Whole records, and what their reader has to know. */
export interface Block {
  readonly bytes: Uint8Array
  readonly length: number
  readonly state: unknown
}

export interface Blocks {
  /** The next block; undefined at the end. Its bytes belong to whoever asked. */
  next(): Promise<Block | undefined>
  /** How many bytes were read so far. */
  readonly read: number
}

/**
 * Cuts what comes into blocks.
 *
 * @param begun what was read already to find out what it is; `skip` of it are no records (a header)
 * @param longest of one record in bytes; a longer one is refused, since it would have to be held whole
 */
export function blocksOf(
  source: Source,
  format: Format,
  begun: { readonly bytes: Uint8Array; readonly length: number; readonly skip: number },
  longest: number,
  buffers: Buffers,
): Blocks {
  let bytes = begun.bytes.subarray(0)
  let start = begun.skip
  let have = begun.length
  let read = begun.length
  let ended = false
  /** A long record is looked at again only when there is a quarter more of it: else each piece of it would cost all of it. */
  let enough = 0
  /** Where in the input the block in hand begins. */
  let offset = begun.skip

  function cut(): number {
    try {
      return format.cut(bytes.subarray(start, have), have - start, ended)
    } catch (error) {
      if (!(error instanceof UnendedQuote)) throw error
      throw new ShieldError(
        `The quoted cell that begins at byte ${offset + error.at} is never closed. Close it there, or set \`quote: none\` in the plan if quotes mean nothing in this file.`,
      )
    }
  }

  /** Room behind what is there: what is left moves to the front of a new buffer, since the old one was given away. */
  function makeRoom(): void {
    const left = have - start
    if (left > longest) {
      throw new ShieldError(
        `The record that begins at byte ${offset} is longer than ${longest} bytes. Raise --longest-record if that is right; otherwise a quote or bracket before it is not closed.`,
      )
    }
    const size = left < BLOCK / 2 ? BLOCK : left * 2
    const next = buffers.take(size)
    next.set(bytes.subarray(start, have))
    bytes = next
    start = 0
    have = left
  }

  return {
    async next() {
      for (;;) {
        if (ended || (have > start && have - start >= enough)) {
          if (ended && have === start) return undefined
          const state = format.state()
          const length = cut()
          if (length > 0) {
            const block = { bytes: bytes.subarray(start, start + length), length, state }
            const left = bytes.subarray(start + length, have)
            offset += length
            enough = 0
            // What is left goes into a buffer of its own: the block is given away.
            bytes = buffers.take(Math.max(BLOCK, left.length * 2))
            bytes.set(left)
            start = 0
            have = left.length
            return block
          }
          if (ended) return undefined
          enough = have - start < BLOCK ? 0 : Math.ceil((have - start) * 1.25)
        }
        if (have === bytes.length || start > 0) makeRoom()
        const more = await source.read(bytes, have)
        if (more === 0) ended = true
        have += more
        read += more
      }
    },
    get read() {
      return read
    },
  }
}
