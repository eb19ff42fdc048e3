import { readFileSync } from 'node:fs'
import type { Fields } from '../format/fields.ts'
import { batchCapacity, type Dialect, type Kernel, messageRoom, textRoom } from './kernel.ts'
import { makeRoom } from './room.ts'

/** What `kernel.wasm` exports; functions without a verb tell where a buffer lies in its memory. */
interface Exports {
  memory: WebAssembly.Memory
  hmac(count: number): void
  hmacKey(): number
  hmacMessages(): number
  hmacLengths(): number
  hmacCodes(): number
  base32(count: number): void
  base32Texts(): number
  scanStart(delimiter: number, quote: number, hasQuote: number, terminator: number): void
  scan(length: number, base: number, last: number): number
  scanRecord(): number
  scanRecords(): number
  scanOpen(): number
  scanWindow(): number
  scanWindowSize(): number
  scanStarts(): number
  scanEnds(): number
  scanColumns(): number
  scanForms(): number
  scanRecordEnds(): number
}

const noQuote = 0

/**
 * The kernel with vectors.
 *
 * @throws {WebAssembly.CompileError}  this engine has no vectors
 */
export function simdKernel(): Kernel {
  const module = new WebAssembly.Module(readFileSync(new URL('../../kernel/kernel.wasm', import.meta.url)))
  const exports = new WebAssembly.Instance(module).exports as unknown as Exports
  return {
    kind: 'simd',
    hmac: hmacBy(exports),
    texts: textsBy(exports),
    scanCells: scanBy(exports),
    cutRecords: cutBy(exports),
  }
}

function hmacBy(wasm: Exports): Kernel['hmac'] {
  const { buffer } = wasm.memory
  const key = new Uint32Array(buffer, wasm.hmacKey(), 16)
  const staged = new Uint8Array(buffer, wasm.hmacMessages(), batchCapacity * messageRoom)
  const stagedLengths = new Uint8Array(buffer, wasm.hmacLengths(), batchCapacity)
  const made = new Uint8Array(buffer, wasm.hmacCodes(), batchCapacity * 16)
  return (states, messages, lengths, count, codes) => {
    key.set(states)
    staged.set(count === batchCapacity ? messages : messages.subarray(0, count * messageRoom))
    stagedLengths.set(count === batchCapacity ? lengths : lengths.subarray(0, count))
    wasm.hmac(count)
    codes.set(count === batchCapacity ? made : made.subarray(0, count * 16))
  }
}

function textsBy(wasm: Exports): Kernel['texts'] {
  const { buffer } = wasm.memory
  const staged = new Uint8Array(buffer, wasm.hmacCodes(), batchCapacity * 16)
  const made = new Uint8Array(buffer, wasm.base32Texts(), batchCapacity * textRoom)
  return (codes, count, out, at) => {
    staged.set(count === batchCapacity ? codes : codes.subarray(0, count * 16))
    wasm.base32(count)
    out.set(count === batchCapacity ? made : made.subarray(0, count * textRoom), at)
  }
}

function start(wasm: Exports, { delimiter, quote, terminator }: Dialect): void {
  wasm.scanStart(delimiter, quote ?? noQuote, quote === undefined ? 0 : 1, terminator)
}

function cutBy(wasm: Exports): Kernel['cutRecords'] {
  const size = wasm.scanWindowSize()
  const window = new Uint8Array(wasm.memory.buffer, wasm.scanWindow(), size)
  return (bytes, length, dialect) => {
    start(wasm, dialect)
    for (let base = 0; base < length; base += size) {
      const piece = bytes.subarray(base, Math.min(length, base + size))
      window.set(piece)
      wasm.scan(piece.length, base, 0)
    }
    return wasm.scanRecord()
  }
}

function scanBy(wasm: Exports): Kernel['scanCells'] {
  const { buffer } = wasm.memory
  const size = wasm.scanWindowSize()
  const room = size + 1
  const window = new Uint8Array(buffer, wasm.scanWindow(), size)
  const starts = new Int32Array(buffer, wasm.scanStarts(), room)
  const ends = new Int32Array(buffer, wasm.scanEnds(), room)
  const columns = new Int32Array(buffer, wasm.scanColumns(), room)
  const forms = new Uint8Array(buffer, wasm.scanForms(), room)
  const recordEnds = new Int32Array(buffer, wasm.scanRecordEnds(), room)
  const take = (fields: Fields, count: number, records: number): void => {
    makeRoom(fields, fields.count + count, fields.records + records)
    fields.start.set(starts.subarray(0, count), fields.count)
    fields.end.set(ends.subarray(0, count), fields.count)
    fields.column.set(columns.subarray(0, count), fields.count)
    fields.form.set(forms.subarray(0, count), fields.count)
    for (let i = 0; i < records; i += 1) fields.recordEnd[fields.records + i] = fields.count + (recordEnds[i] ?? 0)
    fields.count += count
    fields.records += records
  }
  return (bytes: Uint8Array, length: number, dialect: Dialect, fields: Fields) => {
    fields.bytes = bytes
    fields.count = 0
    fields.records = 0
    start(wasm, dialect)
    let base = 0
    do {
      const piece = bytes.subarray(base, Math.min(length, base + size))
      window.set(piece)
      const isLast = base + size >= length
      take(fields, wasm.scan(piece.length, base, isLast ? 1 : 0), wasm.scanRecords())
      base += size
    } while (base < length)
    return wasm.scanOpen() === 1
  }
}
