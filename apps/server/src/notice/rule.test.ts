import { describe, expect, it } from 'vitest'
import { faultOf, gapsOf, standingOf } from './rule.ts'
import { noticeWords } from './words.ts'

const rule = { every_hours: 24, grace_hours: 6, since: new Date('2026-03-28T03:00:00Z') }
const at = (text: string) => new Date(`2026-${text}:00Z`)

describe('how a rule stands', () => {
  it('is due and overdue to the minute, also where the clocks change', () => {
    for (const [now, state] of [
      ['03-29T03:00', 'waiting'],
      ['03-29T03:01', 'due'],
      ['03-29T09:00', 'due'],
      ['03-29T09:01', 'overdue'],
    ] as const)
      expect([now, standingOf(rule, null, at(now)).state]).toEqual([now, state])
    expect(standingOf(rule, at('03-29T03:00'), at('03-29T12:00')).state).toBe('on-time')
  })
})

describe('the gaps of a rule', () => {
  it('are each time beyond rhythm and grace, the newest first; the last one goes on', () => {
    const done = [at('03-29T09:00'), at('03-31T00:00'), at('03-31T20:00')]
    expect(gapsOf(rule, done.toReversed(), at('04-02T02:01'))).toEqual([
      { from: at('03-31T20:00'), until: null },
      { from: at('03-29T09:00'), until: at('03-31T00:00') },
    ])
    expect(gapsOf(rule, done, at('04-02T02:00'))).toHaveLength(1)
    expect(gapsOf(rule, [], at('03-29T09:00'))).toEqual([])
    expect(gapsOf(rule, [], at('03-29T09:01'))).toEqual([{ from: rule.since, until: null }])
  })
})

describe('a report', () => {
  it('adds up, and its outcome fits its numbers', () => {
    const done = { outcome: 'done', examined: 3, deleted: 1, kept: { 'not-due': 2 }, errors: 0, cause: null } as const
    expect(faultOf(done)).toBeNull()
    expect(faultOf({ ...done, examined: 4 })).toBe('sum')
    expect(faultOf({ ...done, cause: 'fault' })).toBe('outcome')
    expect(faultOf({ ...done, deleted: 0, errors: 1 })).toBe('outcome')
    expect(faultOf({ ...done, outcome: 'partial', deleted: 0, errors: 1 })).toBeNull()
    expect(faultOf({ ...done, outcome: 'failed', cause: 'fault' })).toBe('outcome')
    const nothing = { ...done, examined: 0, deleted: 0, kept: {} }
    expect(faultOf({ ...nothing, outcome: 'not-looked' })).toBe('outcome')
    expect(faultOf({ ...nothing, outcome: 'not-looked', cause: 'unavailable' })).toBeNull()
  })
})

it.each([
  [1, 'A run is due every hour', 'Ein Lauf ist fällig jede Stunde'],
  [24, 'A run is due every day', 'Ein Lauf ist fällig jeden Tag'],
  [36, 'A run is due every 36 hours', 'Ein Lauf ist fällig alle 36 Stunden'],
  [168, 'A run is due every 7 days', 'Ein Lauf ist fällig alle 7 Tage'],
])('says that a run is due each %i hours', (hours, en, de) => {
  const said = (['en', 'de'] as const).map((language) => {
    const { every, hours: often } = noticeWords[language]
    return `${every} ${often(hours)}`
  })
  expect(said).toEqual([en, de])
})
