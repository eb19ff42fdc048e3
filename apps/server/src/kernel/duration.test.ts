import { expect, it } from 'vitest'
import { addDuration } from './duration.ts'

const at = new Date('2026-01-31T10:00:00Z')

it.each([
  ['P1D', '2026-02-01T10:00:00.000Z'],
  ['P1W', '2026-02-07T10:00:00.000Z'],
  ['P1Y', '2027-01-31T10:00:00.000Z'],
  ['PT15M', '2026-01-31T10:15:00.000Z'],
  ['P1DT2H', '2026-02-01T12:00:00.000Z'],
])('adds %s by the calendar, in UTC', (duration, expected) => {
  expect(addDuration(at, duration).toISOString()).toBe(expected)
})

it.each(['', 'P', 'PT', '1D', 'P1DT', 'P-1D', 'daily'])('refuses %j, naming the form that is expected', (duration) => {
  expect(() => addDuration(at, duration)).toThrow(/ISO 8601/)
})
