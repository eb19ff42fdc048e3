import { describe, expect, it } from 'vitest'
import { authorityClock, controllerClock, reminders } from './clock.ts'
import { easterOf, isWorkingDay } from './holiday.ts'
import { lawOf } from './law.ts'

/**
 * Checked by hand with a calendar, not by the code. Each row: where, aware of it, the strict limit, the outer limit, the rule
 * of the outer limit. Instants with the offset that the clocks of the place show; a letter for the rule: h the hour of the
 * event is not counted, w two working days.
 *
 * How a row was checked: strict is 72 hours on; the period begins with the next full hour and ends 72 hours later; then the
 * shares of working days in it are added up, and where they are less than two the end moves on.
 */
const cases: readonly (readonly [
  zone: string,
  country: string,
  aware: string,
  strict: string,
  outer: string,
  rule: string,
])[] = [
  // Any week, winter time: Monday to Sunday.
  ['Europe/Berlin', 'DE', '2026-11-09T10:20+01:00', '2026-11-12T10:20+01:00', '2026-11-12T11:00+01:00', 'h'],
  ['Europe/Berlin', 'DE', '2026-11-10T10:20+01:00', '2026-11-13T10:20+01:00', '2026-11-13T11:00+01:00', 'h'],
  ['Europe/Berlin', 'DE', '2026-11-11T10:20+01:00', '2026-11-14T10:20+01:00', '2026-11-14T11:00+01:00', 'h'],
  ['Europe/Berlin', 'DE', '2026-11-12T10:20+01:00', '2026-11-15T10:20+01:00', '2026-11-16T11:00+01:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-11-13T10:20+01:00', '2026-11-16T10:20+01:00', '2026-11-17T11:00+01:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-11-14T10:20+01:00', '2026-11-17T10:20+01:00', '2026-11-18T00:00+01:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-11-15T10:20+01:00', '2026-11-18T10:20+01:00', '2026-11-18T11:00+01:00', 'h'],
  // The hour of the event: its first and its last minute, and the next one.
  ['Europe/Berlin', 'DE', '2026-11-09T10:00+01:00', '2026-11-12T10:00+01:00', '2026-11-12T11:00+01:00', 'h'],
  ['Europe/Berlin', 'DE', '2026-11-09T10:59+01:00', '2026-11-12T10:59+01:00', '2026-11-12T11:00+01:00', 'h'],
  ['Europe/Berlin', 'DE', '2026-11-09T11:00+01:00', '2026-11-12T11:00+01:00', '2026-11-12T12:00+01:00', 'h'],
  // Around midnight, at the edges of the week.
  ['Europe/Berlin', 'DE', '2026-11-13T23:59+01:00', '2026-11-16T23:59+01:00', '2026-11-18T00:00+01:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-11-12T23:30+01:00', '2026-11-15T23:30+01:00', '2026-11-17T00:00+01:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-11-15T23:59+01:00', '2026-11-18T23:59+01:00', '2026-11-19T00:00+01:00', 'h'],
  ['Europe/Berlin', 'DE', '2026-11-16T00:00+01:00', '2026-11-19T00:00+01:00', '2026-11-19T01:00+01:00', 'h'],
  // Friday at four in the afternoon: the example that lawyers argue about.
  ['Europe/Berlin', 'DE', '2026-11-13T15:59+01:00', '2026-11-16T15:59+01:00', '2026-11-17T16:00+01:00', 'w'],
  // Clocks go forward in the night to 29 March 2026: 72 hours end an hour later by the clock.
  ['Europe/Berlin', 'DE', '2026-03-26T10:20+01:00', '2026-03-29T11:20+02:00', '2026-03-30T11:00+02:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-03-27T10:20+01:00', '2026-03-30T11:20+02:00', '2026-03-31T11:00+02:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-03-28T10:20+01:00', '2026-03-31T11:20+02:00', '2026-04-01T00:00+02:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-03-29T01:30+01:00', '2026-04-01T02:30+02:00', '2026-04-01T03:00+02:00', 'h'],
  ['Europe/Berlin', 'DE', '2026-03-29T03:10+02:00', '2026-04-01T03:10+02:00', '2026-04-01T04:00+02:00', 'h'],
  // Clocks go back in the night to 25 October 2026: 02:30 comes twice, and 72 hours end an hour earlier by the clock.
  ['Europe/Berlin', 'DE', '2026-10-23T10:20+02:00', '2026-10-26T09:20+01:00', '2026-10-27T11:00+01:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-10-24T10:20+02:00', '2026-10-27T09:20+01:00', '2026-10-28T00:00+01:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-10-25T02:30+02:00', '2026-10-28T01:30+01:00', '2026-10-28T02:00+01:00', 'h'],
  ['Europe/Berlin', 'DE', '2026-10-25T02:30+01:00', '2026-10-28T02:30+01:00', '2026-10-28T03:00+01:00', 'h'],
  ['Europe/Berlin', 'DE', '2026-10-22T10:20+02:00', '2026-10-25T09:20+01:00', '2026-10-26T11:00+01:00', 'w'],
  // Easter 2026 in Germany: Good Friday 3 April, Easter Monday 6 April.
  ['Europe/Berlin', 'DE', '2026-04-01T10:20+02:00', '2026-04-04T10:20+02:00', '2026-04-07T11:00+02:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-04-02T10:20+02:00', '2026-04-05T10:20+02:00', '2026-04-08T11:00+02:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-04-03T10:20+02:00', '2026-04-06T10:20+02:00', '2026-04-09T00:00+02:00', 'w'],
  // The same days in Austria, where Good Friday is a working day, and in France.
  ['Europe/Vienna', 'AT', '2026-04-02T10:20+02:00', '2026-04-05T10:20+02:00', '2026-04-07T11:00+02:00', 'w'],
  ['Europe/Vienna', 'AT', '2026-04-03T10:20+02:00', '2026-04-06T10:20+02:00', '2026-04-08T11:00+02:00', 'w'],
  ['Europe/Paris', 'FR', '2026-04-02T10:20+02:00', '2026-04-05T10:20+02:00', '2026-04-07T11:00+02:00', 'w'],
  // Ascension (14 May 2026), Whit Monday (25 May 2026), Corpus Christi (4 June 2026: in Austria only).
  ['Europe/Berlin', 'DE', '2026-05-13T10:20+02:00', '2026-05-16T10:20+02:00', '2026-05-18T11:00+02:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-05-22T16:30+02:00', '2026-05-25T16:30+02:00', '2026-05-27T17:00+02:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-06-03T10:20+02:00', '2026-06-06T10:20+02:00', '2026-06-06T11:00+02:00', 'h'],
  ['Europe/Vienna', 'AT', '2026-06-03T10:20+02:00', '2026-06-06T10:20+02:00', '2026-06-08T11:00+02:00', 'w'],
  // Christmas and the turn of the year.
  ['Europe/Berlin', 'DE', '2026-12-23T12:17+01:00', '2026-12-26T12:17+01:00', '2026-12-28T13:00+01:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-12-24T18:05+01:00', '2026-12-27T18:05+01:00', '2026-12-29T19:00+01:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-12-31T09:00+01:00', '2027-01-03T09:00+01:00', '2027-01-05T10:00+01:00', 'w'],
  ['Europe/Berlin', 'DE', '2020-12-22T12:17+01:00', '2020-12-25T12:17+01:00', '2020-12-25T13:00+01:00', 'h'],
  // 3 October is a Saturday in 2026 and a Monday in 2022; 1 May a Friday in 2026.
  ['Europe/Berlin', 'DE', '2022-09-30T10:20+02:00', '2022-10-03T10:20+02:00', '2022-10-05T11:00+02:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-10-02T10:20+02:00', '2026-10-05T10:20+02:00', '2026-10-06T11:00+02:00', 'w'],
  ['Europe/Berlin', 'DE', '2026-04-30T10:20+02:00', '2026-05-03T10:20+02:00', '2026-05-05T11:00+02:00', 'w'],
  // A leap day, a Thursday.
  ['Europe/Berlin', 'DE', '2024-02-27T10:20+01:00', '2024-03-01T10:20+01:00', '2024-03-01T11:00+01:00', 'h'],
  ['Europe/Berlin', 'DE', '2024-02-29T10:20+01:00', '2024-03-03T10:20+01:00', '2024-03-04T11:00+01:00', 'w'],
  // A state whose holidays nobody entered: weekends only (15 August 2025, a Friday, is a holiday in Poland).
  ['Europe/Warsaw', 'PL', '2025-08-14T10:20+02:00', '2025-08-17T10:20+02:00', '2025-08-18T11:00+02:00', 'w'],
  // Clocks of other places: the tenant is in Lisbon, Helsinki, the Azores, or at half an hour.
  ['Europe/Lisbon', 'PT', '2026-03-27T10:20+00:00', '2026-03-30T11:20+01:00', '2026-03-31T11:00+01:00', 'w'],
  ['Europe/Helsinki', 'FI', '2026-10-23T10:20+03:00', '2026-10-26T09:20+02:00', '2026-10-27T11:00+02:00', 'w'],
  ['Atlantic/Azores', 'PT', '2026-11-09T10:20-01:00', '2026-11-12T10:20-01:00', '2026-11-12T11:00-01:00', 'h'],
  ['Asia/Kolkata', 'DE', '2026-11-09T10:20+05:30', '2026-11-12T10:20+05:30', '2026-11-12T11:00+05:30', 'h'],
]

