import { describe, expect, it } from 'vitest'
import { dayAt } from '../calendar/index.ts'
import type { Rhythm } from '../calendar/index.ts'
import { absentOn, actingFor, datesToMake, figureOf, isOnTime, maySign, stageOf, stateOf, toTell } from './duty.ts'
import type { AbsenceRow, DutyRow, MemberRow, OccurrenceRow } from './store.ts'

/*
 * A year, hour by hour, by the rules alone: 2028 has a leap day, two changes of the clocks, and month ends on weekends. What must
 * come out stands below as it was worked out by hand with a calendar. That the server keeps to the rules is `year.test.ts`.
 */

const members: readonly MemberRow[] = [
  { account_id: 'head', role: 'owner' },
  { account_id: 'keeper', role: 'member' },
  { account_id: 'stand-in', role: 'editor' },
]
const absences: readonly AbsenceRow[] = [
  { id: '1', account_id: 'keeper', from_on: '2028-02-21', until_on: '2028-03-03' },
  // Both away: whoever owns the tenant is asked.
  { id: '2', account_id: 'keeper', from_on: '2028-06-26', until_on: '2028-07-07' },
  { id: '3', account_id: 'stand-in', from_on: '2028-06-26', until_on: '2028-07-07' },
]

function aDuty(id: string, rhythm: Rhythm, more: Partial<DutyRow> = {}): DutyRow {
  return {
    id,
    title: id,
    instruction: '',
    catalogue_id: null,
    rhythm,
    owner_account: 'keeper',
    owner_role: null,
    deputy_account: 'stand-in',
    lead_days: 10,
    grace_days: 5,
    four_eyes: false,
    form: [],
    starts_on: '2028-01-01',
    retired_at: null,
    ...more,
  }
}

interface Told {
  readonly on: string
  readonly due: string
  readonly stage: number
  readonly who: readonly string[]
}

/** Runs a duty through the year with a clock that ticks each hour and goes back twice. @param done due day → day of doing */
function year(
  duty: DutyRow,
  timeZone: string,
  { done = {}, hours = 1 }: { done?: Readonly<Record<string, string | null>>; hours?: number } = {},
) {
  const rows: OccurrenceRow[] = []
  const told: Told[] = []
  const hour = 3_600_000
  const end = Date.parse('2029-01-10T00:00:00Z')
  for (let at = Date.parse('2027-12-31T22:30:00Z'); at < end; at += hours * hour) {
    // A clock that was wrong for an hour: yesterday once more.
    const today = dayAt(new Date(at % (97 * hour) === 0 ? at - 30 * hour : at), timeZone)
    if (today < '2028-01-01') continue
    for (const made of datesToMake(duty, rows.at(-1)?.due_on ?? null, today))
      rows.push({ ...made, id: `${duty.id} ${made.due_on}`, told: 0, done_on: null, done_at: null, first_id: null })
    for (const [index, row] of rows.entries()) {
      const doing = row.due_on in done ? done[row.due_on] : row.due_on
      let next = row
      if (row.done_at === null && doing !== null && doing === today)
        next = { ...next, done_on: doing, done_at: new Date(at) }
      const stage = toTell(duty, next, today)
      if (stage > next.told) {
        next = { ...next, told: stage }
        const people = { members, absent: absentOn(absences, today) }
        told.push({ on: today, due: row.due_on, stage, who: actingFor(duty, people, stageOf(next, today)) })
      }
      rows[index] = next
    }
  }
  return { rows: rows.filter(({ due_on: due }) => due <= '2028-12-31'), told }
}

const berlin = 'Europe/Berlin'
const datesOf = (rhythm: Rhythm, timeZone = berlin) =>
  year(aDuty('a', rhythm), timeZone, { hours: 5 }).rows.map(({ due_on: due }) => due.slice(5))

describe('a year of due days, each once', () => {
  it.each<[string, Rhythm, string]>([
    [
      'on the last working day of each month: January, April, July to September and December end on other days than the last',
      { kind: 'last-working-day' },
      '01-31 02-29 03-31 04-28 05-31 06-30 07-31 08-31 09-29 10-31 11-30 12-29',
    ],
    ['each quarter, also where its last day is a Sunday', { kind: 'quarter' }, '03-31 06-30 09-30 12-31'],
    ['in February of a leap year, on the 29th', { kind: 'month', month: 2 }, '02-29'],
    [
      'each month from the 31st: the 31st comes back after a short month',
      { kind: 'every', duration: 'P1M', from: '2028-01-31' },
      '01-31 02-29 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31',
    ],
    [
      'every four weeks, over both changes of the clocks',
      { kind: 'every', duration: 'P4W', from: '2028-01-03' },
      '01-03 01-31 02-28 03-27 04-24 05-22 06-19 07-17 08-14 09-11 10-09 11-06 12-04',
    ],
    ['twice a year', { kind: 'every', duration: 'P6M', from: '2028-02-29' }, '02-29 08-29'],
    ['once', { kind: 'once', on: '2028-03-26' }, '03-26'],
  ])('%s', (_what, rhythm, expected) => {
    for (const timeZone of [berlin, 'UTC', 'Pacific/Auckland', 'America/St_Johns'])
      expect([timeZone, datesOf(rhythm, timeZone).join(' ')]).toEqual([timeZone, expected])
  })
})

