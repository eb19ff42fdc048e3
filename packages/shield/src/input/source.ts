import type { FileHandle } from 'node:fs/promises'

/** Where bytes come from. */
export interface Source {
  /** Reads what is there, at most to the end of `into`, from `at`; returns how many bytes, 0 at the end. */
  read(into: Uint8Array, at: number): Promise<number>
  close(): Promise<void>
  /** Any part of it, where it lies in a file of its own. */
  readonly ranges?: Ranges | undefined
}

/** Bytes that can be read in any order. */
export interface Ranges {
  readonly size: number
  /** [start, end); fewer where it ends before. */
  read(start: number, end: number): Promise<ArrayBuffer>
}

/** A file, read in large pieces into the buffer where they are worked on. */
export function fileSource(handle: FileHandle, size?: number): Source {
  return {
    ranges: size === undefined ? undefined : { size, read: async (start, end) => await part(handle, start, end) },
    async read(into, at) {
      let have = at
      while (have < into.length) {
        const { bytesRead } = await handle.read(into, have, into.length - have)
        if (bytesRead === 0) break
        have += bytesRead
      }
      return have - at
    },
    close: async () => await handle.close(),
  }
}

async function part(handle: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(0, end - start))
  let have = 0
  while (have < bytes.length) {
    const { bytesRead } = await handle.read(bytes, have, bytes.length - have, start + have)
    if (bytesRead === 0) break
    have += bytesRead
  }
  return have === bytes.length ? bytes.buffer : bytes.slice(0, have).buffer
}

/** A stream, as its pieces come: what waits in a pipe is not held back until a buffer is full. */
export function streamSource(stream: AsyncIterable<Uint8Array>): Source {
  const pieces = stream[Symbol.asyncIterator]()
  let piece: Uint8Array = new Uint8Array(0)
  return {
    async read(into, at) {
      while (piece.length === 0) {
        const next = await pieces.next()
        if (next.done === true) return 0
        piece = next.value
      }
      const taken = piece.subarray(0, into.length - at)
      into.set(taken, at)
      piece = piece.subarray(taken.length)
      return taken.length
    },
    close: async () => {
      await pieces.return?.()
    },
  }
}
