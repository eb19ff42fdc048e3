import { aes, type Blocks } from './ff1.ts'

/**
 * AES-SIV (RFC 5297): encryption that gives the same for the same value and notices any change. What is sealed is 16 bytes longer.
 */
export interface Siv {
  /** Writes what is sealed to `out` from `at` on; returns its length. */
  seal(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number
  /** The way back; −1 where it was not sealed with this key and header, and then nothing of it stays in `out`. */
  open(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number
}

// Copies are made by `new Uint8Array`: `slice` of a Buffer would share its memory.

const block = 16

/** Bytes by which a sealed value is longer. */
export const sivLength = block

/**
 * @param key      32, 48 or 64 bytes, of which one half authenticates and the other encrypts
 * @param headers  the associated data, authenticated and not in what is sealed
 */
export function siv(key: Uint8Array, headers: readonly Uint8Array[] = []): Siv {
  const half = key.length / 2
  const mac = cmac(aes(key.subarray(0, half)))
  const encrypt = aes(key.subarray(half))
  const chained = chainHeaders(mac, headers)
  return {
    seal: (bytes, start, end, out, at) => {
      const value = bytes.subarray(start, end)
      const tag = synthetic(mac, chained, value)
      out.set(tag, at)
      out.set(counted(encrypt, tag, value), at + block)
      return value.length + block
    },
    open: (bytes, start, end, out, at) => {
      if (end - start < block) return -1
      const tag = bytes.subarray(start, start + block)
      const value = counted(encrypt, tag, bytes.subarray(start + block, end))
      if (!isEqual(synthetic(mac, chained, value), tag)) return -1
      out.set(value, at)
      return value.length
    },
  }
}

/** S2V of all but the last string (RFC 5297, section 2.4). */
function chainHeaders(mac: Cmac, headers: readonly Uint8Array[]): Uint8Array {
  let chained = mac.of(new Uint8Array(block))
  for (const header of headers) chained = xor(doubled(chained), mac.of(header))
  return chained
}

/** S2V's last step: over the value itself. */
function synthetic(mac: Cmac, chained: Uint8Array, value: Uint8Array): Uint8Array {
  if (value.length < block) return mac.of(xor(doubled(chained), padded(value)))
  const ended = new Uint8Array(value)
  const from = value.length - block
  for (let i = 0; i < block; i += 1) ended[from + i] = (ended[from + i] ?? 0) ^ (chained[i] ?? 0)
  return mac.of(ended)
}

/** AES-CTR from the tag on, two of whose bits are cleared (section 2.5); all counters are encrypted by one call. */
function counted(encrypt: Blocks, tag: Uint8Array, value: Uint8Array): Uint8Array {
  const counters = new Uint8Array(Math.ceil(value.length / block) * block)
  if (counters.length === 0) return counters
  const counter = new Uint8Array(tag)
  counter[8] = (counter[8] ?? 0) & 0x7f
  counter[12] = (counter[12] ?? 0) & 0x7f
  for (let at = 0; at < counters.length; at += block) {
    counters.set(counter, at)
    increment(counter)
  }
  const stream = encrypt(counters)
  return value.map((byte, i) => byte ^ (stream[i] ?? 0))
}

function increment(counter: Uint8Array): void {
  for (let i = block - 1; i >= 0; i -= 1) {
    const next = ((counter[i] ?? 0) + 1) & 255
    counter[i] = next
    if (next !== 0) return
  }
}

/** AES-CMAC (RFC 4493, NIST SP 800-38B). */
interface Cmac {
  of(message: Uint8Array): Uint8Array
}

function cmac(encrypt: Blocks): Cmac {
  const first = doubled(encrypt(new Uint8Array(block)))
  const second = doubled(first)
  return {
    of(message) {
      const last = message.length === 0 ? 0 : Math.floor((message.length - 1) / block) * block
      let chained: Uint8Array = new Uint8Array(block)
      for (let at = 0; at < last; at += block) chained = encrypt(xor(chained, message.subarray(at, at + block)))
      const rest = message.subarray(last)
      const ended = rest.length === block ? xor(rest, first) : xor(padded(rest), second)
      return encrypt(xor(chained, ended))
    },
  }
}

/** Multiplied by x in GF(2¹²⁸). */
function doubled(value: Uint8Array): Uint8Array {
  const result = new Uint8Array(block)
  for (let i = 0; i < block; i += 1) result[i] = ((value[i] ?? 0) << 1) | ((value[i + 1] ?? 0) >>> 7)
  if ((value[0] ?? 0) >= 0x80) result[block - 1] = (result[block - 1] ?? 0) ^ 0x87
  return result
}

/** Ended by a one bit and zeros. */
function padded(value: Uint8Array): Uint8Array {
  const result = new Uint8Array(block)
  result.set(value)
  result[value.length] = 0x80
  return result
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  const result = new Uint8Array(block)
  for (let i = 0; i < block; i += 1) result[i] = (a[i] ?? 0) ^ (b[i] ?? 0)
  return result
}

/** Compares in the same time wherever they differ. */
function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  let difference = 0
  for (let i = 0; i < block; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}