const rules = { h: 'hour-not-counted', w: 'two-working-days' } as Readonly<Record<string, string>>

describe('the clock of 72 hours', () => {
  it.each(cases)(
    'in %s (%s), aware at %s: strict %s, outer %s (%s)',
    (timeZone, country, aware, strict, outer, rule) => {
      const law = lawOf(country, aware.slice(0, 10))
      if (!law) throw new Error('no law')
      const clock = authorityClock(law, new Date(aware), { timeZone, country })
      expect(clock.strict).toEqual({ at: new Date(strict), rule: 'hours' })
      expect(clock.outer).toEqual({ at: new Date(outer), rule: rules[rule] })
    },
  )

  it('is never shorter outside than inside, at any hour of a year', () => {
    const law = lawOf('DE', '2026-01-01')
    if (!law) throw new Error('no law')
    for (let hour = 0; hour < 8_760; hour += 31) {
      const from = new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000 + 20 * 60_000)
      const { strict, outer } = authorityClock(law, from, { timeZone: 'Europe/Berlin', country: 'DE' })
      expect((strict?.at.getTime() ?? 0) - from.getTime()).toBe(72 * 3_600_000)
      expect(outer?.at.getTime()).toBeGreaterThan(strict?.at.getTime() ?? 0)
    }
  })
})

