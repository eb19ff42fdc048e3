import { isDigit } from './characters.ts'

/**
 * Whether [at, end) is nothing, or a time of day as it follows a date: `T` or a space, `10:15`, seconds, their fraction, then a zone or
 * AM or PM; after a compact date also `T101500Z`. It stays as it is, so nothing else may pass for one.
 */
export function isTimeOrNothing(bytes: Uint8Array, at: number, end: number): boolean {
  if (at === end) return true
  const first = bytes[at] ?? 0
  if (first !== 84 && first !== 116 && first !== 32) return false
  const clock = clockEnd(bytes, at + 1, end)
  return clock > 0 && isZoneOrNothing(bytes, bytes[clock] === 32 ? clock + 1 : clock, end)
}

/** The byte after the clock's time, -1 where there is none. */
function clockEnd(bytes: Uint8Array, at: number, end: number): number {
  const hour = digitsFrom(bytes, at, end)
  if (hour === 6 || hour === 4) return fractionEnd(bytes, at + hour, end)
  if (hour < 1 || hour > 2 || bytes[at + hour] !== 58 || digitsFrom(bytes, at + hour + 1, end) !== 2) return -1
  const minute = at + hour + 3
  if (bytes[minute] !== 58) return minute
  return digitsFrom(bytes, minute + 1, end) === 2 ? fractionEnd(bytes, minute + 3, end) : -1
}

function fractionEnd(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== 46 && bytes[at] !== 44) return at
  const digits = digitsFrom(bytes, at + 1, end)
  return digits >= 1 && digits <= 9 ? at + 1 + digits : -1
}

function isZoneOrNothing(bytes: Uint8Array, at: number, end: number): boolean {
  const length = end - at
  if (length === 0) return true
  const first = bytes[at] ?? 0
  if (first === 43 || first === 45) return isOffset(bytes, at + 1, length - 1)
  const [a, b, c] = [first & 0xdf, (bytes[at + 1] ?? 0) & 0xdf, (bytes[at + 2] ?? 0) & 0xdf]
  if (length === 1) return a === 90
  if (length === 2) return (a === 65 || a === 80) && b === 77
  return length === 3 && ((a === 85 && b === 84 && c === 67) || (a === 71 && b === 77 && c === 84))
}

/** `02`, `0200`, `02:00`. */
function isOffset(bytes: Uint8Array, at: number, length: number): boolean {
  const digits = digitsFrom(bytes, at, at + length)
  if (digits === length) return length === 2 || length === 4
  return length === 5 && digits === 2 && bytes[at + 2] === 58 && digitsFrom(bytes, at + 3, at + 5) === 2
}

function digitsFrom(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && isDigit(bytes[at] ?? 0)) at += 1
  return at - start
}
