import { copyBytes } from '../engine/arena.ts'
import { addField, clearFields, endRecord } from './fields-make.ts'
import type { Format } from './fields.ts'
import { cutLines } from './line.ts'

/** The one column of a text. */
export const lineColumn = 'line'

const LF = 10
const CR = 13

/** Running text and logs: each line is a record with one value. */
export function textFormat(): Format {
  return {
    columns: [lineColumn],
    cut: cutLines,
    state: () => null,
    read(bytes, length, _state, fields) {
      clearFields(fields, bytes)
      for (let at = 0; at < length;) {
        const found = bytes.indexOf(LF, at)
        const end = found === -1 || found > length ? length : found
        addField(fields, at, end > at && bytes[end - 1] === CR ? end - 1 : end, 0, 0)
        endRecord(fields)
        at = end + 1
      }
    },
    decode: copied,
    encode: copied,
  }
}

function copied(_form: number, bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  copyBytes(bytes, start, end, out, at)
  return end - start
}
