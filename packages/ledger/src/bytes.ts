/** Strict byte encodings. Each accepts exactly one spelling of a value, so that no byte of a signed file is without meaning. */

import { LedgerError } from './errors.ts'

/** Present in every browser and in Node.js; declared here since this package takes no platform's types. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> }
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string }

const encoder = new TextEncoder()
// ignoreBOM keeps a byte order mark in the text: dropping it would make three bytes meaningless.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** UTF-8 bytes of a text; a lone surrogate is refused rather than replaced. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  if (!text.isWellFormed()) throw new LedgerError('encoding', 'The text has a lone surrogate.')
  return encoder.encode(text)
}

/** The text of UTF-8 bytes; a malformed sequence is refused. */
export function decodeUtf8(bytes: Uint8Array, place?: string): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new LedgerError('encoding', 'This is not UTF-8 text.', place)
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const sextets = new Uint8Array(128).fill(255)
for (let i = 0; i < 64; i++) sextets[alphabet.charCodeAt(i)] = i

/** Standard base64 with padding (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += alphabet[bits >> 18]! + alphabet[(bits >> 12) & 63]!
    text += left > 1 ? alphabet[(bits >> 6) & 63]! : '='
    text += left > 2 ? alphabet[bits & 63]! : '='
  }
  return text
}

/** Bytes of standard base64. Refuses missing padding, foreign characters and non-zero spare bits. */
export function decodeBase64(text: string, place?: string): Uint8Array<ArrayBuffer> {
  const refuse = () => new LedgerError('encoding', 'This is not standard base64.', place)
  if (text.length % 4 !== 0) throw refuse()
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const digits = text.length - padding
  let bits = 0
  let at = 0
  for (let i = 0; i < digits; i++) {
    const sextet = sextets[text.charCodeAt(i)] ?? 255
    if (sextet === 255) throw refuse()
    bits = ((bits << 6) | sextet) & 0xffffff
    if (i % 4 !== 0) bytes[at++] = (bits >> (6 - 2 * (i % 4))) & 255
  }
  const spare = padding === 2 ? bits & 15 : padding === 1 ? bits & 3 : 0
  if (spare !== 0) throw refuse()
  return bytes
}

/** Lower-case hexadecimal. */
export function encodeHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** One array out of many. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Whether two arrays hold the same bytes. Not constant in time: nothing compared here is secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
/** Big-endian unsigned 64-bit number of a safe integer. */
export function encodeUint64(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

/** The safe integer in eight big-endian bytes at an offset, or undefined where it is too large or cut off. */
export function decodeUint64(bytes: Uint8Array, offset: number): number | undefined {
  if (offset + 8 > bytes.length) return undefined
  const value = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(offset)
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined
}

/** A safe, non-negative integer written in decimal without leading zeroes, or undefined. */
export function parseDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}

/** Whether a text has a control character below U+0020 other than the allowed one. */
export function hasControl(text: string, allowed: '\n' | '\t'): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) < 0x20 && text[i] !== allowed) return true
  }
  return false
}
