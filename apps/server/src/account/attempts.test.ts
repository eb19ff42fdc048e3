import { expect, it } from 'vitest'
import { openAttempts } from './attempts.ts'

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1_000)

it('lets ten attempts a minute pass, and others are not affected', () => {
  let seconds = 0
  const attempts = openAttempts(() => at(seconds))
  const made = Array.from({ length: 12 }, () => attempts.take('a'))
  expect(made.filter(Boolean)).toHaveLength(10)
  expect(attempts.take('b')).toBe(true)
  seconds = 61
  expect(attempts.take('a')).toBe(true)
})

it('counts anew after a success', () => {
  const attempts = openAttempts(() => at(0))
  for (let i = 0; i < 10; i++) attempts.take('a')
  attempts.forget('a')
  expect(attempts.take('a')).toBe(true)
})

it('remembers ten thousand and forgets who tried longest ago', () => {
  const attempts = openAttempts(() => at(0))
  for (let i = 0; i < 11; i++) attempts.take('first')
  expect(attempts.take('first')).toBe(false)
  for (let i = 0; i < 10_000; i++) attempts.take(`flood ${i}`)
  expect(attempts.take('first')).toBe(true)
})
