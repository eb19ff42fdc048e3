import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wholeNumbers } from './whole-number.ts'

const key = new Uint8Array(32).fill(3)

function permuted(values: readonly string[], width = 9): (string | undefined)[] {
  const batch = wholeNumbers(key, width)
  const places = values.map((value) => batch.add(Buffer.from(value), 0, value.length))
  batch.run()
  const out = new Uint8Array(64)
  return places.map((place) =>
    place < 0 ? undefined : Buffer.from(out.subarray(0, batch.write(place, 'text', out, 0))).toString(),
  )
}

test('different numbers stay different, also where zeros stood in front', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 999_999_999 }), { maxLength: 400 }), (numbers) => {
      const out = permuted(numbers.map(String))
      expect(new Set(out).size).toBe(numbers.length)
      for (const text of out) expect(text).toMatch(/^(?:0|[1-9]\d{0,8})$/)
    }),
    { numRuns: 20 },
  )
  const small = Array.from({ length: 400 }, (_, number) => String(number))
  expect(permuted(small).filter((text, at) => text === small[at]).length).toBeLessThan(3)
})

test('what is no whole number of that width is not taken', () => {
  expect(permuted(['-1', '', '1.5', '1234567890', 'a'])).toEqual(Array.from({ length: 5 }))
})
