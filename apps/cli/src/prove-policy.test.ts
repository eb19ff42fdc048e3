import type { Outcome, ProveResult, Severity } from '@art32/probes'
import { describe, expect, it } from 'vitest'
import { verdictOf, type ProvePolicy } from './prove-policy.ts'

const outcome = (state: Outcome['state'], severity: Severity = 'medium', subject = '*'): Outcome => ({
  check: 'tls.protocols',
  version: 1,
  severity,
  system: 'tls:example.com:443',
  subject,
  key: `tls.protocols/${subject}`,
  state,
  because: [],
  say: { en: '', de: '', key: 'x', params: {} },
  parameters: {},
  at: '2026-01-01T00:00:00Z',
  freshUntil: '2026-01-02T00:00:00Z',
})

const resultOf = (...outcomes: Outcome[]): ProveResult => ({
  schema: 'art32.prove/1',
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: '2026-01-01T00:00:01Z',
  counts: { pass: 0, fail: 0, info: 0, 'not-evaluated': 0, 'not-applicable': 0, stale: 0 },
  targets: [
    {
      system: 'tls:example.com:443',
      connector: 'tls',
      reading: { read: 'ok', complete: true, facts: {}, at: '2026-01-01T00:00:00Z', source: 'tls' },
      checks: [{ check: 'tls.protocols', state: 'pass', outcomes }],
      attempts: 1,
      tookMs: 1,
      requests: [],
    },
  ],
})

const judge = (result: ProveResult, policy: Partial<ProvePolicy> = {}) =>
  verdictOf(result, { failOn: 'low', failOnNotEvaluated: false, isExcepted: () => false, ...policy })

describe('the exit status', () => {
  it('is 1 from the severity of the policy on, and 0 below it', () => {
    const order = ['low', 'medium', 'high', 'critical'] as const
    for (const [has, severity] of order.entries())
      for (const [wants, failOn] of order.entries())
        expect(judge(resultOf(outcome('fail', severity)), { failOn }).exit, `${severity} by ${failOn}`).toBe(
          has >= wants ? 1 : 0,
        )
    expect(judge(resultOf(outcome('fail', 'critical')), { failOn: 'never' }).exit).toBe(0)
  })

  it('counts what could not be looked at only where that is wanted', () => {
    const half = resultOf(outcome('pass'), outcome('not-evaluated'))
    expect(judge(half)).toEqual({ exit: 0, say: 'In order by this policy.' })
    expect(judge(half, { failOnNotEvaluated: true })).toEqual({ exit: 1, say: 'Not in order: 1 not evaluated.' })
    expect(judge(half, { failOnNotEvaluated: true, failOn: 'never' }).exit).toBe(1)
  })

  it('is 3 where nothing at all was seen, under every policy', () => {
    const blind = resultOf(outcome('not-evaluated'), outcome('stale'))
    for (const policy of [{}, { failOn: 'never' as const }, { failOnNotEvaluated: true }])
      expect(judge(blind, policy)).toEqual({ exit: 3, say: 'Nothing could be looked at, so nothing is said.' })
    expect(judge(resultOf()).exit).toBe(3)
  })

  it('does not count a fault with an exception, and says what it left aside', () => {
    const result = resultOf(outcome('fail', 'high', 'a'), outcome('fail', 'high', 'b'), outcome('fail', 'low', 'c'))
    const policy = { failOn: 'high' as const, isExcepted: ({ subject }: Outcome) => subject === 'a' }
    expect(judge(result, policy)).toEqual({
      exit: 1,
      say: 'Not in order: 1 fault of severity high or more (1 below the policy, 1 with an exception).',
    })
    expect(judge(resultOf(outcome('fail', 'high', 'a')), policy)).toEqual({
      exit: 0,
      say: 'In order by this policy (1 with an exception).',
    })
  })
})
