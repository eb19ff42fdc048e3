import { ReaderError } from './error.ts'
import type { Limits } from './limits.ts'

/** A part of a ZIP archive as its directory states it; nothing is unpacked to learn this. */
export type ZipEntry = {
  readonly name: string
  readonly packed: number
  readonly unpacked: number
  readonly encrypted: boolean
}

const END = 0x06054b50
const ENTRY = 0x02014b50

/**
 * Reads the central directory of a ZIP archive (attacker-controlled) without unpacking anything.
 *
 * @throws {ReaderError} damaged
 * @source PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16
 */
export function readDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const entries: ZipEntry[] = []
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY)
      throw new ReaderError('damaged', { format: 'DOCX' })
    const nameLength = view.getUint16(at + 28, true)
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** The end record lies in the last 22 bytes plus a comment of at most 64 KiB. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at--) {
    if (view.getUint32(at, true) === END) return at
  }
  throw new ReaderError('damaged', { format: 'DOCX' })
}

/** Refuses an archive whose parts would unpack to more than a document can need. @throws {ReaderError} zip-bomb */
export function checkDirectory(entries: readonly ZipEntry[], limits: Limits): void {
  const unpacked = entries.reduce((total, entry) => total + entry.unpacked, 0)
  const steep = entries.some((entry) => entry.unpacked > 1_048_576 && entry.unpacked > entry.packed * limits.ratio)
  if (entries.length > limits.entries || unpacked > limits.unpackedBytes || steep)
    throw new ReaderError('zip-bomb', { size: Math.ceil(unpacked / 1_048_576), entries: entries.length })
}
