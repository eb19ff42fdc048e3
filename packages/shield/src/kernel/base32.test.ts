import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeBase32 } from '../operation/token-text.ts'
import { batchCapacity, type Kernel, textLength, textRoom } from './kernel.ts'
import { plainKernel } from './load.ts'
import { simdKernel } from './simd.ts'

const before = 7

function texts(kernel: Kernel, codes: Uint8Array, count: number): string[] {
  const out = new Uint8Array(before + batchCapacity * textRoom)
  kernel.texts(codes, count, out, before)
  return Array.from({ length: count }, (_, i) => {
    const from = before + i * textRoom
    return Buffer.from(out.subarray(from, from + textLength)).toString('latin1')
  })
}

function byOne(code: Uint8Array): string {
  const out = new Uint8Array(textLength)
  expect(writeBase32(code, 0, 16, out, 0)).toBe(textLength)
  return Buffer.from(out).toString('latin1')
}

describe.each([simdKernel(), plainKernel])('codes as text by the $kind kernel', (kernel) => {
  it('has each of the 32 characters at each place', () => {
    for (let value = 0; value < 32; value += 1) {
      const bits = value.toString(2).padStart(5, '0').repeat(26).slice(0, 128)
      const code = Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2))
      const padded = new Uint8Array(batchCapacity * 16)
      padded.set(code)
      const [text = ''] = texts(kernel, padded, 1)
      // The last character has three bits only.
      expect(text.slice(0, 25)).toBe('abcdefghijklmnopqrstuvwxyz234567'.charAt(value).repeat(25))
      expect(text).toBe(byOne(code))
    }
  })

  it('is that of one code at a time, for as many as there are', () => {
    const code = fc.uint8Array({ minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(fc.array(code, { maxLength: 20 }), (codes) => {
        const all = new Uint8Array(batchCapacity * 16)
        codes.forEach((one, i) => all.set(one, i * 16))
        expect(texts(kernel, all, codes.length)).toEqual(codes.map(byOne))
      }),
    )
  })

  it('fills a whole batch', () => {
    const codes = Uint8Array.from({ length: batchCapacity * 16 }, (_, i) => Math.imul(i, 2_654_435_761) >>> 24)
    expect(texts(kernel, codes, batchCapacity)).toEqual(
      Array.from({ length: batchCapacity }, (_, i) => byOne(codes.subarray(i * 16, i * 16 + 16))),
    )
  })
})
