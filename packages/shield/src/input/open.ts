import { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { ShieldError } from '../error.ts'
import { type Compression, type Encoding, sniffCompression } from './sniff.ts'
import { type Source, streamSource } from './source.ts'

/** A source of which the first bytes were read to see what it is. */
export interface Begun {
  readonly source: Source
  readonly head: Uint8Array
  /** How many bytes of `head` there are; fewer than it has room for only when that was all. */
  readonly length: number
}

/** Reads the beginning: until `size` bytes are there, or the end. */
export async function begin(source: Source, size: number): Promise<Begun> {
  const head = new Uint8Array(size)
  let length = 0
  while (length < size) {
    const more = await source.read(head, length)
    if (more === 0) break
    length += more
  }
  return { source, head, length }
}

/** The bytes of a source that was begun, from the first on. */
async function* bytesOf({ source, head, length }: Begun): AsyncGenerator<Uint8Array> {
  yield head.subarray(0, length)
  for (;;) {
    const piece = new Uint8Array(1 << 18)
    const more = await source.read(piece, 0)
    if (more === 0) return
    yield piece.subarray(0, more)
  }
}

/** Bytes as they are without their compression. @throws ShieldError where that is damaged */
export function unpacked(begun: Begun): { readonly compression: Compression; readonly source: Source | undefined } {
  const compression = sniffCompression(begun.head.subarray(0, begun.length))
  if (compression === 'none') return { compression, source: undefined }
  const unpack = compression === 'gzip' ? createGunzip() : createZstdDecompress()
  const packed = Readable.from(bytesOf(begun), { objectMode: false })
  packed.on('error', (error) => unpack.destroy(error))
  return { compression, source: over(begun.source, named(packed.pipe(unpack), compression)) }
}

/** What is made of another source as it comes, and closed together with it. */
function over(source: Source, stream: AsyncIterable<Uint8Array>): Source {
  const made = streamSource(stream)
  return {
    read: async (into, at) => await made.read(into, at),
    close: async () => {
      await made.close()
      await source.close()
    },
  }
}

async function* named(stream: AsyncIterable<Uint8Array>, compression: string): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('Z')) throw error
    throw new ShieldError(`The ${compression} file is damaged or ends too early (${error.message}).`)
  }
}

/** Text of another encoding as UTF-8. @throws ShieldError where it is not of that encoding */
export function transcoded(begun: Begun, encoding: Exclude<Encoding, 'utf-8'>): Source {
  return over(begun.source, transcode(begun, encoding))
}

async function* transcode(begun: Begun, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const encoder = new TextEncoder()
  let at = 0
  const decode = (piece: Uint8Array | undefined) => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true })
    } catch {
      throw new ShieldError(`What follows byte ${at} is not ${encoding}. Name the encoding in the plan.`)
    }
  }
  for await (const piece of bytesOf(begun)) {
    const text = decode(piece)
    at += piece.length
    if (text !== '') yield encoder.encode(text)
  }
  const rest = decode(undefined)
  if (rest !== '') yield encoder.encode(rest)
}
