/**
 * Where the cells of separated values (RFC 4180) lie. A vector of 64 bytes is compared with the three bytes that mean something;
 * only where one stands is anything decided. A quote opens a cell only as its first byte: elsewhere it is a character, so
 * that a lone inch mark does not swallow the rest of a file.
 *
 * A block is given in windows; what is open at the end of one goes on in the next.
 */

const WINDOW: i32 = 65536

/** 64 bytes before it keep the last byte of the window before; 64 behind it are read and masked. */
const BYTES: usize = memory.data(65536 + 128, 16) + 64
const STARTS: usize = memory.data(65540 * 4, 16)
const ENDS: usize = memory.data(65540 * 4, 16)
const COLUMNS: usize = memory.data(65540 * 4, 16)
const FORMS: usize = memory.data(65540, 16)
const RECORD_ENDS: usize = memory.data(65540 * 4, 16)

export function scanWindowSize(): i32 {
  return WINDOW
}
export function scanWindow(): usize {
  return BYTES
}
export function scanStarts(): usize {
  return STARTS
}
export function scanEnds(): usize {
  return ENDS
}
export function scanColumns(): usize {
  return COLUMNS
}
export function scanForms(): usize {
  return FORMS
}
export function scanRecordEnds(): usize {
  return RECORD_ENDS
}

const PLAIN: i32 = 0
const QUOTED: i32 = 1
const CLOSED: i32 = 2

let delimiter: i32 = 0
let quote: i32 = 0
let quotes: u64 = 0
let terminator: i32 = 0
let state: i32 = 0
/** Of the open cell: its first byte, the byte after its closing quote's place, its form if it ends well, its column. */
let cell: i32 = 0
let closed: i32 = 0
let form: i32 = 0
let column: i32 = 0
let records: i32 = 0
/** Where the open record begins in the block. */
let record: i32 = 0

/** Begins a block. `hasQuote` is 0 where the dialect knows no quotes; `end` is 10 (LF, CRLF) or 13 (CR). */
export function scanStart(delimiterByte: i32, quoteByte: i32, hasQuote: i32, end: i32): void {
  delimiter = delimiterByte
  quote = quoteByte
  quotes = hasQuote ? u64.MAX_VALUE : 0
  terminator = end
  state = PLAIN
  cell = 0
  closed = 0
  form = 0
  column = 0
  record = 0
}

/** Records that ended in the last window. */
export function scanRecords(): i32 {
  return records
}

/** Where the record begins in the block that has not ended yet. */
export function scanRecord(): i32 {
  return record
}

/** Whether the block ends within quotes. */
export function scanOpen(): i32 {
  return state === QUOTED ? 1 : 0
}

// @ts-ignore: decorator
@inline
function matches(at: usize, byte: v128): u64 {
  return (
    (<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 0), byte))) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 16), byte))) << 16) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 32), byte))) << 32) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 48), byte))) << 48)
  )
}

// @ts-ignore: decorator
@inline
function either(at: usize, a: v128, b: v128): u64 {
  const v0 = v128.load(at, 0)
  const v1 = v128.load(at, 16)
  const v2 = v128.load(at, 32)
  const v3 = v128.load(at, 48)
  return (
    (<u64>i8x16.bitmask(v128.or(i8x16.eq(v0, a), i8x16.eq(v0, b)))) |
    ((<u64>i8x16.bitmask(v128.or(i8x16.eq(v1, a), i8x16.eq(v1, b)))) << 16) |
    ((<u64>i8x16.bitmask(v128.or(i8x16.eq(v2, a), i8x16.eq(v2, b)))) << 32) |
    ((<u64>i8x16.bitmask(v128.or(i8x16.eq(v3, a), i8x16.eq(v3, b)))) << 48)
  )
}

/** A quote at `at`: opens, closes, or is doubled. */
// @ts-ignore: decorator
@inline
function meetQuote(at: i32): void {
  if (state === QUOTED) {
    state = CLOSED
    closed = at
  } else if (state === CLOSED) {
    if (at === closed + 1) {
      state = QUOTED
      form = 2
    } else {
      state = PLAIN
      form = 0
    }
  } else if (at === cell) {
    state = QUOTED
    form = 1
  }
}

