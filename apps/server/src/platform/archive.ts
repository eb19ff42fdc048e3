import { createReadStream } from 'node:fs'
import { open as openFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { defineErrors } from '../kernel/index.ts'

/** What a ZIP file may be refused for. Its names are foreign and are not repeated. */
export const archiveErrors = defineErrors('archive', {
  damaged: {
    status: 400,
    en: 'The archive cannot be used: {problem}. Export it again and send it unchanged.',
    de: 'Das Archiv ist nicht verwendbar: {problem}. Bitte noch einmal exportieren und unverändert senden.',
  },
})

/** A file in an archive. */
interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly unpacked: number
  readonly offset: number
}

/** A ZIP file on the disk that somebody else made: each of its files is read as a stream, from where its directory says. */
export interface Archive {
  /** Names with sizes in bytes. */
  readonly files: ReadonlyMap<string, number>
  /** @throws {archive.damaged} in the middle where the bytes are not what the directory says */
  read(name: string): AsyncGenerator<Buffer>
  close(): Promise<void>
}

const mostFiles = 60_000
const longestDirectory = 16 * 1_048_576
/** Deflate reaches 1,032; lists of records stay far below this. */
const mostRatio = 200
const ratioFreeBytes = 1_048_576

/**
 * Opens a ZIP file and reads its directory. Hostile ones end here: names that lead elsewhere, entries that lie on each
 * other, links, encryption, and sizes that would fill the disk (zip bombs).
 *
 * @param mayBeNamed which names it may hold
 * @param mostBytes unpacked, all files together
 * @throws {archive.damaged}
 * @source PKWARE APPNOTE 6.3.10 §4.3; D. Fifield, A better zip bomb (WOOT 2019)
 */
export async function openArchive(
  path: string,
  { mayBeNamed, mostBytes }: { mayBeNamed: (name: string) => boolean; mostBytes: number },
): Promise<Archive> {
  const file = await openFile(path, 'r')
  try {
    const entries = await readDirectory(file)
    const names = new Map(entries.map((entry) => [entry.name, entry]))
    if (names.size !== entries.length) throw damaged('two files have one name')
    if (!entries.every(({ name }) => mayBeNamed(name))) throw damaged('it holds a file that does not belong there')
    if (entries.reduce((sum, { unpacked }) => sum + unpacked, 0) > mostBytes)
      throw damaged('unpacked it would be too large')
    return {
      files: new Map(entries.map(({ name, unpacked }) => [name, unpacked])),
      read(name) {
        const entry = names.get(name)
        if (!entry) throw damaged('a file is missing')
        return unpack(path, file, entry)
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readDirectory(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat()
  const tail = await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
  const at = tail.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  if (at < 0 || tail.length < at + 22) throw damaged('it is no ZIP file, or its end is missing')
  const count = tail.readUInt16LE(at + 10)
  const length = tail.readUInt32LE(at + 12)
  const start = tail.readUInt32LE(at + 16)
  if (count === 0xffff || start === 0xffffffff) throw damaged('it is larger than 4 GiB')
  if (count > mostFiles || length > longestDirectory || start + length > size) throw damaged('its directory is damaged')
  const directory = await readAt(file, start, length)
  const entries: Entry[] = []
  let position = 0
  for (let i = 0; i < count; i++) {
    const { entry, next } = readEntry(directory, position)
    entries.push(entry)
    position = next
  }
  if (position !== length) throw damaged('its directory is damaged')
  const ends = entries.toSorted((a, b) => a.offset - b.offset)
  for (const [i, { offset, name, packed }] of ends.entries())
    if (offset + 30 + Buffer.byteLength(name) + packed > (ends[i + 1]?.offset ?? start))
      throw damaged('its files lie on each other')
  return entries
}

function readEntry(directory: Buffer, at: number): { entry: Entry; next: number } {
  if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw damaged('its directory is damaged')
  const flags = directory.readUInt16LE(at + 8)
  const nameEnd = at + 46 + directory.readUInt16LE(at + 28)
  const next = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  if (next > directory.length) throw damaged('its directory is damaged')
  const entry = {
    name: directory.toString('latin1', at + 46, nameEnd),
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    packed: directory.readUInt32LE(at + 20),
    unpacked: directory.readUInt32LE(at + 24),
    offset: directory.readUInt32LE(at + 42),
  }
  const isLink = directory.readUInt32LE(at + 38) >>> 28 === 0xa
  if ((flags & 1) !== 0 || isLink || ![0, 8].includes(entry.method))
    throw damaged('it is encrypted or packed in a way that is not used here')
  if (entry.unpacked > ratioFreeBytes && entry.unpacked > entry.packed * mostRatio)
    throw damaged('unpacked it would be too large')
  return { entry, next }
}

async function* unpack(path: string, file: FileHandle, entry: Entry): AsyncGenerator<Buffer> {
  const header = await readAt(file, entry.offset, 30)
  if (header.readUInt32LE(0) !== 0x04034b50) throw damaged('a file in it is damaged')
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  let size = 0
  let crc = 0
  try {
    for await (const part of bytesOf(path, start, entry)) {
      size += part.length
      if (size > entry.unpacked) throw damaged('a file in it is longer than it says')
      crc = crc32(part, crc)
      yield part
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_'))
      throw archiveErrors.damaged({ problem: 'a file in it is damaged' }, { cause })
    throw cause
  }
  if (size !== entry.unpacked || crc !== entry.crc) throw damaged('a file in it is damaged')
}

function bytesOf(path: string, start: number, { method, packed }: Entry): AsyncIterable<Buffer> {
  if (packed === 0) return ReadableStream.from<Buffer>([])
  const raw = createReadStream(path, { start, end: start + packed - 1 })
  if (method === 0) return raw
  const inflate = createInflateRaw()
  raw.on('error', (error) => inflate.destroy(error))
  return raw.pipe(inflate)
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead !== length) throw damaged('it is cut off')
  return buffer
}

function damaged(problem: string) {
  return archiveErrors.damaged({ problem })
}
