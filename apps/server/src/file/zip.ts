import { createInflateRaw } from 'node:zlib'
import { fileErrors } from './errors.ts'

/** Most that a document may unpack to, all its parts together, and most times its own size. */
const limitMiB = 512
const mostTimes = 200
const mostEntries = 10_000

/** One part of a ZIP container, as its directory says it. */
export interface Entry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly unpacked: number
  /** Where its data begin. */
  readonly from: number
}

const ends = Buffer.from('PK\u0005\u0006', 'latin1')
const central = 0x02014b50
const local = 0x04034b50

/**
 * Whether bytes can be read as a ZIP archive from their end, whatever they begin with: readers of archives look there first.
 */
export function endsAsZip(bytes: Buffer): boolean {
  const tail = Math.max(0, bytes.length - 65_557)
  for (let at = bytes.lastIndexOf(ends); at >= tail; at = bytes.lastIndexOf(ends, at - 1)) {
    if (at + 22 <= bytes.length) {
      const start = at - bytes.readUInt32LE(at + 12)
      if (start >= 0 && start + 4 <= bytes.length && bytes.readUInt32LE(start) === central) return true
    }
    if (at === 0) break
  }
  return false
}

/**
 * The parts of a ZIP container that is nothing else: it begins with its first part, its parts do not overlap, and it ends
 * with its directory.
 *
 * @throws {file.is_damaged | file.is_two_things | file.unpacks_too_far}
 * @source PKWARE APPNOTE 6.3.10
 */
export function readEntries(bytes: Buffer): Entry[] {
  const end = bytes.lastIndexOf(ends)
  if (end < 0 || end + 22 > bytes.length) throw fileErrors.is_damaged()
  if (end + 22 + bytes.readUInt16LE(end + 20) !== bytes.length) throw fileErrors.is_two_things()
  const count = bytes.readUInt16LE(end + 10)
  const start = bytes.readUInt32LE(end + 16)
  // 0xffff and 0xffffffff mean ZIP64, which no document of this size needs.
  if (count === 0 || count > mostEntries || start + bytes.readUInt32LE(end + 12) !== end) throw fileErrors.is_damaged()
  const entries: Entry[] = []
  for (let at = start; entries.length < count;) {
    const entry = readEntry(bytes, at, end)
    entries.push(entry.entry)
    at = entry.next
  }
  refuseOverlap(entries, start)
  const unpacked = entries.reduce((sum, one) => sum + one.unpacked, 0)
  if (unpacked > limitOf(bytes.length)) throw fileErrors.unpacks_too_far({ limitMiB })
  return entries
}

function readEntry(bytes: Buffer, at: number, end: number): { entry: Entry; next: number } {
  if (at + 46 > end || bytes.readUInt32LE(at) !== central) throw fileErrors.is_damaged()
  const nameLength = bytes.readUInt16LE(at + 28)
  const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  const begin = bytes.readUInt32LE(at + 42)
  if (next > end || begin + 30 > bytes.length || bytes.readUInt32LE(begin) !== local) throw fileErrors.is_damaged()
  const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
  const isBad = name.startsWith('/') || name.includes('\\') || name.includes('\0') || name.split('/').includes('..')
  // Encrypted parts cannot be looked into.
  if (isBad || (bytes.readUInt16LE(at + 8) & 1) === 1) throw fileErrors.is_damaged()
  const from = begin + 30 + bytes.readUInt16LE(begin + 26) + bytes.readUInt16LE(begin + 28)
  const [method, packed, unpacked] = [
    bytes.readUInt16LE(at + 10),
    bytes.readUInt32LE(at + 20),
    bytes.readUInt32LE(at + 24),
  ]
  if (from + packed > bytes.length || ![0, 8].includes(method)) throw fileErrors.is_damaged()
  return { entry: { name, method, packed, unpacked, from }, next }
}

/** Parts that share bytes are how a small archive unpacks to a huge one. */
function refuseOverlap(entries: readonly Entry[], directory: number): void {
  const sorted = entries.toSorted((a, b) => a.from - b.from)
  for (const [i, { from, packed }] of sorted.entries())
    if (from + packed > (sorted[i + 1]?.from ?? directory)) throw fileErrors.unpacks_too_far({ limitMiB })
}

function limitOf(size: number): number {
  return Math.min(limitMiB * 1_048_576, Math.max(size * mostTimes, 4 * 1_048_576))
}

/**
 * Unpacks every part once and keeps nothing of it: what a directory says of sizes is the word of whoever made it.
 *
 * @throws {file.unpacks_too_far | file.is_damaged}
 */
export async function weighEntries(bytes: Buffer, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) if (entry.method === 8) await weigh(bytes, entry)
}

/** A part that is larger than it says is there to be trusted by a reader with less care. */
async function weigh(bytes: Buffer, { from, packed, unpacked }: Entry): Promise<void> {
  const inflate = createInflateRaw({ chunkSize: 262_144 })
  inflate.end(bytes.subarray(from, from + packed))
  let left = unpacked
  try {
    for await (const part of inflate as AsyncIterable<Buffer>) {
      left -= part.length
      if (left < 0) break
    }
  } catch (cause) {
    throw fileErrors.is_damaged({}, { cause })
  }
  if (left < 0) throw fileErrors.unpacks_too_far({ limitMiB })
}
