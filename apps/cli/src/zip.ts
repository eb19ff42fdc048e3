import { crc32, inflateRawSync } from 'node:zlib'
import { Refusal } from './refusal.ts'

/** What an archive may cost. */
export interface ArchiveLimits {
  readonly entries: number
  /** Bytes of all entries together, unpacked. */
  readonly unpackedBytes: number
}

/** An entry as the directory at the end of the archive states it. */
interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly unpacked: number
  /** Offset of its local header. */
  readonly at: number
}

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
const endSize = 22
const longestComment = 65_535
const stored = 0
const deflated = 8

/**
 * Unpacks a ZIP archive into memory (attacker-controlled). Nothing is inflated before the directory was found harmless, and
 * no entry may inflate to more than it states; checksums are compared, so that a damaged archive is told from a forged one.
 *
 * @throws {Refusal} not an archive, damaged, encrypted, too large, or with names that are twice or lead out of the folder
 * @source PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4; no ZIP64, which no bundle within the limits needs
 */
export function unzip(bytes: Uint8Array, limits: ArchiveLimits): Map<string, Uint8Array> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(archive, limits.entries)
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
  if (total > limits.unpackedBytes)
    throw new Refusal(
      `The archive would unpack to ${mebibytes(total)} MiB; at most ${mebibytes(limits.unpackedBytes)} MiB are unpacked.`,
    )
  const files = new Map<string, Uint8Array>()
  for (const entry of entries) {
    if (entry.name.endsWith('/') && entry.unpacked === 0) continue
    checkPath(entry.name)
    if (files.has(entry.name))
      throw new Refusal(`The archive holds ${entry.name} twice; nobody could say which one counts.`)
    files.set(entry.name, unpack(archive, entry))
  }
  return files
}

/** Refuses a name that is no plain relative path, whatever the system it is unpacked on. */
export function checkPath(name: string): void {
  const isPlain =
    name.length <= 300 && /^[\w.-]+(?:\/[\w.-]+)*$/.test(name) && !name.split('/').some((part) => /^\.+$/.test(part))
  if (!isPlain) throw new Refusal('The archive holds a name that is no plain path; a bundle has none such.')
}

function readDirectory(archive: Buffer, limit: number): Entry[] {
  const end = findEnd(archive)
  const count = archive.readUInt16LE(end + 10)
  const size = archive.readUInt32LE(end + 12)
  let at = archive.readUInt32LE(end + 16)
  if (count === 0xffff || count > limit)
    throw new Refusal(`The archive holds ${count} entries or more; at most ${limit} are read.`)
  if (archive.readUInt16LE(end + 8) !== count || at + size > end) throw damaged()
  const entries: Entry[] = []
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || archive.readUInt32LE(at) !== entrySignature) throw damaged()
    const nameLength = archive.readUInt16LE(at + 28)
    if ((archive.readUInt16LE(at + 8) & 1) === 1)
      throw new Refusal('The archive is encrypted. Unpack it, then verify the folder.')
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      packed: archive.readUInt32LE(at + 20),
      unpacked: archive.readUInt32LE(at + 24),
      at: archive.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return entries
}

/** The end record lies in the last 22 bytes plus a comment. */
function findEnd(archive: Buffer): number {
  for (let at = archive.length - endSize; at >= Math.max(0, archive.length - endSize - longestComment); at--) {
    if (archive.readUInt32LE(at) === endSignature) return at
  }
  throw new Refusal(
    'This is neither a ZIP archive nor a folder. Give the bundle.zip of an edition, or the folder it was unpacked to.',
  )
}

function unpack(archive: Buffer, { name, method, crc, packed, unpacked, at }: Entry): Uint8Array {
  if (at + 30 > archive.length || archive.readUInt32LE(at) !== localSignature) throw damaged(name)
  const nameLength = archive.readUInt16LE(at + 26)
  const start = at + 30 + nameLength + archive.readUInt16LE(at + 28)
  // Programs differ in which of the two names they believe, so both must be one.
  if (archive.toString('utf8', at + 30, at + 30 + nameLength) !== name || start + packed > archive.length)
    throw damaged(name)
  const data = archive.subarray(start, start + packed)
  const content = method === stored ? Uint8Array.from(data) : inflate(data, method, unpacked, name)
  if (content.length !== unpacked || crc32(content) !== crc) throw damaged(name)
  return content
}

function inflate(data: Buffer, method: number, unpacked: number, name: string): Uint8Array {
  if (method !== deflated)
    throw new Refusal(
      `${name} is packed in a way (${method}) that is not read. Unpack the archive, then verify the folder.`,
    )
  try {
    return Uint8Array.from(inflateRawSync(data, { maxOutputLength: Math.max(1, unpacked) }))
  } catch {
    throw damaged(name)
  }
}

function damaged(name?: string): Refusal {
  return new Refusal(`The archive is damaged${name === undefined ? '' : ` at ${name}`}. Fetch it again.`)
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1_048_576)
}
