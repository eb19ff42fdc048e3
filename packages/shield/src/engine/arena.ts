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

/** The bytes as a view, for `copyView`. */
export const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength)

/** As `copyBytes`, four bytes at a time: for what is copied by the million, where a view is kept for it. */
export function copyView(bytes: DataView, start: number, end: number, out: DataView, at: number): void {
  let from = start
  let to = at
  for (const last = end - 3; from < last; from += 4, to += 4) out.setInt32(to, bytes.getInt32(from, true), true)
  for (; from < end; from += 1, to += 1) out.setUint8(to, bytes.getUint8(from))
}
