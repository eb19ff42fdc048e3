import { inflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { ShieldError } from '../error.ts'

/** What a workbook may be at most. */
export interface WorkbookLimits {
  /** Of the file as it lies there. */
  readonly packedBytes: number
  /** Of the parts that are read, together. */
  readonly unpackedBytes: number
  readonly entries: number
  /** Bytes that one byte unpacks to, in parts above a megabyte. */
  readonly ratio: number
  /** Rows times columns that a sheet spans. */
  readonly cells: number
}

export const workbookLimits: WorkbookLimits = {
  packedBytes: 64 << 20,
  unpackedBytes: 256 << 20,
  entries: 5_000,
  ratio: 300,
  cells: 5_000_000,
}

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const MEGABYTE = 1 << 20

/** The parts that hold values: no comments, drawings, properties, pivot tables, macros, links or custom XML. */
const wanted =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:_rels\/)?[^/]+\.xml(?:\.rels)?|xl\/worksheets\/[^/]+\.xml)$/u

/**
 * A fresh archive, not compressed, of those parts of a workbook (attacker-controlled) that hold values. Each is unpacked here, with an end:
 * what the directory says of sizes is not believed.
 *
 * @throws ShieldError no workbook, damaged, or too large
 * @source PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16
 */
export function valueParts(bytes: Uint8Array, limits: WorkbookLimits): Buffer {
  const parts: Record<string, Uint8Array> = {}
  let left = limits.unpackedBytes
  for (const entry of directory(bytes, limits)) {
    if (!wanted.test(entry.name) || /^xl\/(?:comments|persons|vbaProject)/u.test(entry.name)) continue
    const part = unpack(bytes, entry, left, limits)
    left -= part.length
    if (entry.name.startsWith('xl/worksheets/')) checkSpan(part, limits)
    parts[entry.name] = part
  }
  if (!Object.hasOwn(parts, 'xl/workbook.xml')) {
    throw new ShieldError(
      'There is no workbook in this file. XLSX can be read; XLS, XLSB and ODS cannot: save it as XLSX.',
    )
  }
  return Buffer.from(zipSync(parts, { level: 0 }))
}

interface Entry {
  readonly name: string
  readonly at: number
  readonly packed: number
  readonly method: number
}

function directory(bytes: Uint8Array, limits: WorkbookLimits): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(view)
  const count = view.getUint16(end + 10, true)
  if (count > limits.entries) throw tooMuch(`${count} parts`, `${limits.entries}`)
  const entries: Entry[] = []
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) throw damaged()
    if ((view.getUint16(at + 8, true) & 1) === 1) {
      throw new ShieldError('The workbook is encrypted. Save it without a password first.')
    }
    const nameLength = view.getUint16(at + 28, true)
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      at: view.getUint32(at + 42, true),
      packed: view.getUint32(at + 20, true),
      method: view.getUint16(at + 10, true),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** The end record lies in the last 22 bytes plus a comment of at most 64 KiB. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at -= 1) {
    if (view.getUint32(at, true) === END) return at
  }
  throw damaged()
}

function unpack(bytes: Uint8Array, entry: Entry, left: number, limits: WorkbookLimits): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== LOCAL) throw damaged()
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true)
  const packed = bytes.subarray(from, from + entry.packed)
  const most = Math.min(left, Math.max(MEGABYTE, entry.packed * limits.ratio))
  if (entry.method === 0 && packed.length <= most) return packed
  if (entry.method !== 8) throw damaged()
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw code === 'ERR_BUFFER_TOO_LARGE'
      ? tooMuch(
          `more than ${Math.floor(most / MEGABYTE)} MiB in one part`,
          `${limits.unpackedBytes / MEGABYTE} MiB, and ${limits.ratio} times the packed size,`,
        )
      : damaged()
  }
}

/** A sheet of two cells in far corners would be filled up with empty ones. */
function checkSpan(part: Uint8Array, limits: WorkbookLimits): void {
  let rows = 0
  let columns = 0
  // In pieces that overlap by the longest reference.
  for (let at = 0; at < part.length; at += MEGABYTE) {
    const text = Buffer.from(part.buffer, part.byteOffset + at, Math.min(part.length - at, MEGABYTE + 64)).toString(
      'latin1',
    )
    for (const [, letters = '', digits = ''] of text.matchAll(
      /\sr\s{0,9}=\s{0,9}["']([A-Za-z]{0,9})(\d{1,15})["']/gu,
    )) {
      rows = Math.max(rows, Number(digits))
      columns = Math.max(columns, columnNumber(letters))
    }
  }
  if (rows * Math.max(1, columns) > limits.cells) {
    throw tooMuch(`a sheet of ${rows} rows and ${columns} columns`, `${limits.cells} cells`)
  }
}

function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64
  return number
}

const damaged = () => new ShieldError('The workbook is damaged: its directory and its parts do not fit together.')

const tooMuch = (what: string, most: string) =>
  new ShieldError(
    `The workbook has ${what}; ${most} are the most, since a workbook has to be held whole. Save its sheets as CSV: those can be of any size.`,
  )
