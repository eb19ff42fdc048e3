import { randomBytes } from 'node:crypto'

/** What one person holds of a secret: a point of a line over GF(2⁸) for every byte of it (Shamir, 1979). */
export interface Share {
  /** 1 to 255, another for each person. */
  readonly place: number
  readonly bytes: Uint8Array
}

/**
 * Splits a secret among so many people that any two of them have it together, and one alone knows nothing: each byte is where a random line meets
 * the axis, and a share is another point of it.
 *
 * @param people  2 to 255
 */
export function splitSecret(secret: Uint8Array, people: number): Share[] {
  if (!Number.isInteger(people) || people < 2 || people > 255)
    throw new RangeError('A secret is split among 2 to 255 people.')
  const slopes = randomBytes(secret.length)
  const shares = Array.from({ length: people }, (_, i) => ({
    place: i + 1,
    bytes: secret.map((byte, at) => byte ^ multiply(slopes[at] ?? 0, i + 1)),
  }))
  slopes.fill(0)
  return shares
}

/** The secret of two shares; of two that do not belong together it is something else, which the caller has to notice. */
export function joinShares(a: Share, b: Share): Uint8Array {
  if (a.place === b.place || a.bytes.length !== b.bytes.length) throw new RangeError('Two different shares are needed.')
  const between = inverse(a.place ^ b.place)
  const ofA = multiply(b.place, between)
  const ofB = multiply(a.place, between)
  return a.bytes.map((byte, at) => multiply(byte, ofA) ^ multiply(b.bytes[at] ?? 0, ofB))
}

/** In GF(2⁸) modulo x⁸ + x⁴ + x³ + x + 1, the field of AES; without tables or branches that a secret would decide. */
function multiply(a: number, b: number): number {
  let product = 0
  let factor = a
  for (let bit = 0; bit < 8; bit += 1) {
    product ^= factor & -((b >>> bit) & 1)
    factor = ((factor << 1) ^ (0x11b & -(factor >>> 7))) & 0xff
  }
  return product
}

/** a²⁵⁴ */
function inverse(a: number): number {
  let result = 1
  for (let i = 0; i < 254; i += 1) result = multiply(result, a)
  return result
}
