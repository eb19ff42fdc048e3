import { ShieldError } from '../error.ts'
import { kernel } from '../kernel/load.ts'
import { cellForm } from '../kernel/kernel.ts'
import type { Fields, Format } from './fields.ts'

/** How cells are told apart. One byte each. */
export interface Dialect {
  readonly delimiter: ',' | ';' | '\t' | '|'
  /** 'none': a quote is a letter like any other. */
  readonly quote: '"' | "'" | 'none'
}

/** Cells of a row that has more of them than there are columns. */
export const surplusColumn = '#surplus'

const LF = 10
const CR = 13

/**
 * Comma-separated values (RFC 4180) and their relatives. A record is a row; a row ends with LF, CR LF or CR LF mixed. Blank
 * lines are left alone. A row with more cells than the header has columns puts the surplus into the column `#surplus`.
 *
 * @param columns names of the columns, unique, in their order
 */
export function csvFormat(columns: readonly string[], dialect: Dialect): Format {
  const delimiter = dialect.delimiter.charCodeAt(0)
  const quote = dialect.quote === 'none' ? undefined : dialect.quote.charCodeAt(0)
  const bytesOf = { delimiter, quote, terminator: 10 } as const
  const by = kernel()
  return {
    columns: [...columns, surplusColumn],
    cut(bytes, length, last) {
      const whole = by.cutRecords(bytes, length, bytesOf)
      if (!last) return whole
      const opened = quote === undefined ? -1 : openQuote(bytes.subarray(whole, length), delimiter, quote)
      if (opened >= 0) throw new UnendedQuote(whole + opened)
      return length
    },
    state: () => null,
    read(bytes, length, _state, fields) {
      fields.bytes = bytes
      by.scanCells(bytes, length, bytesOf, fields)
      if (hasOddRows(fields, columns.length)) settleOddRows(fields, columns.length)
    },
    decode: (kind, bytes, start, end, out, at) =>
      kind === cellForm.doubled && quote !== undefined
        ? single(bytes, start, end, quote, out, at)
        : copy(bytes, start, end, out, at),
    encode: (kind, value, start, end, out, at) =>
      quote === undefined
        ? copy(value, start, end, out, at)
        : kind === cellForm.plain
          ? cell(value, start, end, delimiter, quote, out, at)
          : double(value, start, end, quote, out, at),
    // Neither delimiter nor quote is a letter or a digit.
    isVerbatim: () => true,
  }
}

/** Where the quote stands that is open at the end of these bytes, which begin with a row; -1: none is. */
function openQuote(bytes: Uint8Array, delimiter: number, quote: number): number {
  let opened = -1
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (opened >= 0) {
      if (byte !== quote) continue
      if (bytes[at + 1] === quote) at += 1
      else opened = -1
    } else if (byte === quote && (at === 0 || bytes[at - 1] === delimiter || bytes[at - 1] === LF)) opened = at
  }
  return opened
}

/** Whether a row has another number of cells than there are columns. */
function hasOddRows(fields: Fields, columns: number): boolean {
  let first = 0
  for (let record = 0; record < fields.records; record += 1) {
    const end = fields.recordEnd[record] ?? 0
    if (end - first !== columns) return true
    first = end
  }
  return false
}

/** A blank line is no row; what a row has too much belongs to the column of the surplus. */
function settleOddRows(fields: Fields, columns: number): void {
  let count = 0
  let records = 0
  let first = 0
  for (let record = 0; record < fields.records; record += 1) {
    const end = fields.recordEnd[record] ?? 0
    const isBlank = end - first === 1 && columns !== 1 && fields.start[first] === fields.end[first]
    for (let field = isBlank ? end : first; field < end; field += 1) {
      fields.start[count] = fields.start[field] ?? 0
      fields.end[count] = fields.end[field] ?? 0
      fields.form[count] = fields.form[field] ?? 0
      fields.column[count] = Math.min(fields.column[field] ?? 0, columns)
      count += 1
    }
    if (!isBlank) {
      fields.recordEnd[records] = count
      records += 1
    }
    first = end
  }
  fields.count = count
  fields.records = records
}

/** The quote at this byte of the block has no end. */
export class UnendedQuote extends ShieldError {
  readonly at: number
  constructor(at: number) {
    super(`A quoted cell is never closed.`)
    this.at = at
  }
}

function copy(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  for (let index = start; index < end; index += 1) out[at + index - start] = bytes[index] ?? 0
  return end - start
}

function single(bytes: Uint8Array, start: number, end: number, quote: number, out: Uint8Array, at: number): number {
  let to = at
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index] ?? 0
    out[to] = byte
    to += 1
    if (byte === quote) index += 1
  }
  return to - at
}

function double(bytes: Uint8Array, start: number, end: number, quote: number, out: Uint8Array, at: number): number {
  let to = at
  for (let index = start; index < end; index += 1) {
    const byte = bytes[index] ?? 0
    out[to] = byte
    to += 1
    if (byte === quote) {
      out[to] = byte
      to += 1
    }
  }
  return to - at
}

/** A value in a cell that had no quotes: with them where it needs them. */
function cell(
  value: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  quote: number,
  out: Uint8Array,
  at: number,
): number {
  const shift = at - start
  let index = start
  for (; index < end; index += 1) {
    const byte = value[index] ?? 0
    if (byte === delimiter || byte === quote || byte === LF || byte === CR) break
    out[index + shift] = byte
  }
  if (index >= end) return end - start
  out[at] = quote
  const length = double(value, start, end, quote, out, at + 1)
  out[at + 1 + length] = quote
  return length + 2
}
