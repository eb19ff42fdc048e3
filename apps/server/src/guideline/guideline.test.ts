import { describe, expect, it } from 'vitest'
import { cleanText } from '../kernel/index.ts'
import { inForce, openPlace, stateOf } from './guideline.ts'

const version = (number: number, from: string, more: { due?: string; withdrawn?: boolean } = {}) => ({
  number,
  effective_from: from,
  review_due: more.due ?? '2099-01-01',
  withdrawn: more.withdrawn ?? false,
})

describe('how a guideline stands', () => {
  it.each([
    ['nothing approved', [], 'draft', undefined],
    ['one to come', [version(1, '2027-01-01')], 'coming', undefined],
    ['one in force', [version(1, '2026-01-01')], 'in-force', 1],
    ['one in force and one to come', [version(2, '2027-01-01'), version(1, '2026-01-01')], 'in-force', 1],
    ['on its first day', [version(2, '2026-06-15'), version(1, '2026-01-01')], 'in-force', 2],
    ['on the day of its review', [version(1, '2025-06-15', { due: '2026-06-15' })], 'in-force', 1],
    ['a day later', [version(1, '2025-06-14', { due: '2026-06-14' })], 'review-overdue', 1],
    ['withdrawn', [version(2, '2026-02-01', { withdrawn: true }), version(1, '2026-01-01')], 'withdrawn', undefined],
    [
      'withdrawn, one to come',
      [version(2, '2027-01-01'), version(1, '2026-01-01', { withdrawn: true })],
      'coming',
      undefined,
    ],
  ] as const)('%s', (_, versions, state, number) => {
    expect(stateOf(versions, '2026-06-15')).toBe(state)
    expect(inForce(versions, '2026-06-15')?.number).toBe(number)
  })
})

describe('a text', () => {
  it('keeps its lines and loses what nobody can see', () => {
    expect(cleanText('A\u202e\u0000 rule \r\n- one\u200b\r\n')).toBe('A rule\n- one')
  })

  it('says which place is still open', () => {
    expect(openPlace('Ask {{contact}} or {{privacy}}')).toBe('{{contact}}')
    expect(openPlace('Ask {anybody}')).toBeUndefined()
    expect(openPlace('{{a} b}} {{c}')).toBeUndefined()
    expect(openPlace('{{{a}} {{b}}')).toBe('{{{a}}')
    expect(openPlace('{{'.repeat(1_000_000))).toBeUndefined()
  })
})
