import type { Fields } from '../format/fields.ts'
import { cellForm, type Dialect } from './kernel.ts'
import { makeRoom } from './room.ts'

const lineFeed = 10
const carriageReturn = 13

/** Where a cell ends: its value, the byte after it (delimiter, terminator or the end of the block), how it is written. */
interface Cell {
  start: number
  end: number
  form: number
  after: number
}

const cell: Cell = { start: 0, end: 0, form: 0, after: 0 }

/** `Kernel.scanCells` without vectors: the rules of a cell said once more, one byte at a time. */
export function scanCellsPlain(bytes: Uint8Array, length: number, dialect: Dialect, fields: Fields): boolean {
  fields.bytes = bytes
  fields.count = 0
  fields.records = 0
  let at = 0
  let column = 0
  let isOpen = false
  while (at < length || column > 0) {
    isOpen = readCell(bytes, at, length, dialect)
    append(fields, column)
    column += 1
    if (cell.after >= length || bytes[cell.after] === dialect.terminator) {
      endRecord(fields)
      column = 0
    }
    at = cell.after + 1
  }
  return isOpen
}

/** `Kernel.cutRecords` without vectors. */
export function cutRecordsPlain(bytes: Uint8Array, length: number, dialect: Dialect): number {
  let record = 0
  for (let at = 0; at < length; at = cell.after + 1) {
    if (readCell(bytes, at, length, dialect) || cell.after >= length) return record
    if (bytes[cell.after] === dialect.terminator) record = cell.after + 1
  }
  return record
}

/** Reads the cell at `at` into `cell`; whether it is open at the end of the block. */
function readCell(bytes: Uint8Array, at: number, length: number, dialect: Dialect): boolean {
  if (at < length && bytes[at] === dialect.quote) return !readQuoted(bytes, at, length, dialect)
  readPlain(bytes, at, at, length, dialect)
  return false
}

/** A cell as it is, of which nothing before `from` ends it. */
function readPlain(bytes: Uint8Array, at: number, from: number, length: number, dialect: Dialect): void {
  let after = from
  while (after < length && bytes[after] !== dialect.delimiter && bytes[after] !== dialect.terminator) after += 1
  cell.start = at
  cell.end = after > at && endsWithCarriage(bytes, after, length, dialect) ? after - 1 : after
  cell.form = cellForm.plain
  cell.after = after
}

/** The CR of a CRLF stands before `after`. */
function endsWithCarriage(bytes: Uint8Array, after: number, length: number, dialect: Dialect): boolean {
  return (
    after < length &&
    dialect.terminator === lineFeed &&
    bytes[after] === lineFeed &&
    bytes[after - 1] === carriageReturn
  )
}

/** False where the block ends within the quotes. Where something else than an end follows them the cell goes on, as it is. */
function readQuoted(bytes: Uint8Array, at: number, length: number, dialect: Dialect): boolean {
  let form: number = cellForm.quoted
  let close = at + 1
  for (;;) {
    while (close < length && bytes[close] !== dialect.quote) close += 1
    if (close >= length) {
      setCell(at, length, cellForm.plain, length)
      return false
    }
    if (close + 1 >= length || bytes[close + 1] !== dialect.quote) break
    form = cellForm.doubled
    close += 2
  }
  let after = close + 1
  if (bytes[after] === carriageReturn && after + 1 < length && endsWithCarriage(bytes, after + 1, length, dialect)) {
    after += 1
  }
  const isEnd = after >= length || bytes[after] === dialect.delimiter || bytes[after] === dialect.terminator
  if (isEnd) setCell(at + 1, close, form, after)
  else readPlain(bytes, at, close + 1, length, dialect)
  return true
}

function setCell(start: number, end: number, form: number, after: number): void {
  cell.start = start
  cell.end = end
  cell.form = form
  cell.after = after
}

function append(fields: Fields, column: number): void {
  const index = fields.count
  makeRoom(fields, index + 1, fields.records + 1)
  fields.start[index] = cell.start
  fields.end[index] = cell.end
  fields.column[index] = column
  fields.form[index] = cell.form
  fields.count = index + 1
}

function endRecord(fields: Fields): void {
  fields.recordEnd[fields.records] = fields.count
  fields.records += 1
}
