/**
 * The names of the parts of the write-ahead log: 24 hexadecimal digits, of which the first eight are the timeline and the
 * rest the number, in two halves of which the lower one counts to 255 with parts of 16 MiB.
 *
 * @source PostgreSQL 18, src/include/access/xlog_internal.h (XLogFileName)
 */
const form = /^[0-9A-F]{24}$/
const perHalf = 256n

/** The size of a part of the log. Bytes. */
export const segmentBytes = 16 * 1_048_576

/** Whether a name is one of a part. */
export function isSegment(name: string): boolean {
  return form.test(name) && BigInt(`0x${name.slice(16)}`) < perHalf
}

/** The part that follows on the same timeline. */
export function nextSegment(name: string): string {
  const number = BigInt(`0x${name.slice(8, 16)}`) * perHalf + BigInt(`0x${name.slice(16)}`) + 1n
  const hex = (value: bigint) => value.toString(16).toUpperCase().padStart(8, '0')
  return `${name.slice(0, 8)}${hex(number / perHalf)}${hex(number % perHalf)}`
}
