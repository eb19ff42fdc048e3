import { describe, expect, it } from 'vitest'
import type { MeasureView, PartView, StatementView } from '../api/api.ts'
import { inView, nextOpen, partsOf, progressOf, step, stops } from './walk.ts'

const part = (confirmedBy: PartView['confirmedBy']): PartView => ({
  catalogueId: 'vpn',
  confidence: 0.7,
  confirmedBy,
  confirmedAt: null,
  provable: false,
  checks: [],
  signOffs: [],
  guarantees: [],
})

function aLine(
  id: string,
  measure: Partial<MeasureView> | null = {},
  statement: Partial<StatementView> = {},
): StatementView {
  const whole: MeasureView = {
    id: `m-${id}`,
    revision: 1,
    owner: null,
    guarantor: 'us',
    scope: [],
    environments: ['production'],
    cadence: null,
    visibility: 'public',
    ignored: null,
    assurance: 'stated',
    publicState: 'stated',
    checkedAt: null,
    freshUntil: null,
    next: 'confirm',
    unproven: [],
    exception: null,
    discovered: null,
    parts: [part(null)],
    ...measure,
  }
  return {
    id,
    line: Number(id),
    page: null,
    condition: null,
    section: '',
    level: null,
    text: 'Access is by key.',
    type: 'measure',
    status: 'in-place',
    nature: null,
    parameters: {},
    systems: [],
    cadence: null,
    sure: true,
    measure: measure === null ? null : whole,
    ...statement,
  }
}

const open = aLine('1')
const done = aLine('2', { parts: [part('person')] })
const note = aLine('3', null)
const aside = aLine('4', { ignored: 'an example' })
const unsure = aLine('5', {}, { sure: false })
const empty = aLine('6', { parts: [] }, { sure: false })
const all = [open, done, note, aside, unsure, empty]
const none = new Map<string | null, never[]>()

describe('inView', () => {
  const ids = (view: 'all' | 'open' | 'unsure' | 'faults', faults: Parameters<typeof inView>[2] = none) =>
    all.filter((statement) => inView(view, statement, faults)).map(({ id }) => id)

  it('shows what waits for a person', () => {
    expect(ids('all')).toHaveLength(all.length)
    expect(ids('open')).toEqual(['1', '5', '6'])
    expect(ids('unsure')).toEqual(['5', '6'])
  })

  it('shows the lines with faults, notes among them', () => {
    expect(ids('faults', new Map([['3', []]]))).toEqual(['3'])
  })
})

describe('walking', () => {
  it('stops at lines with a measure, also at those that were set aside', () => {
    expect(stops(all)).toEqual(['1', '2', '4', '5', '6'])
  })

  it('goes forth and back and stays at the ends', () => {
    const ids = stops(all)
    expect(step(ids, '2', 1)).toBe('4')
    expect(step(ids, '2', -1)).toBe('1')
    expect(step(ids, '6', 1)).toBe('6')
    expect(step(ids, null, 1)).toBe('1')
    expect(step([], null, 1)).toBeNull()
  })

  it('finds the next unconfirmed line and begins again at the start', () => {
    expect(nextOpen(all, '1')).toBe('5')
    expect(nextOpen(all, '5')).toBe('1')
    expect(nextOpen([done], '2')).toBeNull()
  })
})

describe('progressOf', () => {
  it('counts a line without a measure of the catalogue as not confirmed', () => {
    expect(progressOf(all)).toEqual({ lines: 4, confirmed: 1 })
  })
})

describe('partsOf', () => {
  const text = 'Full-disk encryption and password'

  it('takes one part a line and lets words between them go', () => {
    expect(partsOf(text, 'Full-disk encryption\n\n password ')).toEqual(['Full-disk encryption', 'password'])
  })

  it.each([
    ['one part only', text],
    ['another order', 'password\nFull-disk encryption'],
    ['a word that is not there', 'Full-disk encryption\na PIN'],
    ['a part twice', 'password\npassword'],
    ['nothing', ' \n '],
  ])('refuses %s', (_, lines) => {
    expect(partsOf(text, lines)).toBeNull()
  })
})