/**
 * Scans `length` bytes of the window, which stand at `base` in the block; returns how many cells ended, described from index
 * 0 on. At the `last` window of a block the cell at its end is ended, unless the block ends with a terminator.
 * Forms: 0 as it is, 1 in quotes, 2 in quotes with doubled quotes within.
 */
export function scan(length: i32, base: i32, last: i32): i32 {
  const vDelimiter = i8x16.splat(<i8>delimiter)
  const vQuote = i8x16.splat(<i8>quote)
  const vTerminator = i8x16.splat(<i8>terminator)
  let count: i32 = 0
  records = 0
  for (let from: i32 = 0; from < length; from += 64) {
    const left = length - from
    const within: u64 = left >= 64 ? u64.MAX_VALUE : ((<u64>1) << left) - 1
    const address = BYTES + from
    const marks = quotes & within & matches(address, vQuote)
    let ends = within & either(address, vDelimiter, vTerminator)
    if (marks === 0 && state === PLAIN) {
      while (ends !== 0) {
        count = endPlain(from + <i32>ctz(ends), base, count)
        ends &= ends - 1
      }
      continue
    }
    let all = ends | marks
    while (all !== 0) {
      const bit = all & (0 - all)
      const at = from + <i32>ctz(all)
      all ^= bit
      if ((marks & bit) !== 0) meetQuote(base + at)
      else if (state === PLAIN) count = endPlain(at, base, count)
      else if (state === CLOSED) count = endClosed(at, base, count)
    }
  }
  store<u8>(BYTES - 1, length > 0 ? load<u8>(BYTES + length - 1) : load<u8>(BYTES - 1))
  if (last !== 0) count = finish(base + length, count)
  return count
}

// @ts-ignore: decorator
@inline
function emit(count: i32, start: i32, end: i32, how: i32): void {
  const offset = <usize>count << 2
  store<i32>(STARTS + offset, start)
  store<i32>(ENDS + offset, end)
  store<i32>(COLUMNS + offset, column)
  store<u8>(FORMS + count, <u8>how)
}

// @ts-ignore: decorator
@inline
function next(at: i32, base: i32, count: i32, isTerminator: bool): i32 {
  cell = base + at + 1
  column += 1
  count += 1
  if (isTerminator) {
    store<i32>(RECORD_ENDS + ((<usize>records) << 2), count)
    records += 1
    column = 0
    record = cell
  }
  return count
}

/** A cell without quotes ends at `at` of the window; a CR before the LF is not part of it. */
// @ts-ignore: decorator
@inline
function endPlain(at: i32, base: i32, count: i32): i32 {
  const isTerminator = <i32>load<u8>(BYTES + at) === terminator
  let end = base + at
  if (isTerminator && terminator === 10 && end > cell && load<u8>(BYTES + at - 1) === 13) end -= 1
  emit(count, cell, end, 0)
  return next(at, base, count, isTerminator)
}

/** A cell ends whose quotes were closed: well when nothing, or the CR of a line's end, stands between; else it is as it is. */
function endClosed(at: i32, base: i32, count: i32): i32 {
  const isTerminator = <i32>load<u8>(BYTES + at) === terminator
  const end = base + at
  state = PLAIN
  const carriage = isTerminator && terminator === 10 && load<u8>(BYTES + at - 1) === 13 && end === closed + 2
  if (end === closed + 1 || carriage) {
    emit(count, cell + 1, closed, form)
    form = 0
    return next(at, base, count, isTerminator)
  }
  form = 0
  return endPlain(at, base, count)
}

/** The block ends: so does its last cell, unless a terminator was the last byte. */
function finish(end: i32, count: i32): i32 {
  if (cell === end && column === 0) return count
  if (state === CLOSED && end === closed + 1) emit(count, cell + 1, closed, form)
  else emit(count, cell, end, 0)
  count += 1
  store<i32>(RECORD_ENDS + ((<usize>records) << 2), count)
  records += 1
  return count
}
