import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setsToKeep } from './keeping.ts'
import { setNameOf, timeOfSet } from './manifest.ts'

const keep = { days: 7, weeks: 5, months: 12 }
const day = (n: number) => ({ name: setNameOf(new Date(Date.UTC(2026, 0, 1 + n, 1, 41))), proven: null })

describe('which backups stay', () => {
  it('keeps the newest of seven days, five weeks and twelve months of two years of nights', () => {
    const kept = [
      ...setsToKeep(
        Array.from({ length: 730 }, (_, n) => day(n)),
        keep,
      ),
    ].toSorted()
    expect(kept.length).toBeGreaterThanOrEqual(7 + 3 + 10)
    expect(kept.length).toBeLessThanOrEqual(7 + 5 + 12)
    expect(kept.at(-1)).toBe(day(729).name)
    expect(kept.slice(-7)).toEqual(Array.from({ length: 7 }, (_, n) => day(723 + n).name))
    const months = new Set(kept.map((name) => name.slice(0, 6)))
    expect(months.size).toBe(12)
  })

  it('takes nothing away when nothing new comes, however late it is', () => {
    const sets = [day(0), day(1), day(2)]
    expect(setsToKeep(sets, { days: 3, weeks: 0, months: 0 }).size).toBe(3)
  })

  it('keeps the last that a drill restored behind any number that it refused', () => {
    const sets = [
      { ...day(0), proven: true },
      ...Array.from({ length: 30 }, (_, n) => ({ ...day(n + 1), proven: false })),
    ]
    expect(setsToKeep(sets, keep)).toContain(day(0).name)
  })

  it('always leaves one that nobody refused where there is one', () => {
    const one = fc.record({ n: fc.integer({ min: 0, max: 900 }), proven: fc.constantFrom(true, false, null) })
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: ({ n }) => n, minLength: 1 }), (list) => {
        const sets = list.map(({ n, proven }) => ({ ...day(n), proven }))
        const kept = setsToKeep(sets, { days: 1, weeks: 0, months: 0 })
        const good = sets.filter(({ proven }) => proven !== false).map(({ name }) => name)
        return kept.size > 0 && (good.length === 0 || good.some((name) => kept.has(name)))
      }),
    )
  })

  it('reads from a name the time that it was made of', () => {
    const at = new Date('2026-11-23T01:41:02.345Z')
    expect(timeOfSet(setNameOf(at))).toEqual(at)
  })
})
