import fc from 'fast-check'
import { findMeasure } from '@art32/catalogue'
import { describe, expect, it } from 'vitest'
import { isBacked, levelOf, stateOf } from './risk.ts'
import { riskTemplates } from './templates.ts'

const step = fc.integer({ min: 1, max: 4 })

describe('the level of a risk', () => {
  it('follows the rule that the paper states, in each of the sixteen places', () => {
    const rows = [4, 3, 2, 1].map((severity) =>
      [1, 2, 3, 4].map((likelihood) => levelOf({ likelihood, severity })[0]).join(''),
    )
    expect(rows).toEqual(['mmhh', 'lmhh', 'lmmm', 'lllm'])
  })

  it('never falls while likelihood or severity rises', () => {
    const rank = (estimate: { likelihood: number; severity: number }) => 'low medium high'.indexOf(levelOf(estimate))
    fc.assert(
      fc.property(step, step, step, step, (likelihood, severity, more, worse) => {
        expect(
          rank({ likelihood: Math.max(likelihood, more), severity: Math.max(severity, worse) }),
        ).toBeGreaterThanOrEqual(rank({ likelihood, severity }))
      }),
    )
  })

  it('is not guessed outside of the four steps', () => {
    for (const wrong of [0, 5, 1.5, Number.NaN])
      expect(() => levelOf({ likelihood: wrong, severity: 2 })).toThrow(RangeError)
  })
})

describe('how a risk stands', () => {
  it('is accepted through the day of its next look, and not after', () => {
    expect(stateOf(false, null, '2026-11-22')).toBe('open')
    expect(stateOf(false, '2026-11-22', '2026-11-22')).toBe('accepted')
    expect(stateOf(false, '2026-11-21', '2026-11-22')).toBe('review-due')
    expect(stateOf(true, '2026-11-23', '2026-11-22')).toBe('retired')
  })

  it('counts on nothing that fails, has lapsed or is not promised', () => {
    const counted = [
      'verified',
      'attested',
      'inherited',
      'customer',
      'stated',
      'planned',
      'lapsed',
      'absent',
      'failing',
    ]
    expect(counted.filter((one) => isBacked(one as Parameters<typeof isBacked>[0]))).toEqual(counted.slice(0, 5))
    expect(isBacked(null)).toBe(false)
  })
})

describe('the templates', () => {
  it('name measures of the catalogue, and estimate nothing', () => {
    for (const { measures } of riskTemplates) for (const id of measures) expect(findMeasure(id)?.id).toBe(id)
    expect(new Set(riskTemplates.map(({ id }) => id)).size).toBe(riskTemplates.length)
  })
})
