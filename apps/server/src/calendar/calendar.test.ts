import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addTo,
  dayAt,
  daysBetween,
  dueBetween,
  endOf,
  isDay,
  isTimeZone,
  nextDue,
  rhythmOf,
  startOf,
} from './calendar.ts'
import type { Rhythm } from './calendar.ts'

const every = (duration: string, from: string): Rhythm => ({ kind: 'every', duration, from })

describe('due days by hand', () => {
  test.each<[string, Rhythm, string, readonly string[]]>([
    [
      '29 February comes back in leap years',
      every('P1Y', '2024-02-29'),
      '2024-02-28',
      ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'],
    ],
    [
      'the 31st is not lost in a short month',
      every('P1M', '2026-01-31'),
      '2026-01-30',
      ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'],
    ],
    [
      'each six months over the end of August',
      every('P6M', '2026-08-31'),
      '2026-08-31',
      ['2027-02-28', '2027-08-31', '2028-02-29', '2028-08-31'],
    ],
    [
      'each week over the change of the clocks',
      every('P1W', '2026-03-23'),
      '2026-03-22',
      ['2026-03-23', '2026-03-30', '2026-04-06'],
    ],
    ['every January, until its end', { kind: 'month', month: 1 }, '2026-01-31', ['2027-01-31', '2028-01-31']],
    ['every February', { kind: 'month', month: 2 }, '2026-12-01', ['2027-02-28', '2028-02-29']],
    [
      'each quarter',
      { kind: 'quarter' },
      '2026-03-30',
      ['2026-03-31', '2026-06-30', '2026-09-30', '2026-12-31', '2027-03-31'],
    ],
    [
      'the last working day: Saturday, Sunday and a weekday',
      { kind: 'last-working-day' },
      '2026-01-29',
      ['2026-01-30', '2026-02-27', '2026-03-31', '2026-04-30', '2026-05-29'],
    ],
    ['once', { kind: 'once', on: '2026-05-04' }, '2026-05-03', ['2026-05-04']],
    ['once, and over', { kind: 'once', on: '2026-05-04' }, '2026-05-04', []],
    ['with each release: not by the calendar', { kind: 'release', days: 7 }, '2026-05-04', []],
  ])('%s', (_, rhythm, after, days) => {
    expect(dueBetween(rhythm, after, '2040-01-01', Math.max(1, days.length))).toEqual(days)
  })

  test('a century is not a leap year, four of them are', () => {
    expect(addTo('2096-02-29', 'P4Y')).toBe('2100-02-28')
    expect(addTo('1996-02-29', 'P4Y')).toBe('2000-02-29')
  })
})

describe('over fifty years', () => {
  const day = fc.integer({ min: 0, max: 18_262 }).map((days) => addDays('2000-01-01', days))
  const rhythm = fc.oneof(
    fc.record({
      kind: fc.constant('every' as const),
      duration: fc.constantFrom('P1D', 'P2W', 'P1M', 'P2M', 'P3M', 'P6M', 'P1Y', 'P2Y', 'P1Y6M', 'P90D', 'P1M1D'),
      from: day,
    }),
    fc.record({ kind: fc.constant('month' as const), month: fc.integer({ min: 1, max: 12 }) }),
    fc.constant<Rhythm>({ kind: 'quarter' }),
    fc.constant<Rhythm>({ kind: 'last-working-day' }),
  )

  test('the next due day is after the given one, and nothing is due in between', () => {
    fc.assert(
      fc.property(rhythm, day, fc.integer({ min: 0, max: 800 }), (one, after, ahead) => {
        const next = nextDue(one, after)
        expect(next !== null && next > after && isDay(next)).toBe(true)
        // Asked from any day before it, the answer is the same: so no day can be left out, or come twice.
        const between = addDays(after, ahead)
        if (next !== null && between < next) expect(nextDue(one, between)).toBe(next)
      }),
      { numRuns: 2_000 },
    )
  })

  test('steps are those counted from the first day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('P1M', 'P6M', 'P1Y', 'P2W', 'P1M1D'),
        day,
        fc.integer({ min: 1, max: 60 }),
        (duration, from, count) => {
          const steps = Array.from({ length: count }, (_, n) => addTo(from, duration, n))
          expect(dueBetween(every(duration, from), addDays(from, -1), addTo(from, duration, count - 1))).toEqual(steps)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('a quarter comes four times a year, a last working day twelve times and never on a weekend', () => {
    expect(dueBetween({ kind: 'quarter' }, '1999-12-31', '2049-12-31')).toHaveLength(200)
    const working = dueBetween({ kind: 'last-working-day' }, '1999-12-31', '2049-12-31')
    expect(working).toHaveLength(600)
    expect(working.filter((one) => [0, 6].includes(new Date(`${one}T12:00:00Z`).getUTCDay()))).toEqual([])
    expect(new Set(working.map((one) => one.slice(0, 7))).size).toBe(600)
  })
})

describe('days and instants', () => {
  test.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', 23],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', 25],
    ['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00.000Z', 24],
    // Midnight does not exist on this day: the clocks go from 23:59:59 to 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', 23],
    // Half an hour.
    ['2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00:00.000Z', 24.5],
    ['2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z', 24],
    ['2026-01-01', 'UTC', '2026-01-01T00:00:00.000Z', 24],
  ])('%s in %s begins at %s and has %d hours', (day, zone, start, hours) => {
    expect(startOf(day, zone).toISOString()).toBe(start)
    expect((endOf(day, zone).getTime() - startOf(day, zone).getTime()) / 3_600_000).toBe(hours)
  })

  test('an instant lies in the day that begins before and ends after it', () => {
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC')
    fc.assert(
      fc.property(fc.integer({ min: 1_700_000_000, max: 3_200_000_000 }), zone, (seconds, name) => {
        const instant = new Date(seconds * 1_000)
        const day = dayAt(instant, name)
        expect(startOf(day, name) <= instant && instant < endOf(day, name)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('what is no day, no zone or no cadence is known as such', () => {
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '', '2026-04-31'].filter(isDay)).toEqual([])
    expect(['Europe/Berlin', 'UTC', 'Etc/GMT+3'].filter((name) => !isTimeZone(name))).toEqual([])
    expect(['Mars/Base', '', '../etc', 'Europe/Berlin\n'].filter(isTimeZone)).toEqual([])
    expect(['PT1H', 'P', 'P0D', 'weekly', 'P1Y2', 'P-1D'].filter((one) => rhythmOf(one, '2026-01-01'))).toEqual([])
    expect(rhythmOf('P6M', '2026-01-31')).toEqual(every('P6M', '2026-01-31'))
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
  })
})

describe('the same day some months later', () => {
  test.each([
    ['2026-11-22', 12, '2027-11-22'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-12-31', 0, '2026-12-31'],
    ['2027-01-31', -2, '2026-11-30'],
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected)
  })
})
