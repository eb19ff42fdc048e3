/** How values stand in SQL scripts. */

/** In `Fields.form`. */
export const sqlForm = {
  /** In COPY, without a backslash. */
  copyPlain: 0,
  /** In COPY, with escapes (PostgreSQL, COPY, "Text Format"). */
  copy: 1,
  /** Between single quotes, none in it. */
  literal: 2,
  /** With doubled quotes in it. */
  doubled: 3,
  /** With backslashes that escape: E'…', and all strings of MySQL. */
  backslash: 4,
  /** A number, true, false. */
  bare: 5,
  /** A comment to the end of its line. */
  comment: 6,
  /** In COPY, in a column that takes no NULL. */
  copyFilled: 7,
} as const

const BACKSLASH = 0x5c
const QUOTE = 0x27

/** What a letter after a backslash stands for; all others stand for themselves. */
const escapes: Readonly<Record<number, number>> = { 0x62: 8, 0x66: 12, 0x6e: 10, 0x72: 13, 0x74: 9, 0x76: 11, 0x30: 0 }

export function decodeCopy(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let to = at
  for (let from = start; from < end; from += 1) {
    let byte = bytes[from] ?? 0
    if (byte === BACKSLASH && from + 1 < end) {
      from += 1
      byte = bytes[from] ?? 0
      byte = byte === 0x30 ? byte : (escapes[byte] ?? byte)
    }
    out[to] = byte
    to += 1
  }
  return to - at
}

export function encodeCopy(value: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  let to = at
  for (let from = start; from < end; from += 1) {
    const byte = value[from] ?? 0
    const escape = byte === BACKSLASH ? BACKSLASH : byte === 9 ? 0x74 : byte === 10 ? 0x6e : byte === 13 ? 0x72 : 0
    if (escape !== 0) {
      out[to] = BACKSLASH
      to += 1
    }
    out[to] = escape === 0 ? byte : escape
    to += 1
  }
  return to - at
}

export function decodeLiteral(
  form: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
): number {
  let to = at
  for (let from = start; from < end; from += 1) {
    let byte = bytes[from] ?? 0
    if (byte === QUOTE) from += 1
    else if (byte === BACKSLASH && form === sqlForm.backslash && from + 1 < end) {
      from += 1
      byte = bytes[from] ?? 0
      byte = escapes[byte] ?? byte
    }
    out[to] = byte
    to += 1
  }
  return to - at
}

export function encodeLiteral(
  form: number,
  value: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
): number {
  let to = at
  for (let from = start; from < end; from += 1) {
    const byte = value[from] ?? 0
    if (byte === QUOTE || (byte === BACKSLASH && form === sqlForm.backslash)) {
      out[to] = byte
      to += 1
    }
    out[to] = byte
    to += 1
  }
  return to - at
}
