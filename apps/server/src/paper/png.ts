import { constants, crc32, inflateSync } from 'node:zlib'

/** A picture, or why a file is none that is taken. */
export type Picture =
  | { readonly width: number; readonly height: number; readonly bytes: Buffer; readonly problem?: never }
  | { readonly problem: 'not_a_png' | 'damaged' | 'too_large' }

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** What a picture is made of. All else (texts, places, cameras, animation, what follows the end) is left out. */
const kept = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']

/** Samples of a pixel, by the type of colour; a palette has one. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

/**
 * Reads a PNG of somebody else and writes it anew with nothing in it but the picture. What the file is, is told by its
 * bytes; every sum is checked and the picture unpacked once, so that no renderer meets one that is damaged or swells.
 *
 * @param limits  of width and height, in pixels
 * @source PNG (Third Edition), W3C Recommendation, sections 5 and 11
 */
export function readPng(file: Buffer, limits: { width: number; height: number; least: number }): Picture {
  if (!file.subarray(0, signature.length).equals(signature)) return { problem: 'not_a_png' }
  const chunks = chunksOf(file)
  const head = chunks?.[0]
  if (!chunks || head?.name !== 'IHDR' || head.data.length !== 13) return { problem: 'damaged' }
  const [width, height] = [head.data.readUInt32BE(0), head.data.readUInt32BE(4)]
  if (width > limits.width || height > limits.height || Math.min(width, height) < limits.least)
    return { problem: 'too_large' }
  if (!isWhole(head.data, chunks)) return { problem: 'damaged' }
  const picture = chunks.filter(({ name }) => kept.includes(name)).map(({ whole }) => whole)
  return { width, height, bytes: Buffer.concat([signature, ...picture]) }
}

interface Chunk {
  readonly name: string
  readonly data: Buffer
  /** With length, name and sum. */
  readonly whole: Buffer
}

/** Up to the end of the picture; null where a sum or a length is wrong, or the end is missing. */
function chunksOf(file: Buffer): Chunk[] | null {
  const chunks: Chunk[] = []
  for (let at = signature.length; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at)
    const end = at + 12 + length
    if (end > file.length) return null
    if (crc32(file.subarray(at + 4, end - 4)) !== file.readUInt32BE(end - 4)) return null
    const name = file.toString('latin1', at + 4, at + 8)
    chunks.push({ name, data: file.subarray(at + 8, end - 4), whole: file.subarray(at, end) })
    if (name === 'IEND') return chunks
    at = end
  }
  return null
}

function isWhole(head: Buffer, chunks: readonly Chunk[]): boolean {
  const [depth = 0, colour = -1, packing, filter, interlace = -1] = head.subarray(8)
  if (depths[colour]?.includes(depth) !== true || packing !== 0 || filter !== 0 || interlace > 1) return false
  const palette = chunks.filter(({ name }) => name === 'PLTE')
  if (palette.length > 1 || palette.some(({ data }) => data.length === 0 || data.length > 768 || data.length % 3 !== 0))
    return false
  if (colour === 3 && palette.length === 0) return false
  const size = unpackedSize(head.readUInt32BE(0), head.readUInt32BE(4), depth * (samples[colour] ?? 0), interlace)
  const packed = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data))
  try {
    return inflateSync(packed, { maxOutputLength: size + 1, finishFlush: constants.Z_FINISH }).length === size
  } catch {
    return false
  }
}

/** Where each pass of an interlaced picture begins and how far it steps. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

function unpackedSize(width: number, height: number, bits: number, interlace: number): number {
  const rows = (columns: number, lines: number) =>
    columns > 0 && lines > 0 ? lines * (1 + Math.ceil((columns * bits) / 8)) : 0
  if (interlace === 0) return rows(width, height)
  return passes
    .map(([x, y, dx, dy]) => rows(Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)))
    .reduce((all, one) => all + one, 0)
}
