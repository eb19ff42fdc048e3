import { describe, expect, it } from 'vitest'
import type { FindingView } from '../api/api.ts'
import { byUrgency, isOverdue } from './finding-view.ts'

const text = { en: 'x', de: 'y' }

function aFinding(finding: Partial<FindingView>): FindingView {
  return {
    key: 'k',
    check: 'tls.protocols',
    title: text,
    remedy: text,
    systemId: 's',
    systemName: 'www.example.com',
    subject: 'www.example.com:443',
    severity: 'medium',
    say: text,
    owner: null,
    due: null,
    openedAt: '2026-11-01T00:00:00Z',
    seenAt: '2026-11-02T00:00:00Z',
    closedAt: null,
    ...finding,
  }
}

describe('byUrgency', () => {
  it('sorts by severity, then due date, then age', () => {
    const findings = [
      aFinding({ key: 'low', severity: 'low' }),
      aFinding({ key: 'undated' }),
      aFinding({ key: 'later', due: '2026-12-24' }),
      aFinding({ key: 'sooner', due: '2026-12-01' }),
      aFinding({ key: 'older', openedAt: '2026-10-01T00:00:00Z' }),
      aFinding({ key: 'high', severity: 'high' }),
    ]
    expect(byUrgency(findings).map(({ key }) => key)).toEqual(['high', 'sooner', 'later', 'older', 'undated', 'low'])
  })
})

describe('isOverdue', () => {
  it.each([
    ['2026-11-21', null, true],
    ['2026-11-22', null, false],
    [null, null, false],
    ['2026-11-01', '2026-11-20T00:00:00Z', false],
  ])('judges due %s, closed %s as %s', (due, closedAt, overdue) => {
    expect(isOverdue(aFinding({ due, closedAt }), '2026-11-22')).toBe(overdue)
  })
})
