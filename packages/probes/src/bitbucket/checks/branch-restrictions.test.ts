import { examine } from '../../testing/examine.ts'
import type { BitbucketFacts } from '../facts.ts'
import { bbBranchRestrictions } from './branch-restrictions.ts'

const kinds = [
  'push',
  'force',
  'delete',
  'require_approvals_to_merge',
  'require_passing_builds_to_merge',
  'enforce_merge_checks',
  'reset_pullrequest_approvals_on_change',
]
const good: { restrictions: BitbucketFacts['restrictions'] } = {
  restrictions: [
    {
      repository: 'shop',
      branch: 'main',
      rules: kinds.map((kind) => ({ kind, value: kind.startsWith('require') ? 1 : null, exempt: 0 })),
    },
  ],
}
const alter = (f: typeof good, kind: string, to: object | null) => {
  for (const one of f.restrictions)
    one.rules = one.rules.flatMap((rule) => (rule.kind !== kind ? [rule] : to === null ? [] : [{ ...rule, ...to }]))
}

examine(bbBranchRestrictions, {
  good,
  bad: {
    ...Object.fromEntries(
      kinds.map((kind) => [
        `the rule ${kind} is missing`,
        { change: (f: typeof good) => alter(f, kind, null), says: 'missing' },
      ]),
    ),
    'somebody is exempt from the ban on pushing': {
      change: (f) => alter(f, 'push', { exempt: 1 }),
      says: 'exempt',
    },
    'fewer approvals are asked for than needed': {
      change: (f) => alter(f, 'require_approvals_to_merge', { value: 1 }),
      says: 'low',
      parameters: { approvals: 2 },
    },
    'no build has to pass': {
      change: (f) => alter(f, 'require_passing_builds_to_merge', { value: null }),
      says: 'low',
    },
  },
  empty: {
    'there is no repository': (f) => {
      f.restrictions = []
    },
  },
})
