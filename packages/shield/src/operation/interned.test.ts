import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Interned } from './interned.ts'
import { makePseudonyms } from './pseudonym.ts'

const key = new Uint8Array(32).fill(3)

/** Numbers that look random and are the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function uuidBits(token: string): string {
  const hex = token.replaceAll('-', '')
  return hex.slice(0, 12) + hex.slice(13, 16) + hex.slice(17)
}

describe('interned pseudonyms', () => {
  it.each([3, 300, 30_000])(
    'are those of node:crypto in a column of %i different values of all lengths',
    (distinct) => {
      const below = numbers(distinct)
      const pseudonyms = makePseudonyms(key)
      const out = new Uint8Array(40)
      const expected = new Map<string, string>()
      let wrong = 0
      for (let batch = 0; batch < 12; batch += 1) {
        pseudonyms.clear()
        const values = Array.from({ length: pseudonyms.capacity }, () => {
          const number = below(distinct)
          return `${String(number)}${'x'.repeat(number % 70)}`
        })
        for (const value of values) pseudonyms.add(Buffer.from(`..${value}`), 2, 2 + value.length)
        pseudonyms.run()
        values.forEach((value, place) => {
          const code = expected.get(value) ?? createHmac('sha256', key).update(value).digest('hex').slice(0, 32)
          expected.set(value, code)
          const token = Buffer.from(out.subarray(0, pseudonyms.write(place, 'uuid', out, 0))).toString()
          if (uuidBits(token) !== uuidBits(`${code.slice(0, 8)}-${code.slice(8)}`)) wrong += 1
        })
      }
      expect(wrong).toBe(0)
    },
  )

  it('tell values apart that differ in one byte or in length only', () => {
    const interned = new Interned()
    const codes = new Uint32Array([1, 2, 3, 4])
    const value = Buffer.from('anna\0')
    interned.keep(value, 0, 4, codes, 0)
    expect(interned.find(value, 0, 4)).toBeGreaterThanOrEqual(0)
    expect([interned.find(value, 0, 3), interned.find(value, 0, 5), interned.find(Buffer.from('annb'), 0, 4)]).toEqual([
      -1, -1, -1,
    ])
    expect(interned.find(Buffer.alloc(0), 0, 0)).toBe(-1)
    const copied = new Uint32Array(6)
    interned.copyCode(interned.find(value, 0, 4), copied, 1)
    expect([...copied]).toEqual([0, 1, 2, 3, 4, 0])
  })

  it('are never those of another value in the same slot, of the same length or its beginning', () => {
    const interned = new Interned()
    const below = numbers(1)
    const code = new Uint32Array(4)
    const value = Buffer.alloc(31)
    let found = 0
    for (let i = 0; i < 20_000; i += 1) {
      for (let at = 0; at < 31; at += 1) value[at] = below(256)
      interned.keep(value, 0, 31, code, 0)
      for (let length = 1; length < 31; length += 5) if (interned.find(value, 0, length) >= 0) found += 1
      value[30] = (value[30] ?? 0) ^ 1
      if (interned.find(value, 0, 31) >= 0) found += 1
    }
    expect(found).toBe(0)
  })

  it('are not looked for where hardly any comes again, and tried again later', () => {
    const interned = new Interned()
    const value = Buffer.alloc(8)
    for (let i = 0; i < 4096; i += 1) interned.find(value, 0, 1 + (i % 7))
    expect(interned.isAwake).toBe(false)
    for (let i = 0; i < 15 * 4; i += 1) interned.pass(1024)
    expect(interned.isAwake).toBe(false)
    for (let i = 0; i < 4; i += 1) interned.pass(1024)
    expect(interned.isAwake).toBe(true)
    interned.keep(value, 0, 1, new Uint32Array(4), 0)
    for (let i = 0; i < 9000; i += 1) interned.find(value, 0, 1)
    expect(interned.isAwake).toBe(true)
  })
})
