import { crc32, deflateSync } from 'node:zlib'

/** A chunk of a PNG, with its length and sum. */
export function pngChunk(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** The first bytes of every PNG. */
export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A picture of bars on a clear ground; `more` chunks stand before its pixels, `after` behind its end. */
export function makePng({
  width = 64,
  height = 32,
  rows = undefined as number | undefined,
  noise = false,
  more = [] as readonly Buffer[],
  after = Buffer.alloc(0),
} = {}): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 6, 0, 0, 0], 8)
  const lines = rows ?? height
  const pixels = Buffer.alloc(lines * (1 + width * 4))
  for (let y = 0, seed = 1; y < lines; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = y * (1 + width * 4) + 1 + x * 4
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      if (noise) pixels.writeUInt32BE(seed, at)
      else if (x % 8 < 5) pixels.set([29, 91, 140, 255], at)
    }
  return Buffer.concat([
    pngSignature,
    pngChunk('IHDR', head),
    ...more,
    pngChunk('IDAT', deflateSync(pixels)),
    pngChunk('IEND', Buffer.alloc(0)),
    after,
  ])
}
