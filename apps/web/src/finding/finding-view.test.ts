import { describe, expect, it } from 'vitest'
import type { CommentView, FindingView, HistoryEvent } from '../api/api.ts'
import { byUrgency, inTime, isOverdue, spanOfException } from './finding-view.ts'

const text = { en: 'x', de: 'y' }

function aFinding(finding: Partial<FindingView>): FindingView {
  return {
    key: 'k',
    state: 'open',
    check: 'tls.protocols',
    title: text,
    remedy: text,
    systemId: 's',
    systemName: 'www.example.com',
    subject: 'www.example.com:443',
    severity: 'medium',
    say: text,
    hints: [],
    owner: null,
    due: null,
    openedAt: '2026-11-01T00:00:00Z',
    seenAt: '2026-11-02T00:00:00Z',
    closedAt: null,
    exception: null,
    comments: 0,
    ...finding,
  }
}

describe('byUrgency', () => {
  it('sorts by severity, then due date, then age', () => {
    const findings = [
      aFinding({ key: 'suspected', severity: 'critical', state: 'suspected' }),
      aFinding({ key: 'low', severity: 'low' }),
      aFinding({ key: 'undated' }),
      aFinding({ key: 'later', due: '2026-12-24' }),
      aFinding({ key: 'sooner', due: '2026-12-01' }),
      aFinding({ key: 'older', openedAt: '2026-10-01T00:00:00Z' }),
      aFinding({ key: 'high', severity: 'high' }),
    ]
    expect(byUrgency(findings).map(({ key }) => key)).toEqual([
      'high',
      'sooner',
      'later',
      'older',
      'undated',
      'low',
      'suspected',
    ])
  })
})

describe('isOverdue', () => {
  it.each([
    ['2026-11-21', 'open', true],
    ['2026-11-22', 'open', false],
    [null, 'open', false],
    ['2026-11-01', 'closed', false],
    ['2026-11-01', 'excepted', false],
  ] as const)('judges due %s, %s, as %s', (due, state, overdue) => {
    expect(isOverdue(aFinding({ due, state }), '2026-11-22')).toBe(overdue)
  })
})

describe('spanOfException', () => {
  it.each([
    ['2026-11-22T23:59:59Z', '2026-11-22', '2027-02-22', '2027-11-22'],
    ['2026-11-30T00:00:00Z', '2026-11-30', '2027-02-28', '2027-11-30'],
    ['2028-02-29T12:00:00Z', '2028-02-29', '2028-05-29', '2029-02-28'],
  ])('offers from %s on the days %s, %s and %s', (now, first, usual, latest) => {
    expect(spanOfException(new Date(now))).toEqual({ first, usual, latest })
  })
})

describe('inTime', () => {
  it('tells events and comments as one story, the newest first', () => {
    const event = (index: number, at: string): HistoryEvent => ({
      index,
      at,
      type: 'finding.opened',
      code: 'high',
      subject: { kind: 'finding', id: 'f', name: null },
      who: { kind: 'system', accountId: null, name: null },
      before: null,
      after: null,
      reason: null,
    })
    const comment: CommentView = { commentId: 'c', at: '2026-11-02T00:00:00Z', name: 'x', isOwn: false, text: 'y' }
    const story = inTime([event(9, '2026-11-03T00:00:00Z'), event(1, '2026-11-01T00:00:00Z')], [comment])
    expect(story.map(({ kind }) => kind)).toEqual(['event', 'comment', 'event'])
  })
})
