import { copyBytes } from '../engine/arena.ts'
import { addField, clearFields, endRecord } from './fields-make.ts'
import type { Fields, Format } from './fields.ts'

/** How an element is written. A quoted one has its quotes in its range: what takes its place may need none. */
const form = { bare: 1, quoted: 2 } as const

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d
const COMMA = 0x2c
const NULL = new TextEncoder().encode('NULL')

/** One array as PostgreSQL writes it (section 8.15.6 of its manual): `{a,"b, c",NULL,{d}}`. All elements are one column, `[]`. */
export function arrayFormat(): Format {
  return {
    columns: ['[]'],
    cut: (_bytes, length) => length,
    state: () => null,
    read,
    decode(kind, bytes, start, end, out, at) {
      if (kind === form.bare) {
        copyBytes(bytes, start, end, out, at)
        return end - start
      }
      let to = at
      for (let from = start + 1; from < end - 1; from += 1) {
        if (bytes[from] === BACKSLASH) from += 1
        out[to] = bytes[from] ?? 0
        to += 1
      }
      return to - at
    },
    encode(_kind, value, start, end, out, at) {
      if (start === end) {
        out.set(NULL, at)
        return NULL.length
      }
      let to = at
      out[to] = QUOTE
      to += 1
      for (let from = start; from < end; from += 1) {
        const byte = value[from] ?? 0
        if (byte === QUOTE || byte === BACKSLASH) {
          out[to] = BACKSLASH
          to += 1
        }
        out[to] = byte
        to += 1
      }
      out[to] = QUOTE
      return to + 1 - at
    },
  }
}

function read(bytes: Uint8Array, length: number, _state: unknown, fields: Fields): void {
  clearFields(fields, bytes)
  // Bounds may stand before it: [0:1]={a,b}.
  let at = Math.max(0, bytes.indexOf(OPEN))
  while (at < length) {
    const byte = bytes[at] ?? 0
    if (byte === OPEN || byte === CLOSE || byte === COMMA) at += 1
    else at = byte === QUOTE ? quoted(bytes, at, length, fields) : bare(bytes, at, length, fields)
  }
  endRecord(fields)
}

function quoted(bytes: Uint8Array, start: number, length: number, fields: Fields): number {
  let at = start + 1
  while (at < length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  // An empty element stays one.
  if (at > start + 1) addField(fields, start, Math.min(at + 1, length), 0, form.quoted)
  return at + 1
}

function bare(bytes: Uint8Array, start: number, length: number, fields: Fields): number {
  let at = start
  while (at < length && bytes[at] !== COMMA && bytes[at] !== CLOSE) at += 1
  if (!isNull(bytes, start, at)) addField(fields, start, at, 0, form.bare)
  return at
}

function isNull(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === NULL.length && NULL.every((byte, at) => ((bytes[start + at] ?? 0) & 0xdf) === byte)
}
