import { expect, it } from 'vitest'
import { aheadOf } from './apart.ts'

const at = (text: string) => new Date(`2026-11-23T12:00:${text}Z`)
const between = (asked: string, answered: string) => ({ asked: at(asked), answered: at(answered) })

it.each([
  ['the same second', '10', 0, between('10.200', '10.400'), 0],
  ['an answer that took long', '10', 0, between('04', '19'), 0],
  ['the next second, since whole seconds are told', '10', 0, between('11', '11.100'), 0],
  ['what the authority states of itself', '10', 1_000, between('12', '12.100'), 0],
  ['more than that', '10', 1_000, between('13', '13.100'), 1_000],
  ['ahead', '10', 0, between('31', '32'), 20_000],
  ['ahead of a time with thousandths', '10.500', 0, between('31.500', '32'), 21_000],
  ['behind', '30', 0, between('10', '11'), -19_000],
  ['behind what the authority states of itself', '30', 4_000, between('10', '11'), -15_000],
])('tells how far apart two clocks are: %s', (_, time, accuracyMs, span, ahead) => {
  expect(aheadOf({ time: at(time), accuracyMs }, span)).toBe(ahead)
})

it('takes no accuracy of years for a reason', () => {
  const years = { time: new Date('2016-11-23T12:00:00Z'), accuracyMs: 20 * 365 * 86_400_000 }
  expect(aheadOf(years, between('10', '11'))).toBeGreaterThan(9 * 365 * 86_400_000)
})
