import { describe, expect, it } from 'vitest'
import { sampleOf, stateOf } from './audit.ts'

const all = Array.from({ length: 1_000 }, (_, index) => ({ id: `line-${index}` }))

describe('a sample', () => {
  it('is the same for the same seed, whatever the order, and another one for another seed', () => {
    const drawn = sampleOf(all, 'seed', 20)
    expect(sampleOf(all.toReversed(), 'seed', 20)).toEqual(drawn)
    expect(sampleOf(all, 'other', 20)).not.toEqual(drawn)
    expect(drawn).toHaveLength(20)
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(20)
  })

  it('is all there is where that is less', () => {
    expect(sampleOf(all.slice(0, 3), 'seed', 20)).toHaveLength(3)
    expect(sampleOf([], 'seed', 20)).toEqual([])
  })

  it('favours nobody', () => {
    const hits = new Map<string, number>()
    for (let round = 0; round < 400; round += 1)
      for (const { id } of sampleOf(all.slice(0, 10), String(round), 3)) hits.set(id, (hits.get(id) ?? 0) + 1)
    // 120 each is expected; four standard deviations are about 37.
    for (const count of hits.values()) expect(Math.abs(count - 120)).toBeLessThan(40)
  })
})

describe('how an audit stands', () => {
  it('follows from what happened to it', () => {
    const at = new Date('2026-11-22T12:00:00Z')
    const row = { opened_at: null, signed_at: null, cancelled_at: null }
    expect(stateOf(row)).toBe('planned')
    expect(stateOf({ ...row, opened_at: at })).toBe('open')
    expect(stateOf({ ...row, opened_at: at, signed_at: at })).toBe('signed')
    expect(stateOf({ ...row, opened_at: at, cancelled_at: at })).toBe('cancelled')
  })
})
