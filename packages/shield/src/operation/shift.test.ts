import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber, setDay } from './date.ts'
import { shiftDates } from './shift.ts'

const key = new Uint8Array(32).fill(5)

function shifted(text: string, subject = 'customer 1', days = 180, by = key): string {
  const bytes = Buffer.from(text)
  const out = new Uint8Array(bytes.length * 4 + 64)
  const length = shiftDates(by, { days }).apply(bytes, 0, bytes.length, Buffer.from(subject), out, 0)
  return Buffer.from(out.subarray(0, length)).toString()
}

const day = (iso: string): number => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 86_400_000

describe('a shift of dates', () => {
  it('moves all dates of a subject alike, leap days and turns of years too', () => {
    const by = day(shifted('2024-02-29')) - day('2024-02-29')
    for (const date of ['1999-12-31', '2000-03-01', '1900-02-28', '2024-02-28', '1980-07-15']) {
      expect(day(shifted(date)) - day(date)).toBe(by)
    }
  })

  it('moves by one day to the given number, back or forth, never by nothing, each about as often', () => {
    const counts = new Map<number, number>()
    for (let i = 0; i < 6000; i += 1) {
      const by = day(shifted('2020-06-15', String(i), 3)) - day('2020-06-15')
      counts.set(by, (counts.get(by) ?? 0) + 1)
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-3, -2, -1, 1, 2, 3])
    // 1,000 each; six standard deviations are 173.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(173)
  })

  it('depends on subject and key, however long the subject', () => {
    const long = 'x'.repeat(300)
    const all = [shifted('2020-06-15', long), shifted('2020-06-15', `${long}y`), shifted('2020-06-15', 'y')]
    const other = shifted('2020-06-15', 'y', 180, new Uint8Array(32))
    expect(new Set([...all, other]).size).toBe(4)
    expect(shifted('2020-06-15', long)).toBe(all[0])
  })

  it('tells subjects apart that come in the same buffer', () => {
    const operation = shiftDates(key, { days: 180 })
    const subject = Buffer.from('1')
    const dates = ['1', '2', '1'].map((id) => {
      subject.write(id)
      const out = new Uint8Array(100)
      return Buffer.from(out.subarray(0, operation.apply(Buffer.from('2020-06-15'), 0, 10, subject, out, 0))).toString()
    })
    expect(dates).toEqual(['1', '2', '1'].map((id) => shifted('2020-06-15', id)))
    expect(new Set(dates).size).toBe(2)
  })

  it.each([
    ['1980-02-03', /^\d{4}-\d\d-\d\d$/],
    ['19800203', /^\d{8}$/],
    ['03.02.1980', /^\d\d\.\d\d\.\d{4}$/],
    ['3.2.1980', /^[1-9]\d?\.[1-9]\d?\.\d{4}$/],
    ['03/02/80', /^\d\d\/\d\d\/\d\d$/],
    ['1980/02/03', /^\d{4}\/\d\d\/\d\d$/],
    ['1980-02-03T10:15:00.123Z', /^\d{4}-\d\d-\d\dT10:15:00\.123Z$/],
    ['1980-02-03 10:15:00+02', /^\d{4}-\d\d-\d\d 10:15:00\+02$/],
    ['03.02.1980 9:05 PM', /^\d\d\.\d\d\.\d{4} 9:05 PM$/],
    ['19800203T101500Z', /^\d{8}T101500Z$/],
  ])('keeps the writing of %s', (text, expected) => {
    const made = shifted(text)
    expect(made).toMatch(expected)
    expect(made.slice(0, 8)).not.toBe(text.slice(0, 8))
  })

  it.each(['', 'unknown', '1980-02-30', '1980-02-03 Meier', '1980-02-03T030 1234567', '03.02.1980-x', '1980'])(
    'leaves nothing of %j',
    (text) => {
      expect(shifted(text)).toBe('')
    },
  )

  it('leaves nothing where the year would be read as another', () => {
    const edges = Array.from({ length: 50 }, (_, i) => shifted('31.12.29', String(i), 2))
    expect(edges).toContain('')
    expect(edges.filter((date) => date !== '').every((date) => date.endsWith('29'))).toBe(true)
  })
})

it('counts days as the calendar does', () => {
  fc.assert(
    fc.property(fc.integer({ min: -200_000, max: 2_000_000 }), (number) => {
      const date = { year: 0, month: 0, day: 0 }
      setDay(date, number)
      const iso = new Date(number * 86_400_000)
      expect([date.year, date.month, date.day]).toEqual([iso.getUTCFullYear(), iso.getUTCMonth() + 1, iso.getUTCDate()])
      expect(dayNumber(date)).toBe(number)
    }),
  )
})
