import { expect, it } from 'vitest'
import { clockOf } from './clock.ts'
import { figureOf, remindersDue } from './request.ts'

type Case = readonly [from: string, months: 1 | 3, waited: number, country: string, dueOn: string, why: string]

it.each<Case>([
  ['2026-01-31', 1, 0, '', '2026-03-02', 'no 31 February: its last day, a Saturday, so the Monday'],
  ['2027-01-31', 1, 0, '', '2027-03-01', 'the last day of February is a Sunday'],
  ['2028-01-29', 1, 0, '', '2028-02-29', 'a leap year has the 29th'],
  ['2028-01-31', 1, 0, '', '2028-02-29', 'and the 31st ends there, too'],
  ['2028-02-29', 1, 0, '', '2028-03-29', 'from the 29th of February the 29th of March'],
  ['2028-02-29', 3, 0, '', '2028-05-29', 'and three months'],
  ['2026-03-05', 1, 0, '', '2026-04-06', 'the 5th of April is Easter Sunday; without a state Monday is a working day'],
  ['2026-03-05', 1, 0, 'DE', '2026-04-07', 'in Germany Easter Monday is none'],
  ['2026-02-28', 1, 0, '', '2026-03-30', 'across the change to summer time; a Saturday'],
  ['2026-09-25', 1, 0, '', '2026-10-26', 'a Sunday on which clocks go back'],
  ['2026-11-24', 1, 0, 'DE', '2026-12-24', 'Christmas Eve is a working day'],
  ['2026-11-25', 1, 0, 'DE', '2026-12-28', 'Christmas, St Stephen, a Sunday: the Monday'],
  ['2026-11-24', 1, 0, 'AT', '2026-12-24', 'in Austria as well'],
  ['2026-12-01', 1, 0, 'DE', '2027-01-04', 'New Year, then a weekend'],
  ['2026-12-06', 1, 0, 'AT', '2027-01-07', 'Epiphany in Austria'],
  ['2026-12-06', 1, 0, 'DE', '2027-01-06', 'not in the whole of Germany'],
  ['2026-08-31', 1, 0, '', '2026-09-30', 'a month without a 31st'],
  ['2026-10-31', 3, 0, '', '2027-02-01', 'three months, over the year, to a Sunday'],
  ['2026-01-31', 1, 10, '', '2026-03-10', 'waiting is added to the end of the month, before the weekend is'],
])('%s and %i months, %i days waited, in %s: %s, since %s', (from, months, waited, country, dueOn, _why) => {
  expect(clockOf(from, months, waited, country).dueOn).toBe(dueOn)
})

it('shows the end without waiting beside the one with it', () => {
  expect(clockOf('2026-04-01', 1, 7, 'DE')).toEqual({
    from: '2026-04-01',
    months: 1,
    strictOn: '2026-05-04',
    waitedDays: 7,
    dueOn: '2026-05-08',
  })
})

it('reminds ten and three days before the end, on its last day, and when it is over', () => {
  const clock = clockOf('2026-04-01', 1, 0, 'DE')
  const days = ['2026-04-23', '2026-04-24', '2026-05-01', '2026-05-04', '2026-05-05']
  expect(days.map((day) => remindersDue(clock, day))).toEqual([0, 1, 2, 3, 4])
})

it('counts what was decided or is overdue, and nothing that is open', () => {
  const row = {
    state: 'open',
    received_on: '2026-04-01',
    waited_days: 0,
    identity_asked_on: null,
    extended_on: null,
    decided_on: null,
    decided_due: null,
  } as const
  const done = { ...row, state: 'answered', decided_due: '2026-05-04' } as const
  const rows = [row, { ...done, decided_on: '2026-05-04' }, { ...done, decided_on: '2026-05-05' }] as const
  expect(figureOf(rows, '2026-05-04', 'DE')).toEqual({ onTime: 1, counted: 2, lateSince: null })
  expect(figureOf(rows, '2026-05-05', 'DE')).toEqual({ onTime: 1, counted: 3, lateSince: '2026-05-04' })
})
