import { expect, test } from 'vitest'
import { Classes } from './classes.ts'
import { Hasher } from './hash.ts'
import { Spread } from './spread.ts'

const hasher = new Hasher()
const encoder = new TextEncoder()

function hashed(...values: readonly string[]): readonly [number, number] {
  hasher.begin()
  for (const value of values) {
    const bytes = encoder.encode(value)
    hasher.add(bytes, 0, bytes.length)
  }
  hasher.finish()
  return [hasher.one, hasher.two]
}

test('counts who shares a combination, and nothing runs together', () => {
  const classes = new Classes()
  for (let record = 0; record < 100; record += 1) classes.add(...hashed('80331', '1980'))
  classes.add(...hashed('8033', '11980'))
  for (let record = 0; record < 4; record += 1) classes.add(...hashed('80333', ''))
  expect(classes.summary()).toEqual({
    exact: true,
    classes: 3,
    smallest: 1,
    records: 105,
    unique: 1,
    belowFive: 5,
    belowTen: 5,
  })
})

test('projects from a part when there are too many, the same however it was divided', () => {
  const [whole, left, right] = [new Classes(), new Classes(), new Classes()]
  for (let value = 0; value < 400_000; value += 1) {
    const hash = hashed(String(value))
    whole.add(...hash)
    ;(value % 3 === 0 ? left : right).add(...hash)
    whole.add(...hash)
    ;(value % 2 === 0 ? left : right).add(...hash)
  }
  left.take(right.state())
  expect(left.summary()).toEqual(whole.summary())
  const summary = whole.summary()
  expect(summary.exact).toBe(false)
  expect(summary.smallest).toBe(2)
  expect(summary.unique).toBe(0)
  expect(Math.abs(summary.classes - 400_000) / 400_000).toBeLessThan(0.03)
})

test('knows about how many different values there are, and the share of the most frequent', () => {
  // Of 300 remainders every third one falls to the value that comes often.
  for (const [modulus, different] of [
    [2, 3],
    [300, 201],
    [20_000, 20_001],
  ] as const) {
    const [one, other] = [new Spread(), new Spread()]
    for (let index = 0; index < 60_000; index += 1) {
      const value = index % 3 === 0 ? 'often' : String(index % modulus)
      ;(index % 2 === 0 ? one : other).add(...hashed(value))
    }
    one.take(other.state())
    const summary = one.summary()
    expect(summary.values).toBe(60_000)
    expect(Math.abs(summary.different - different) / different).toBeLessThan(0.06)
    expect(summary.topShare).toBeGreaterThan(0.32)
  }
})
