import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeMerges, judgePushes } from './judge.ts'

const account = fc.constantFrom('author', 'one', 'two', 'bot', 'app')
const at = fc.integer({ min: 0, max: 20 }).map((minute) => new Date(Date.UTC(2026, 10, 1, 12, minute)).toISOString())
const approval = fc.record({ by: account, at, current: fc.boolean(), program: fc.boolean() })
const change = fc.record({
  author: fc.constantFrom('author', 'one', null),
  mergedAt: at,
  approvals: fc.array(approval, { maxLength: 6 }),
})

describe('merged changes', () => {
  it('pass if enough other people approved the last state before the merge, and only then', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 2 }), (all, needed) => {
        const changes = all.map((one, id) => ({ ...one, id }))
        const verdicts = judgeMerges([{ repository: 'shop', branch: 'main', changes }], {
          approvals: needed,
          bots: ['bot'],
        })
        const isGood = ({ author, mergedAt, approvals }: (typeof changes)[number]) =>
          ['author', 'one', 'two', 'app'].filter((who) =>
            approvals.some(
              (one) => one.by === who && who !== author && one.at <= mergedAt && one.current && !one.program,
            ),
          ).length >= needed
        const bad = changes.filter((one) => !isGood(one)).map(({ id }) => `shop#${id}`)
        expect(verdicts.filter(({ state }) => state === 'fail').map(({ subject }) => subject)).toEqual(bad)
        expect(verdicts.some(({ state }) => state === 'pass')).toBe(bad.length === 0)
      }),
    )
  })
})

describe('commits without a pull request', () => {
  it('fail one by one, save those of declared programs', () => {
    const commit = fc.record({ author: fc.option(account), commit: fc.uuid() })
    fc.assert(
      fc.property(fc.uniqueArray(commit, { selector: (one) => one.commit, maxLength: 5 }), (direct) => {
        const pushes = [{ repository: 'shop', branch: 'main', commits: 5, direct }]
        const fails = judgePushes(pushes, { bots: ['bot'] }).filter(({ state }) => state === 'fail')
        expect(fails).toHaveLength(direct.filter(({ author }) => author !== 'bot').length)
      }),
    )
  })
})
