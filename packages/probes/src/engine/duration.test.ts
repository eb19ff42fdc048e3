import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysUntil, durationMs } from './duration.ts'

describe('durations', () => {
  it.each([
    ['P7D', 604_800_000],
    ['PT26H', 93_600_000],
    ['P1W', 604_800_000],
    ['P1DT1H30M5S', 91_805_000],
  ])('reads %s', (text, ms) => expect(durationMs(text)).toBe(ms))

  it.each(['', 'P', 'PT', 'P1Y', 'P1M', '7D', 'P-1D', 'P1.5D'])('refuses "%s" with a sentence', (text) =>
    expect(() => durationMs(text)).toThrow(/is not a duration/),
  )

  it('reads what it is given back in parts', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(99), fc.nat(99), (days, hours, minutes) => {
        expect(durationMs(`P${days}DT${hours}H${minutes}M`)).toBe(((days * 24 + hours) * 60 + minutes) * 60_000)
      }),
    )
  })

  it('counts whole days, rounded down, negative once the day has passed', () => {
    const now = new Date('2026-11-22T12:00:00Z')
    expect(daysUntil('2026-11-23T11:59:59Z', now)).toBe(0)
    expect(daysUntil('2026-11-23T12:00:00Z', now)).toBe(1)
    expect(daysUntil('2026-11-22T11:59:59Z', now)).toBe(-1)
  })
})
