/**
 * What a whole value can be: for the typing of columns, which counts over many values, and for canonical forms.
 */
import { compactCapacity, compactValue } from './compact.ts'
import type { Detector } from './detector.ts'
import { makeLengthTable } from './registry.ts'

/** Says which detectors take a whole value. */
export interface Typer {
  readonly detectors: readonly Detector[]
  /**
   * Writes the indices of the detectors that take the value [start, end), identifiers before structures and the more certain first,
   * to `out` (as many places as detectors), and returns how many. Cues are not asked for: a column has its header.
   */
  typesOf(bytes: Uint8Array, start: number, end: number, out: Uint16Array): number
}

/** Makes a typer of these detectors; it keeps buffers, one per thread. */
export function makeTyper(detectors: readonly Detector[]): Typer {
  const table = makeLengthTable(detectors)
  const compact = new Uint8Array(compactCapacity)

  function typesOf(bytes: Uint8Array, start: number, end: number, out: Uint16Array): number {
    let count = 0
    const length = compactValue(bytes, start, end, compact, 0)
    const possible = length <= 0 ? undefined : ((compact[0] ?? 0) < 58 ? table.digit : table.letter)[length]
    for (const index of possible ?? []) {
      const detector = detectors[index]
      if (detector?.family !== 'identifier' || !detector.valid(compact, 0, length)) continue
      out[count] = index
      count++
    }
    for (let index = 0; index < detectors.length; index++) {
      const detector = detectors[index]
      if (detector?.family !== 'structure' || !detector.is(bytes, start, end)) continue
      out[count] = index
      count++
    }
    return count
  }

  return { detectors, typesOf }
}

const scratch = new Uint8Array(compactCapacity)

/** Whether the whole value [start, end) is what the detector detects. */
export function accepts(detector: Detector, bytes: Uint8Array, start: number, end: number): boolean {
  if (detector.family === 'structure') return detector.is(bytes, start, end)
  const length = compactValue(bytes, start, end, scratch, 0)
  return length > 0 && detector.lengths.includes(length) && detector.valid(scratch, 0, length)
}

/**
 * Writes the canonical form of a value of that type to `out` from `at` on and returns its length: the compact form of an identifier,
 * the detector's own form of a structure; the value as it is where it is none. Never longer than the value + 16.
 */
export function writeCanonical(
  detector: Detector,
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
): number {
  if (detector.family === 'structure') return detector.canonical(bytes, start, end, out, at)
  const length = compactValue(bytes, start, end, scratch, 0)
  return length > 0 ? copy(scratch, 0, length, out, at) : copy(bytes, start, end, out, at)
}

/** Byte by byte: a view of a few bytes costs more than to copy them. */
function copy(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  for (let from = start; from < end; from++) out[at + from - start] = bytes[from] ?? 0
  return end - start
}
