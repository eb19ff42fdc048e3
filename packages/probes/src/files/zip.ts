import type { FileHandle } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import { Unreadable } from '../engine/reading.ts'
import { openRegular } from './read.ts'

/** A file of an archive. */
export type ZipEntry = { readonly name: string; readonly text: string }

/** The list of files of an archive is held in memory; a third of a million files need some thirty megabytes. */
const mostListBytes = 64 * 1_048_576
/** A file of the archive, packed or unpacked: a small packed one that unpacks into gigabytes ends here. */
const mostEntryBytes = 8 * 1_048_576
const windowBytes = 1_048_576

const endMark = 0x06054b50
const largeEndMark = 0x06064b50
const largeEndPointerMark = 0x07064b50
const listMark = 0x02014b50
const fileMark = 0x04034b50

type Listed = { readonly name: string; readonly method: number; readonly packed: number; readonly offset: number }
type Read = (offset: number, length: number) => Promise<Buffer>

/**
 * The files of a ZIP archive one after the other, as far as their names are wanted (APPNOTE 6.3: stored and deflated,
 * also more than 65,535 files; neither encrypted nor larger than 4 GB).
 *
 * @throws {Unreadable} contract: it is none, or it is damaged
 */
export async function* readZip(
  path: string,
  signal: AbortSignal,
  isWanted: (name: string) => boolean,
): AsyncGenerator<ZipEntry> {
  const { file, bytes } = await openRegular(path)
  try {
    const read = throughWindow(file, bytes)
    const listed = (await readList(read, bytes)).filter(({ name }) => isWanted(name))
    for (const one of listed.toSorted((a, b) => a.offset - b.offset)) {
      signal.throwIfAborted()
      yield { name: one.name, text: await readEntry(read, one) }
    }
  } finally {
    await file.close()
  }
}

/** Reads a megabyte at once, since neighbours are asked for next. */
function throughWindow(file: FileHandle, bytes: number): Read {
  let start = 0
  let held = Buffer.alloc(0)
  return async (offset, length) => {
    if (offset < 0 || length < 0 || offset + length > bytes) throw damaged()
    if (offset < start || offset + length > start + held.length) {
      const buffer = Buffer.alloc(Math.min(Math.max(length, windowBytes), bytes - offset))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, offset)
      start = offset
      held = buffer.subarray(0, bytesRead)
      if (bytesRead < length) throw damaged()
    }
    return held.subarray(offset - start, offset - start + length)
  }
}

/** The end of the archive says where its list is; an archive of very many files has a second, larger end before it. */
async function readList(read: Read, bytes: number): Promise<Listed[]> {
  const tailBytes = Math.min(bytes, 65_557)
  const tail = Buffer.from(await read(bytes - tailBytes, tailBytes))
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (at < 0 || at + 22 > tail.length || tail.readUInt32LE(at) !== endMark) throw damaged()
  let [size, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
  if (at >= 20 && tail.readUInt32LE(at - 20) === largeEndPointerMark) {
    const large = await read(Number(tail.readBigUInt64LE(at - 12)), 56)
    if (large.readUInt32LE(0) !== largeEndMark) throw damaged()
    ;[size, offset] = [Number(large.readBigUInt64LE(40)), Number(large.readBigUInt64LE(48))]
  }
  if (size > mostListBytes) throw new Unreadable('contract', 'the archive holds too many files')
  return parseList(await read(offset, size))
}

function parseList(list: Buffer): Listed[] {
  const all: Listed[] = []
  for (let at = 0; at < list.length;) {
    if (at + 46 > list.length || list.readUInt32LE(at) !== listMark) throw damaged()
    const nameBytes = list.readUInt16LE(at + 28)
    const isEncrypted = (list.readUInt16LE(at + 8) & 1) === 1
    const packed = list.readUInt32LE(at + 20)
    if (isEncrypted) throw new Unreadable('contract', 'the archive is encrypted')
    all.push({
      name: list.toString('utf8', at + 46, at + 46 + nameBytes),
      method: list.readUInt16LE(at + 10),
      packed,
      offset: list.readUInt32LE(at + 42),
    })
    at += 46 + nameBytes + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32)
  }
  return all
}

async function readEntry(read: Read, { method, packed, offset }: Listed): Promise<string> {
  if (packed > mostEntryBytes) throw new Unreadable('contract', 'a file of the archive is too large')
  const head = await read(offset, 30)
  if (head.readUInt32LE(0) !== fileMark) throw damaged()
  const start = offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  const data = await read(start, packed)
  if (method === 0) return data.toString('utf8')
  if (method !== 8) throw new Unreadable('contract', 'a file of the archive is packed in another way than by deflate')
  try {
    return inflateRawSync(data, { maxOutputLength: mostEntryBytes }).toString('utf8')
  } catch {
    throw new Unreadable('contract', 'a file of the archive is damaged or too large')
  }
}

const damaged = () => new Unreadable('contract', 'the file is no ZIP archive, or it is damaged')
