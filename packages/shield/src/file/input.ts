import { open } from 'node:fs/promises'
import { ShieldError } from '../error.ts'
import { type Begun, begin, transcoded, unpacked } from '../input/open.ts'
import { type Compression, type Encoding, sniffContainer, sniffEncoding, sniffFormat } from '../input/sniff.ts'
import { fileSource, type Source, streamSource } from '../input/source.ts'
import type { FormatPlan } from '../plan/plan.ts'

/** How much is read before anything is decided: a header of many columns, and enough rows to profile a stream by. */
const HEAD = 1 << 20

/** An input, ready to be read: decompressed, in UTF-8. */
export interface Input {
  readonly begun: Begun
  readonly compression: Compression
  readonly encoding: Encoding
  readonly format: FormatPlan
  /** Of the file as it lies there; undefined for a stream. */
  readonly size: number | undefined
}

/** What is known beforehand, from a plan or a person. */
export interface Known {
  readonly encoding?: Encoding | undefined
  readonly format?: FormatPlan | undefined
}

/**
 * Opens a file or takes a stream, and finds out what it is.
 *
 * @throws ShieldError no such file, damaged, or nothing that can be read
 */
export async function openInput(from: string | AsyncIterable<Uint8Array>, known: Known = {}): Promise<Input> {
  if (typeof from !== 'string') return await look(streamSource(from), undefined, known)
  const handle = await open(from).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const why = { ENOENT: 'there is no such file', EACCES: 'it may not be read', EISDIR: 'it is a folder' }[code]
    throw why === undefined ? error : new ShieldError(`${from}: ${why}.`)
  })
  const about = await handle.stat()
  if (about.isDirectory()) {
    await handle.close()
    throw new ShieldError(`${from}: it is a folder. Name a file, or - for standard input.`)
  }
  const size = about.isFile() ? about.size : undefined
  return await look(fileSource(handle, size), size, known)
}

async function look(source: Source, size: number | undefined, known: Known): Promise<Input> {
  try {
    return await lookInto(source, size, known)
  } catch (error) {
    await source.close()
    throw error
  }
}

async function lookInto(source: Source, size: number | undefined, known: Known): Promise<Input> {
  const packed = await begin(source, HEAD)
  const { compression, source: plain } = unpacked(packed)
  const raw = plain === undefined ? packed : await begin(plain, HEAD)
  const head = raw.head.subarray(0, raw.length)
  const container = sniffContainer(head)
  const kind = known.format?.kind ?? container
  if (container !== undefined && kind !== container) {
    throw new ShieldError(
      `The input is a ${container === 'xlsx' ? 'ZIP archive, as a workbook (xlsx) is,' : 'Parquet file'} and the plan is for ${kind}. Make a plan for it: art32 shield profile <IN>.`,
    )
  }
  if (kind === 'xlsx' || kind === 'parquet') {
    return { begun: raw, compression, encoding: 'utf-8', format: { kind }, size }
  }
  const encoding = known.encoding ?? sniffEncoding(head)
  const begun = encoding === 'utf-8' ? raw : await begin(transcoded(raw, encoding), HEAD)
  const format = known.format ?? sniffFormat(begun.head.subarray(0, begun.length))
  return { begun, compression, encoding, format, size }
}
