import { describe, expect, it } from 'vitest'
import { deadlinesOf } from './cra.ts'
import type { Timed } from './cra.ts'

const zone = 'Europe/Berlin'
const clock = (aware: string, more: Partial<Timed> = {}): Timed => ({
  clock: 'exploited',
  aware_at: new Date(aware),
  warned_at: null,
  notified_at: null,
  remedy_at: null,
  final_at: null,
  ...more,
})
const told = (timed: Timed) =>
  deadlinesOf(timed, zone).map(({ stage, dueAt, outerAt }) => [stage, dueAt?.toISOString(), outerAt?.toISOString()])

describe('the clock of the Cyber Resilience Act', () => {
  it.each([
    ['through a weekend', '2026-11-20T16:30:00.000Z', '2026-11-21T16:30:00.000Z', '2026-11-23T16:30:00.000Z'],
    [
      'through the end of summer time',
      '2026-10-24T10:15:00.000Z',
      '2026-10-25T10:15:00.000Z',
      '2026-10-27T10:15:00.000Z',
    ],
    [
      'through the beginning of summer time',
      '2027-03-27T22:00:00.000Z',
      '2027-03-28T22:00:00.000Z',
      '2027-03-30T22:00:00.000Z',
    ],
    ['through a leap day', '2028-02-28T08:00:00.000Z', '2028-02-29T08:00:00.000Z', '2028-03-02T08:00:00.000Z'],
  ])('counts hours as they are, %s', (_, aware, warning, notification) => {
    expect(told(clock(aware)).slice(0, 2)).toEqual([
      ['warning', warning, warning],
      ['notification', notification, notification],
    ])
  })

  it.each([
    // Until the end of the day, where the tenant is.
    ['on a working day', '2026-11-10T09:00:00.000Z', '2026-11-24T23:00:00.000Z', '2026-11-24T23:00:00.000Z'],
    ['on a Saturday', '2026-11-14T09:00:00.000Z', '2026-11-28T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
    ['on a Sunday', '2026-11-15T09:00:00.000Z', '2026-11-29T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
    [
      'late in the evening, the next day at home',
      '2026-11-09T23:30:00.000Z',
      '2026-11-24T23:00:00.000Z',
      '2026-11-24T23:00:00.000Z',
    ],
  ])('gives fourteen days after a remedy, ending %s', (_, remedy, due, outer) => {
    const timed = clock('2026-11-01T08:00:00.000Z', { remedy_at: new Date(remedy) })
    expect(told(timed)[2]).toEqual(['final', due, outer])
  })

  it.each([
    ['a month', '2026-11-04T12:00:00.000Z', '2026-12-04T23:00:00.000Z'],
    ['to the last day of a shorter month', '2027-01-31T12:00:00.000Z', '2027-02-28T23:00:00.000Z'],
  ])('gives %s after the notification of a severe incident', (_, notified, due) => {
    const timed = clock('2026-10-30T08:00:00.000Z', { clock: 'severe-incident', notified_at: new Date(notified) })
    expect(told(timed)[2]?.[1]).toBe(due)
  })

  it('cannot say when the last report is due before there is a remedy', () => {
    expect(told(clock('2026-11-01T08:00:00.000Z'))[2]).toEqual(['final', undefined, undefined])
  })

  it('asks for nothing before 11 September 2026, by the day at home', () => {
    expect(told(clock('2026-09-10T21:59:00.000Z'))).toEqual([])
    expect(told(clock('2026-09-10T22:00:00.000Z'))).toHaveLength(3)
  })
})
