import { describe, expect, it } from 'vitest'
import { cited, clockState, distance, firstClock, fromField, toField } from './incident-view.ts'
import type { ClockView } from './incident-view.ts'

const clock = (more: Partial<ClockView> = {}): ClockView => ({
  recipient: 'authority',
  name: null,
  from: '2026-11-09T09:20:00.000Z',
  strict: '2026-11-12T09:20:00.000Z',
  outer: '2026-11-12T10:00:00.000Z',
  outerRule: 'hour-not-counted',
  source: 'Art. 33(1) GDPR',
  toldAt: null,
  ...more,
})
const at = (text: string) => Date.parse(text)

describe('a clock on the page', () => {
  it('runs, comes near its end, is over, and is past in every reading', () => {
    expect(clockState(clock(), at('2026-11-10T09:20:00Z'))).toBe('running')
    expect(clockState(clock(), at('2026-11-12T03:20:00Z'))).toBe('soon')
    expect(clockState(clock(), at('2026-11-12T09:20:00Z'))).toBe('soon')
    expect(clockState(clock(), at('2026-11-12T09:20:01Z'))).toBe('over')
    expect(clockState(clock(), at('2026-11-12T10:00:01Z'))).toBe('past')
    expect(clockState(clock({ outer: null }), at('2026-11-12T09:20:01Z'))).toBe('past')
  })

  it('stands once it was told, and has no end where no number is', () => {
    expect(clockState(clock({ toldAt: '2026-11-10T00:00:00.000Z' }), at('2027-01-01T00:00:00Z'))).toBe('told')
    expect(clockState(clock({ strict: null }), at('2027-01-01T00:00:00Z'))).toBe('open')
  })

  it('says how far away an end is, to the minute', () => {
    expect(distance('2026-11-12T09:20:00.000Z', at('2026-11-10T08:05:30Z'))).toEqual({ hours: 49, minutes: 14 })
    expect(distance('2026-11-12T09:20:00.000Z', at('2026-11-12T10:25:00Z'))).toEqual({ hours: 1, minutes: 5 })
  })

  it('is the one that ends first', () => {
    const late = clock({ strict: '2026-11-13T09:20:00.000Z' })
    expect(firstClock([late, clock(), clock({ strict: null })])?.strict).toBe(clock().strict)
    expect(firstClock([clock({ toldAt: '2026-11-10T00:00:00.000Z' })])).toBeUndefined()
  })

  it('is set by a field in the time of the computer, and back', () => {
    expect(fromField(toField('2026-11-12T09:20:00.000Z'))).toBe('2026-11-12T09:20:00.000Z')
    expect([fromField(''), fromField('x'), toField(null)]).toEqual([null, null, ''])
  })

  it('names its law as it is cited in each language', () => {
    expect(cited('Art. 33(1) GDPR', 'en')).toBe('Art. 33(1) GDPR')
    expect(cited('Art. 33(1) GDPR', 'de')).toBe('Art. 33 Abs. 1 DSGVO')
    expect(cited('13(2)(d)', 'de')).toBe('13 Abs. 2 lit. d')
    expect(cited('Art. 24(1) DSG', 'de')).toBe('Art. 24 Abs. 1 DSG')
  })
})
