import { BLOCK } from './block-size.ts'

/**
 * Buffers that go round between threads: allocating two for each block leaves it to the garbage collector how much memory a
 * run takes.
 */
export class Buffers {
  readonly #free: ArrayBuffer[] = []
  readonly #most: number

  /** @param most how many wait for use at a time */
  constructor(most: number) {
    this.#most = most
  }

  /** Room for so many bytes; what is in it is left over from before. */
  take(size: number): Uint8Array<ArrayBuffer> {
    const found = this.#free.findIndex((buffer) => buffer.byteLength >= size)
    const buffer = found < 0 ? new ArrayBuffer(Math.max(size, BLOCK)) : this.#free.splice(found, 1)[0]
    return new Uint8Array(buffer ?? new ArrayBuffer(size), 0, size)
  }

  /** It is not used any more. A large one of a rare long record is let go. */
  give(buffer: ArrayBufferLike): void {
    if (!(buffer instanceof ArrayBuffer) || this.#free.length >= this.#most) return
    if (buffer.byteLength >= BLOCK && buffer.byteLength <= 4 * BLOCK) this.#free.push(buffer)
  }
}
