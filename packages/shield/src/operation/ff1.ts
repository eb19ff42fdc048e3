import { createCipheriv } from 'node:crypto'

/**
 * FF1 (NIST SP 800-38G, and its revision 1 of 2025) as the standard writes it, for any length and tweak; `format-preserving.ts` has the same
 * in batches for what tables hold.
 */

/** Encrypts whole blocks of 16 bytes each by itself; the raw AES that modes are made of. */
export type Blocks = (blocks: Uint8Array) => Uint8Array

/** @param key  16, 24 or 32 bytes */
export function aes(key: Uint8Array): Blocks {
  const cipher = createCipheriv(`aes-${String(key.length * 8)}-ecb`, key, null).setAutoPadding(false)
  return (blocks) => cipher.update(blocks)
}

/** Sizes that follow from radix and length (Algorithm 7, steps 1, 3 and 4). */
export interface Sizes {
  /** Numerals of the halves. */
  readonly u: number
  readonly v: number
  /** Bytes of a half as a number; bytes that a round draws. */
  readonly b: number
  readonly d: number
}

export function sizes(radix: number, length: number): Sizes {
  const u = Math.floor(length / 2)
  const v = length - u
  const b = Math.ceil((BigInt(radix) ** BigInt(v) - 1n).toString(2).length / 8)
  return { u, v, b, d: 4 * Math.ceil(b / 4) + 4 }
}

/** The block P (step 5), which holds all that is the same in each round. */
export function firstBlock(radix: number, length: number, tweakLength: number): Uint8Array {
  const block = new Uint8Array(16)
  const view = new DataView(block.buffer)
  block.set([1, 2, 1, 0, radix >>> 8, radix & 255, 10, Math.floor(length / 2) & 255])
  view.setUint32(8, length)
  view.setUint32(12, tweakLength)
  return block
}

/**
 * @param numerals   each below the radix
 * @param direction  1 encrypts, −1 decrypts
 */
export function ff1(
  encrypt: Blocks,
  radix: number,
  tweak: Uint8Array,
  numerals: readonly number[],
  direction: 1 | -1,
): number[] {
  const { u, v, b, d } = sizes(radix, numerals.length)
  const p = firstBlock(radix, numerals.length, tweak.length)
  const base = BigInt(radix)
  let a = toNumber(numerals.slice(0, u), base)
  let c = toNumber(numerals.slice(u), base)
  for (let step = 0; step < 10; step += 1) {
    const round = direction === 1 ? step : 9 - step
    const modulus = base ** BigInt(round % 2 === 0 ? u : v)
    const drawn = draw(encrypt, p, roundBlocks(tweak, round, direction === 1 ? c : a, b), d)
    if (direction === 1) [a, c] = [c, (a + drawn) % modulus]
    else [a, c] = [(((c - drawn) % modulus) + modulus) % modulus, a]
  }
  return [...toNumerals(a, base, u), ...toNumerals(c, base, v)]
}

/** Q (step 6 i): the tweak, zeros, the round, the half as a number of b bytes. */
function roundBlocks(tweak: Uint8Array, round: number, half: bigint, b: number): Uint8Array {
  const blocks = new Uint8Array(Math.ceil((tweak.length + 1 + b) / 16) * 16)
  blocks.set(tweak)
  blocks[blocks.length - b - 1] = round
  let rest = half
  for (let at = blocks.length - 1; at >= blocks.length - b; at -= 1) {
    blocks[at] = Number(rest & 255n)
    rest >>= 8n
  }
  return blocks
}

/** R, S and y (steps 6 ii to iv): d bytes drawn from the chained blocks, as a number. */
function draw(encrypt: Blocks, p: Uint8Array, q: Uint8Array, d: number): bigint {
  let chained = encrypt(p)
  for (let at = 0; at < q.length; at += 16) chained = encrypt(xor(chained, q.subarray(at, at + 16)))
  const parts = [chained]
  for (let j = 1; j * 16 < d; j += 1) {
    const counter = new Uint8Array(16)
    new DataView(counter.buffer).setUint32(12, j)
    parts.push(encrypt(xor(chained, counter)))
  }
  return BigInt(`0x${Buffer.concat(parts).subarray(0, d).toString('hex')}`)
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte ^ (b[i] ?? 0))
}

function toNumber(numerals: readonly number[], base: bigint): bigint {
  return numerals.reduce((number, numeral) => number * base + BigInt(numeral), 0n)
}

function toNumerals(number: bigint, base: bigint, length: number): number[] {
  const numerals: number[] = []
  for (let rest = number; numerals.length < length; rest /= base) numerals.push(Number(rest % base))
  return numerals.reverse()
}
