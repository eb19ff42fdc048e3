import { describe, expect, it } from 'vitest'
import { dueOf, latestEnd, nearException, reminderOf, stateOf, stepOf } from './finding.ts'
import type { Declared, Step, Times } from './finding.ts'

const at = new Date('2026-11-22T12:00:00Z')
const times = (more: Partial<Times>): Times => ({ opened_at: null, suspected_at: null, closed_at: null, ...more })
const suspected = times({ suspected_at: at })
const open = times({ opened_at: at })
const closed = times({ opened_at: at, closed_at: at })
const back = times({ opened_at: at, closed_at: at, suspected_at: at })
const dismissed = times({ closed_at: at })

describe('what one look does to a finding', () => {
  const fails = { fails: true, judged: true, judgedBefore: true }
  const passes = { fails: false, judged: true, judgedBefore: true }
  const blind = { fails: false, judged: false, judgedBefore: true }
  const table: [string, Times | undefined, typeof fails, Step][] = [
    ['the very first look fails', undefined, { ...fails, judgedBefore: false }, 'open'],
    ['a fail after looks that saw nothing wrong', undefined, fails, 'suspect'],
    ['nothing was wrong, and nothing is', undefined, passes, 'leave'],
    ['a second look says the same', suspected, fails, 'open'],
    ['a second look says something else', suspected, passes, 'dismiss'],
    ['a second look that could not look', suspected, blind, 'leave'],
    ['it still fails', open, fails, 'see'],
    ['it is mended', open, passes, 'close'],
    ['nobody could look', open, blind, 'leave'],
    ['it comes back', closed, fails, 'suspect'],
    ['it comes back where no check judged before', closed, { ...fails, judgedBefore: false }, 'suspect'],
    ['it stays mended', closed, passes, 'leave'],
    ['it came back, and a second look says the same', back, fails, 'reopen'],
    ['it seemed to come back', back, passes, 'dismiss'],
    ['what was dismissed once fails again', dismissed, fails, 'suspect'],
  ]
  it.each(table)('%s', (_, finding, look, expected) => expect(stepOf(finding, look)).toBe(expected))
})

describe('how a finding stands', () => {
  it.each([
    [suspected, 'suspected'],
    [open, 'open'],
    [closed, 'closed'],
    [back, 'suspected'],
    [dismissed, 'closed'],
  ] as const)('%o is %s, and excepted as long as an exception holds', (finding, state) => {
    expect(stateOf(finding, false)).toBe(state)
    expect(stateOf(finding, true)).toBe('excepted')
  })
})

describe('days', () => {
  it('a finding is due the sooner the graver it is', () => {
    expect((['critical', 'high', 'medium', 'low'] as const).map((severity) => dueOf(severity, at))).toEqual([
      '2026-11-29',
      '2026-12-22',
      '2027-02-20',
      '2027-05-21',
    ])
  })

  it.each([
    ['2026-11-22T23:59:59Z', '2027-11-22'],
    ['2028-02-29T00:00:00Z', '2029-02-28'],
  ])('an exception declared at %s ends on %s at the latest', (now, latest) =>
    expect(latestEnd(new Date(now))).toBe(latest),
  )
})

describe('the reminder of an exception', () => {
  it.each([
    ['too early', '2027-01-31', null, '2026-11-01', null],
    ['fourteen days before', '2026-12-06', null, '2026-11-01', 'soon'],
    ['thirteen days before, nobody looked the day before', '2026-12-05', null, '2026-11-01', 'soon'],
    ['told already', '2026-12-05', '2026-11-21', '2026-11-01', null],
    ['declared for no longer than that', '2026-12-06', null, '2026-11-22', null],
    ['declared yesterday for thirteen days', '2026-12-04', null, '2026-11-21', null],
    ['on the last day', '2026-11-22', '2026-11-08', '2026-11-01', 'today'],
    ['on the last day of a short one', '2026-11-22', null, '2026-11-20', 'today'],
    ['on the last day, told today', '2026-11-22', '2026-11-22', '2026-11-01', null],
    ['declared for today only', '2026-11-22', null, '2026-11-22', null],
    ['over', '2026-11-21', null, '2026-11-01', null],
  ] as const)('%s', (_, until, reminded_on, declared, expected) => {
    const exception = { until, reminded_on, declared_at: new Date(`${declared}T09:00:00Z`) }
    expect(reminderOf(exception, at)).toBe(expected)
  })
})

describe('the exception that nearly covers a finding', () => {
  const finding = { check_id: 'tls.protocols', system_id: 'a', subject: '1.1' }
  const declared = (more: Partial<Declared>): Declared => ({
    checkId: 'tls.protocols',
    systemId: 'a',
    systemName: 'www.example.com',
    subject: '1.0',
    until: '2027-01-31',
    ...more,
  })

  it('is one for another subject of the same check and system, said in both languages', () => {
    const near = nearException(finding, [declared({})])
    expect(near?.en).toContain('an exception until 31 Jan 2027 is for “1.0” on www.example.com')
    expect(near?.de).toContain('Eine Ausnahme bis 31.01.2027 gilt für „1.0“ auf www.example.com')
  })

  it('is one for the same subject of another system, but less near', () => {
    const elsewhere = declared({ systemId: 'b', systemName: 'mail.example.com', subject: '1.1' })
    expect(nearException(finding, [elsewhere])?.en).toContain('mail.example.com')
    expect(nearException(finding, [elsewhere, declared({})])?.en).toContain('www.example.com')
  })

  it.each([
    ['of another check', { checkId: 'tls.certificate' }],
    ['for another subject of another system', { systemId: 'b' }],
  ])('is none %s', (_, more) => expect(nearException(finding, [declared(more)])).toBeNull())
})
