import { sizeOfPart } from './checksum.ts'

/** A part of an object; its bytes are used again for the next one. */
export interface Part {
  readonly number: number
  readonly bytes: Uint8Array
  readonly isLast: boolean
}

/**
 * Cuts a stream into parts; only one of them is in memory. What fills its parts exactly ends with an empty one.
 *
 * @param first size of the first part in MiB
 * @throws {objects.too_large} and whatever the stream throws
 */
export async function* partsOf(body: AsyncIterable<Uint8Array>, first: number): AsyncGenerator<Part> {
  let number = 1
  let room = Buffer.allocUnsafe(sizeOfPart(number, first))
  let filled = 0
  for await (const piece of body) {
    let at = 0
    while (at < piece.length) {
      const taken = piece.subarray(at, at + room.length - filled)
      room.set(taken, filled)
      filled += taken.length
      at += taken.length
      if (filled < room.length) break
      yield { number, bytes: room, isLast: false }
      number += 1
      const size = sizeOfPart(number, first)
      if (size !== room.length) room = Buffer.allocUnsafe(size)
      filled = 0
    }
  }
  yield { number, bytes: room.subarray(0, filled), isLast: true }
}
