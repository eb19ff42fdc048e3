import { describe, expect, it } from 'vitest'
import { count, day, durationWord, plainValue, rhythmOf } from './format.ts'

describe('format', () => {
  it('writes a day as the language does', () => {
    expect(day('2026-11-22T12:00:00Z', 'en')).toBe('22 Nov 2026')
    expect(day('2026-11-22T12:00:00Z', 'de')).toBe('22.11.2026')
  })

  it('leaves a text that is no date as it is', () => {
    expect(day('in the autumn', 'en')).toBe('in the autumn')
  })

  it('separates thousands as the language does', () => {
    expect([count(10_000, 'en'), count(10_000, 'de')]).toEqual(['10,000', '10.000'])
  })

  it.each([
    ['P1D', { unit: 'day', count: 1 }],
    ['P6M', { unit: 'month', count: 6 }],
    ['PT15M', { unit: 'minute', count: 15 }],
    ['P1Y6M', null],
    ['monthly', null],
  ])('reads the rhythm of %s', (duration, rhythm) => {
    expect(rhythmOf(duration)).toEqual(rhythm)
  })

  it.each([
    ['P730D', 'en', '730 days'],
    ['PT8H', 'de', '8 Stunden'],
    ['PT1H', 'en', '1 hour'],
    ['AES-256', 'en', 'AES-256'],
    ['P1Y6M', 'de', 'P1Y6M'],
  ] as const)('writes %s in %s as %s', (text, language, words) => {
    expect(durationWord(text, language)).toBe(words)
  })

  it('writes values of parameters', () => {
    expect(plainValue(['AES-256', 2])).toBe('AES-256, 2')
    expect(plainValue({ days: 30 })).toBe('{"days":30}')
  })
})
