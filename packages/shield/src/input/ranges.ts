import { ShieldError } from '../error.ts'
import type { Begun } from './open.ts'
import type { Ranges } from './source.ts'

/** What comes as a stream, or packed, is held whole up to here. */
const MOST_HELD = 64 << 20

const held = new WeakMap<Begun, Promise<Ranges>>()

/**
 * Any part of an input, in any order: of a file as it lies there, of everything else after it was taken in. May be asked again, so that what was
 * profiled can be worked on.
 */
export async function rangesOf(input: Begun, kind: string): Promise<Ranges> {
  if (input.source.ranges !== undefined) return input.source.ranges
  const ranges = held.get(input) ?? hold(input, kind)
  held.set(input, ranges)
  return await ranges
}

async function hold({ source, head, length }: Begun, kind: string): Promise<Ranges> {
  let bytes = new Uint8Array(Math.max(length, 1 << 20))
  bytes.set(head.subarray(0, length))
  let have = length
  for (;;) {
    if (have === bytes.length) {
      if (have >= MOST_HELD) throw tooLarge(kind)
      const more = new Uint8Array(Math.min(MOST_HELD, have * 2))
      more.set(bytes)
      bytes = more
    }
    const more = await source.read(bytes, have)
    if (more === 0) break
    have += more
  }
  const whole = bytes.subarray(0, have)
  return { size: have, read: async (start, end) => await Promise.resolve(whole.slice(start, end).buffer) }
}

const tooLarge = (kind: string) =>
  new ShieldError(
    `A ${kind} file is read from its end, so what comes from a stream or is packed has to be held: ${MOST_HELD >> 20} MiB are the most. Name the unpacked file instead.`,
  )
