import { isDigit, trimmedEnd, trimmedStart } from './characters.ts'
import type { Operation } from './operation.ts'

/**
 * Coordinates with fewer decimals, cut off: two are about a kilometre. One number or a pair, in round brackets or not, degrees as decimals. What is
 * none becomes empty: a telephone number in such a column does not pass.
 *
 * @param decimals  that stay, 0 to 6
 */
export function coarsenCoordinates(decimals: number): Operation {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 6) throw new RangeError('0 to 6 decimals can stay.')
  return {
    apply(bytes, start, end, out, at) {
      const reader = { bytes, at: trimmedStart(bytes, start, end), end: trimmedEnd(bytes, start, end), out, to: at }
      return coarsen(reader, decimals) ? reader.to - at : 0
    },
  }
}

interface Reader {
  readonly bytes: Uint8Array
  at: number
  readonly end: number
  readonly out: Uint8Array
  to: number
}

function coarsen(reader: Reader, decimals: number): boolean {
  const point = decimalSign(reader)
  const hasBracket = take(reader, 40)
  if (!takeNumber(reader, point, decimals)) return false
  let parted = false
  while (take(reader, 44) || take(reader, 32) || take(reader, 59)) parted = true
  if (parted && !takeNumber(reader, point, decimals)) return false
  return (!hasBracket || take(reader, 41)) && reader.at === reader.end
}

/** A comma is the decimal sign where there is no full stop. */
function decimalSign({ bytes, at, end }: Reader): number {
  for (let i = at; i < end; i += 1) if (bytes[i] === 46) return 46
  return 44
}

/** Copies the byte where it is the next one. */
function take(reader: Reader, byte: number): boolean {
  if (reader.at >= reader.end || reader.bytes[reader.at] !== byte) return false
  reader.out[reader.to] = byte
  reader.at += 1
  reader.to += 1
  return true
}

function takeNumber(reader: Reader, point: number, decimals: number): boolean {
  if (!take(reader, 45)) take(reader, 43)
  const whole = takeDigits(reader, 3)
  if (whole === 0) return false
  const { bytes, at } = reader
  if (at >= reader.end || bytes[at] !== point || !isDigit(bytes[at + 1] ?? 0)) return true
  if (decimals > 0) take(reader, point)
  else reader.at += 1
  takeDigits(reader, decimals)
  while (reader.at < reader.end && isDigit(bytes[reader.at] ?? 0)) reader.at += 1
  return true
}

function takeDigits(reader: Reader, most: number): number {
  let count = 0
  while (count < most && isDigit(reader.bytes[reader.at] ?? 0) && take(reader, reader.bytes[reader.at] ?? 0)) count += 1
  return count
}