describe('other clocks', () => {
  const from = new Date('2026-11-13T15:59:00.000Z')
  const place = { timeZone: 'Europe/Zurich', country: 'CH' }

  it('has no number in Switzerland, only as soon as possible', () => {
    const law = lawOf('CH', '2026-11-13')
    expect(law?.threshold).toBe('high')
    expect(law && authorityClock(law, from, place)).toEqual({ from, strict: null, outer: null })
    expect(lawOf('CH', '2023-08-31')).toBeUndefined()
  })

  it('has 72 hours and no outer limit in the United Kingdom and the EEA', () => {
    for (const country of ['GB', 'NO', 'IS', 'LI']) {
      const law = lawOf(country, '2026-11-13')
      const clock = law && authorityClock(law, from, { ...place, country })
      expect(clock?.strict?.at.toISOString()).toBe('2026-11-16T15:59:00.000Z')
      expect(clock?.outer).toBeNull()
    }
    expect(lawOf('GB', '2020-12-31')).toBeUndefined()
    expect(lawOf('US', '2026-11-13')).toBeUndefined()
  })

  it('counts the hours of a contract as they are, over every weekend', () => {
    expect(controllerClock(24, from).strict?.at.toISOString()).toBe('2026-11-14T15:59:00.000Z')
    expect(controllerClock(1, from).strict?.at.toISOString()).toBe('2026-11-13T16:59:00.000Z')
    expect(controllerClock(null, from).strict).toBeNull()
  })
})

describe('reminders', () => {
  const from = new Date('2026-11-13T15:59:00.000Z')
  const hours = (clock: Parameters<typeof reminders>[0]) =>
    reminders(clock).map(({ code, at }) => [code, (at.getTime() - from.getTime()) / 3_600_000])

  it('come after 24, 60 and 71 hours, at the end, and at the outer limit', () => {
    const law = lawOf('DE', '2026-11-13')
    if (!law) throw new Error('no law')
    expect(hours(authorityClock(law, from, { timeZone: 'UTC', country: 'DE' }))).toEqual([
      ['after-24', 24],
      ['after-60', 60],
      ['last-hour', 71],
      ['due', 72],
      ['outer', 96 + 1 / 60],
    ])
  })

  it('fit a short contract, and one without a number', () => {
    expect(hours(controllerClock(24, from))).toEqual([
      ['half', 12],
      ['last-hour', 23],
      ['due', 24],
    ])
    expect(hours(controllerClock(1, from))).toEqual([
      ['half', 0.5],
      ['due', 1],
    ])
    expect(hours(controllerClock(null, from))).toEqual([
      ['after-24', 24],
      ['after-48', 48],
      ['after-72', 72],
    ])
  })
})

describe('working days', () => {
  it('knows Easter', () => {
    // Of the table of the United States Naval Observatory; 2038 is the latest there is.
    expect([2018, 2019, 2024, 2025, 2026, 2027, 2038].map(easterOf)).toEqual([
      '2018-04-01',
      '2019-04-21',
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2027-03-28',
      '2038-04-25',
    ])
  })

  it('counts no holiday of a single Land, and none of a state without a list', () => {
    expect(isWorkingDay('2026-06-04', 'DE')).toBe(true)
    expect(isWorkingDay('2026-06-04', 'AT')).toBe(false)
    expect(isWorkingDay('2025-08-15', 'PL')).toBe(true)
    expect(isWorkingDay('2026-11-14', 'PL')).toBe(false)
  })
})
