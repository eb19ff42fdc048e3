import type { Changes } from '../format/rows.ts'
import { type Arena, makeArena, room } from './arena.ts'

/** What takes the place of the values of a block: one after the other in one buffer, and where each field's is. */
export class NewValues implements Changes {
  /** By field; −1: it stays. */
  start = new Int32Array(0)
  end = new Int32Array(0)
  readonly arena: Arena = makeArena()

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.arena.bytes
  }

  /** Where the next one begins. */
  get length(): number {
    return this.arena.length
  }

  /** None yet, of so many fields. @param capacity of the fields, so that it grows as rarely as they do */
  begin(count: number, capacity: number): void {
    if (this.start.length < count) {
      this.start = new Int32Array(capacity)
      this.end = new Int32Array(capacity)
    }
    this.start.fill(-1, 0, count)
    this.arena.length = 0
  }

  /** Sees to it that so many bytes can be written from `length` on. */
  room(more: number): Uint8Array<ArrayBuffer> {
    return room(this.arena, more)
  }

  /** So many bytes were written from `length` on for the field; no more than `most` characters of them are taken. */
  put(field: number, length: number, most: number): void {
    const at = this.arena.length
    const end = at + (length <= most ? length : cutTo(this.arena.bytes, at, length, most))
    this.start[field] = at
    this.end[field] = end
    this.arena.length = end
  }

  /** The same of ASCII that was written at `at`, which is part of what `skip` takes in. */
  putAt(field: number, at: number, length: number, most: number): void {
    this.start[field] = at
    this.end[field] = at + Math.min(length, most)
  }

  /** So many bytes more were written. */
  skip(length: number): void {
    this.arena.length += length
  }
}

/** How many of the bytes are the first `most` characters of the UTF-8 text there. */
function cutTo(bytes: Uint8Array, at: number, length: number, most: number): number {
  let characters = 0
  for (let place = 0; place < length; place += 1) {
    if (((bytes[at + place] ?? 0) & 0xc0) !== 0x80) characters += 1
    if (characters > most) return place
  }
  return length
}
