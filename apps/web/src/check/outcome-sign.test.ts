import { describe, expect, it } from 'vitest'
import { byWorst, knownState, outcomeSigns, worstFirst } from './outcome-sign.ts'

describe('outcomes', () => {
  it('sorts the worst first and keeps the order of equals', () => {
    const outcomes = [
      { id: 1, state: 'pass' },
      { id: 2, state: 'fail' },
      { id: 3, state: 'not-evaluated' },
      { id: 4, state: 'fail' },
    ] as const
    expect(byWorst(outcomes).map(({ id }) => id)).toEqual([2, 4, 3, 1])
  })

  it('takes a state that it does not know for information', () => {
    expect([knownState('fail'), knownState('perhaps')]).toEqual(['fail', 'info'])
  })

  it('gives each state a glyph of its own', () => {
    expect(new Set(worstFirst.map((state) => outcomeSigns[state].glyph)).size).toBe(worstFirst.length)
  })
})
