import { describe, expect, it } from 'vitest'
import { compareStatements } from './document.ts'
import { agreementUntil, chainOf, lastDayOf, proofStanding, restsOn } from './processor.ts'
import type { Proof, Term } from './processor.ts'

const certificate = (until: string, more: Partial<Proof> = {}): Proof => ({
  form: 'certificate',
  from_on: '2024-01-01',
  until_on: until,
  counts_months: 0,
  bridge_until: null,
  withdrawn_on: null,
  ...more,
})
const report = (until: string, more: Partial<Proof> = {}): Proof => ({
  ...certificate(until),
  form: 'report',
  counts_months: 12,
  ...more,
})
const term = (until: string | null, more: Partial<Term> = {}): Term => ({
  valid_from: '2024-01-01',
  valid_until: until,
  ended_on: null,
  ...more,
})

describe('the last day of a certificate or report', () => {
  it.each([
    ['a certificate expires on its last day', certificate('2026-06-30'), '2026-06-30'],
    ['a report counts for months after its period', report('2025-12-31'), '2026-12-31'],
    ['a bridge letter within that changes nothing', report('2025-12-31', { bridge_until: '2026-03-31' }), '2026-12-31'],
    ['a bridge letter carries it on', report('2025-12-31', { bridge_until: '2027-02-15' }), '2027-02-15'],
    ['at most three months', report('2025-12-31', { bridge_until: '2027-12-31' }), '2027-03-31'],
    ['the 31st of a shorter month is its last day', report('2025-08-31', { counts_months: 6 }), '2026-02-28'],
    ['also in a leap year', report('2027-08-31', { counts_months: 6 }), '2028-02-29'],
    ['a report that counts no longer than its period', report('2025-12-31', { counts_months: 0 }), '2025-12-31'],
  ])('%s', (_, proof, wanted) => {
    expect(lastDayOf(proof)).toBe(wanted)
  })

  it('is whole, and the next day is not', () => {
    expect(proofStanding(certificate('2026-06-30'), '2026-06-30')).toBe('in-force')
    expect(proofStanding(certificate('2026-06-30'), '2026-07-01')).toBe('lapsed')
    expect(proofStanding(certificate('2026-06-30'), '2023-12-31')).toBe('coming')
  })
})

describe('on what a processor’s word rests', () => {
  const today = '2026-05-01'
  it.each([
    ['the earlier of both last days', [term('2026-12-31')], [certificate('2026-06-30')], '2026-06-30'],
    ['an agreement without an end', [term(null)], [certificate('2026-06-30')], '2026-06-30'],
    ['the paper that reaches furthest', [term(null)], [certificate('2026-06-30'), report('2025-12-31')], '2026-12-31'],
    [
      'the agreement that reaches furthest',
      [term('2025-01-01'), term('2026-05-31')],
      [report('2025-12-31')],
      '2026-05-31',
    ],
    ['what is over', [term('2025-01-01')], [report('2025-12-31')], '2025-01-01'],
    ['no agreement', [], [report('2025-12-31')], undefined],
    ['no certificate or report', [term(null)], [], undefined],
    ['an agreement to come', [term(null, { valid_from: '2026-06-01' })], [report('2025-12-31')], undefined],
    ['one that was ended', [term(null, { ended_on: '2026-04-01' })], [report('2025-12-31')], '2026-03-31'],
  ])('%s', (_, agreements, proofs, wanted) => {
    expect(restsOn(agreements, proofs, today)?.lastDay).toBe(wanted)
  })

  it('counts an agreement that was ended until the day before', () => {
    expect(agreementUntil(term('2027-01-01', { ended_on: '2026-04-01' }))).toBe('2026-03-31')
  })
})

describe('the chain', () => {
  it('lays sub-processors behind who engages them, and loses nobody whose parent is not shown', () => {
    const rows = [
      { id: 'b', parent_id: 'a' },
      { id: 'a', parent_id: null },
      { id: 'd', parent_id: 'gone' },
      { id: 'c', parent_id: 'b' },
    ]
    expect(chainOf(rows).map(({ row, depth }) => `${row.id}${depth}`)).toEqual(['a0', 'b1', 'c2', 'd0'])
  })
})

describe('two readings of a processor’s document', () => {
  const said = (text: string) => ({ section: '', text, status: 'in-place', measures: [] })

  it('differ in what came and went, and not in white space or case', () => {
    const before = [said('Doors are locked.'), said('Cameras watch  the yard.')]
    const after = [said('Doors are locked.'), said('cameras watch the yard.'), said('Guards walk at night.')]
    expect(compareStatements(before, after)).toEqual({ added: ['Guards walk at night.'], removed: [] })
    expect(compareStatements(after, before)).toEqual({ added: [], removed: ['Guards walk at night.'] })
  })
})
