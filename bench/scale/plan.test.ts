import { describe, expect, it } from 'vitest'
import { plan, planned } from './plan.ts'

/** A thousand bytes of everything, and ten outcomes a look. */
const costs = {
  tenant: 20e6,
  filesOfTenant: 500,
  measure: 1_000,
  outcome: 1_000,
  ledger: 1_000,
  outcomesOfLook: 10,
  look: 1_000,
  facts: 1_000,
  anchor: 1_000,
  backup: 0.5,
  outcomesPerSecond: 100,
  deletion: 6,
}

const value = (what: string, changed: Partial<typeof costs> = {}) =>
  planned({ ...costs, ...changed }).find((row) => row.what === `plan: ${what}`)?.value

describe('the plan of growth', () => {
  it('adds up what a tenant holds: 10,000 outcomes and 1,000 looks a year', () => {
    expect(plan.outcomes / plan.tenants).toBe(10_000)
    expect(value('a tenant before its first look')).toBe(20.1)
    expect(value('what a year adds for good')).toBe(21)
    expect(value('facts, of which a year goes as another one comes')).toBe(1.08)
    expect(value('a tenant after a year')).toBe(42.2)
    expect(value('all tenants after a year')).toBe(0.422)
    expect(value('all tenants after five years')).toBe(1.26)
  })

  it('is dearer where more is stored, and not where looks only take longer', () => {
    const before = value('cost of a tenant and year') ?? Number.NaN
    expect(value('cost of a tenant and year', { outcome: 5_000 })).toBeGreaterThan(before)
    expect(value('cost of a tenant and year', { outcomesPerSecond: 1 })).toBe(before)
    expect(value('judging of one day on one server', { outcomesPerSecond: 1 })).toBe(27_400)
  })

  it('says of every figure how it came about', () => {
    for (const { what, note = '' } of planned(costs))
      expect([what, note]).toEqual([what, expect.stringMatching(/calculated|estimated|and \d+ measures/)])
  })
})
