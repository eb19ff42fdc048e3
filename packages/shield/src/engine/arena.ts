/** Bytes that grow; taken out anew after each `room`, since growing moves them. */
export interface Arena {
  bytes: Uint8Array<ArrayBuffer>
  length: number
}

export const makeArena = (size = 65_536): Arena => ({ bytes: new Uint8Array(size), length: 0 })

/** Sees to it that `more` bytes can be written from `length` on. */
export function room(arena: Arena, more: number): Uint8Array<ArrayBuffer> {
  const wanted = arena.length + more
  if (wanted > arena.bytes.length) {
    const bytes = new Uint8Array(Math.max(wanted, arena.bytes.length * 2))
    bytes.set(arena.bytes.subarray(0, arena.length))
    arena.bytes = bytes
  }
  return arena.bytes
}

/** Above this the copy of the engine is quicker than a loop. */
const LONG = 64

/** Copies [start, end) to `out` from `at`. */
export function copyBytes(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): void {
  if (end - start > LONG) out.set(bytes.subarray(start, end), at)
  else for (let from = start, to = at; from < end; from += 1, to += 1) out[to] = bytes[from] ?? 0
}
