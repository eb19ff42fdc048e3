/**
 * The compact form of an identifier: ASCII letters in upper case and digits, without separators; full-width characters
 * are narrow.
 */
import { classOf, digit, fullWidthAt, letter, lower, separatorAt } from './bytes.ts'

/** No identifier is longer than an IBAN's 34 characters. */
export const compactCapacity = 40

/** An IBAN has nine groups of four; a row of single digits is no identifier. */
const mostGroups = 10

/** What stands from one place of a text on, compact, with the way back to the text. */
export interface Compact {
  readonly bytes: Uint8Array
  length: number
  /** For each character the place in the text after it. */
  readonly after: Int32Array
  /** For each character 1 where a group ends with it, so that an identifier may. */
  readonly ends: Uint8Array
  /** For each character how many groups were begun up to it. */
  readonly groups: Uint8Array
}

export function makeCompact(): Compact {
  return {
    bytes: new Uint8Array(compactCapacity),
    length: 0,
    after: new Int32Array(compactCapacity),
    ends: new Uint8Array(compactCapacity),
    groups: new Uint8Array(compactCapacity),
  }
}

/** The character at `at` as it is in compact form, 0 where there is no letter or digit. */
function compactByte(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at] ?? 0
  const kind = classOf[byte] ?? 0
  if ((kind & (digit | letter)) !== 0) return kind === lower ? byte - 32 : byte
  if (byte !== 0xef) return 0
  const narrow = fullWidthAt(bytes, at, end)
  const narrowKind = classOf[narrow] ?? 0
  return narrowKind === lower ? narrow - 32 : (narrowKind & (digit | letter)) !== 0 ? narrow : 0
}

/**
 * Reads from `at` on to the first byte that is neither letter, digit nor separator, to the capacity, or to a word: a
 * group of more than four letters without digits after the first group belongs to no identifier, nor does a second small letter to one that
 * begins with a digit.
 */
export function compactWindow(bytes: Uint8Array, at: number, end: number, out: Compact): void {
  let place = at
  let length = 0
  let group = 0
  let groupStart = 0
  let groupDigits = false
  let small = 0
  while (length < compactCapacity) {
    const byte = place < end ? compactByte(bytes, place, end) : 0
    if (byte !== 0) {
      if (place < end && classOf[bytes[place] ?? 0] === lower) small++
      if (small > 1 && group > 0 && (out.bytes[0] ?? 0) < 58) {
        length = groupStart
        break
      }
      place += (bytes[place] ?? 0) < 128 ? 1 : 3
      if (byte < 58) groupDigits = true
      else if (!groupDigits && group > 0 && length - groupStart >= 4) {
        length = groupStart
        break
      }
      out.bytes[length] = byte
      out.after[length] = place
      out.ends[length] = 0
      out.groups[length] = group
      length++
      continue
    }
    if (length > 0) out.ends[length - 1] = 1
    const next = skipSeparators(bytes, place, end)
    if (next < 0) break
    place = next
    group++
    if (group === mostGroups) break
    groupStart = length
    groupDigits = false
  }
  out.length = length
}

/** The place after one to three separators, where a letter or digit follows; -1 where there is none. */
function skipSeparators(bytes: Uint8Array, at: number, end: number): number {
  let place = at
  for (let i = 0; i < 3; i++) {
    const size = separatorAt(bytes, place, end)
    if (size === 0) break
    place += size
  }
  return place > at && place < end && compactByte(bytes, place, end) !== 0 ? place : -1
}

/**
 * Writes the compact form of a whole value to `out` from `at`; returns its length, -1 where the value is longer than any
 * identifier or holds something else than letters, digits and separators.
 */
export function compactValue(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  if (end - start > compactCapacity * 4) return -1
  let length = 0
  let place = start
  while (place < end) {
    const byte = compactByte(bytes, place, end)
    if (byte !== 0) {
      if (length === compactCapacity) return -1
      out[at + length] = byte
      length++
      place += (bytes[place] ?? 0) < 128 ? 1 : 3
      continue
    }
    const size = separatorAt(bytes, place, end)
    if (size === 0) return -1
    place += size
  }
  return length
}