describe('a year of a duty on the last working day, with a keeper who is away twice', () => {
  // January on the day, February by the deputy, March late within the grace, April after it, May never, June by nobody who is
  // there until the seventh of July, the others on their day.
  const done = {
    '2028-03-31': '2028-04-05',
    '2028-04-28': '2028-05-04',
    '2028-05-31': null,
    '2028-06-30': '2028-07-10',
  }
  const { rows, told } = year(aDuty('keys', { kind: 'last-working-day' }), berlin, { done })

  it('has the figures that the hand counts: on time 9 of 12', () => {
    const table = rows.map((row) => [row.due_on, row.last_on, row.done_on, stateOf(row, '2029-01-09'), isOnTime(row)])
    expect(table).toEqual([
      ['2028-01-31', '2028-02-05', '2028-01-31', 'done', true],
      ['2028-02-29', '2028-03-05', '2028-02-29', 'done', true],
      ['2028-03-31', '2028-04-05', '2028-04-05', 'done', true],
      ['2028-04-28', '2028-05-03', '2028-05-04', 'done', false],
      ['2028-05-31', '2028-06-05', null, 'missed', false],
      ['2028-06-30', '2028-07-05', '2028-07-10', 'done', false],
      ['2028-07-31', '2028-08-05', '2028-07-31', 'done', true],
      ['2028-08-31', '2028-09-05', '2028-08-31', 'done', true],
      ['2028-09-29', '2028-10-04', '2028-09-29', 'done', true],
      ['2028-10-31', '2028-11-05', '2028-10-31', 'done', true],
      ['2028-11-30', '2028-12-05', '2028-11-30', 'done', true],
      ['2028-12-29', '2029-01-03', '2028-12-29', 'done', true],
    ])
    const figure = figureOf(rows, '2029-01-09', (at) => dayAt(at, berlin))
    expect(figure).toEqual({ onTime: 9, counted: 12, recordedLater: 0 })
  })

  it('tells each stage once, on its day, and asks more people the longer it lasts', () => {
    const of = (due: string) => told.filter((one) => one.due === due).map(({ on, stage, who }) => [on, stage, ...who])
    // Soon a week before, from the first hour of that day on; done on the due day before it is told as due.
    expect(of('2028-01-31')).toEqual([['2028-01-24', 1, 'keeper']])
    // The keeper is away: the deputy is asked.
    expect(of('2028-02-29')).toEqual([['2028-02-22', 1, 'stand-in']])
    expect(of('2028-03-31')).toEqual([
      ['2028-03-24', 1, 'keeper'],
      ['2028-03-31', 2, 'keeper'],
      ['2028-04-01', 3, 'keeper', 'stand-in'],
    ])
    expect(of('2028-04-28').map(([on, stage]) => [on, stage])).toEqual([
      ['2028-04-21', 1],
      ['2028-04-28', 2],
      ['2028-04-29', 3],
    ])
    expect(of('2028-05-31')).toEqual([
      ['2028-05-24', 1, 'keeper'],
      ['2028-05-31', 2, 'keeper'],
      ['2028-06-01', 3, 'keeper', 'stand-in'],
      ['2028-06-06', 4, 'keeper', 'stand-in', 'head'],
    ])
    // Both are away: the tenant's owner is asked from the due day on.
    expect(of('2028-06-30')).toEqual([
      ['2028-06-23', 1, 'keeper'],
      ['2028-06-30', 2, 'head'],
      ['2028-07-01', 3, 'head'],
      ['2028-07-06', 4, 'head'],
    ])
    const stages = told.filter(({ due }) => due <= '2028-12-31').map(({ due, stage }) => `${due} ${stage}`)
    expect(new Set(stages).size).toBe(stages.length)
  })

  it('lets sign off who is asked, and the owner of the duty also while away', () => {
    const duty = aDuty('keys', { kind: 'last-working-day' })
    const on = (day: string) => ({ members, absent: absentOn(absences, day) })
    const may = (who: string, day: string, stage: 'usual' | 'overdue' | 'missed') => maySign(duty, who, on(day), stage)
    expect([may('keeper', '2028-02-29', 'usual'), may('stand-in', '2028-02-29', 'usual')]).toEqual([true, true])
    expect([may('stand-in', '2028-04-01', 'usual'), may('stand-in', '2028-04-01', 'overdue')]).toEqual([false, true])
    expect([may('head', '2028-06-05', 'overdue'), may('head', '2028-06-06', 'missed')]).toEqual([false, true])
    expect(may('stranger', '2028-06-06', 'missed')).toBe(false)
  })
})
