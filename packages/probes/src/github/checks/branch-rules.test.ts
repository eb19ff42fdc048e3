import { examine } from '../../testing/examine.ts'
import type { GithubFacts } from '../facts.ts'
import { ghBranchRules } from './branch-rules.ts'

type Good = Pick<GithubFacts, 'rules'>
const all = { approvals: 1, statusChecks: 1, noForcePush: true, noDeletion: true }
const none = { approvals: 0, statusChecks: 0, noForcePush: false, noDeletion: false }
const of = (
  classic: GithubFacts['rules'][number]['classic'],
  rulesets: Partial<GithubFacts['rules'][number]['rulesets']>,
): Good => ({
  rules: [{ repository: 'shop', branch: 'main', classic, rulesets: { ...none, bypass: [], hidden: 0, ...rulesets } }],
})
const inRulesets = (more: Partial<GithubFacts['rules'][number]['rulesets']>) => (f: Good) => {
  for (const one of f.rules) Object.assign(one.rulesets, more)
}
const inClassic = (more: Partial<NonNullable<GithubFacts['rules'][number]['classic']>>) => (f: Good) => {
  for (const one of f.rules) Object.assign(one.classic ?? {}, more)
}

// Protected by a ruleset alone.
examine(ghBranchRules, {
  good: of(null, all),
  bad: {
    'no approval is needed': { change: inRulesets({ approvals: 0 }), says: 'approvals' },
    'more approvals are promised': { change: () => undefined, says: 'approvals', parameters: { approvals: 2 } },
    'no status check is needed': { change: inRulesets({ statusChecks: 0 }), says: 'statusChecks' },
    'it can be overwritten': { change: inRulesets({ noForcePush: false }), says: 'noForcePush' },
    'it can be deleted': { change: inRulesets({ noDeletion: false }), says: 'noDeletion' },
    'a team may bypass it': { change: inRulesets({ bypass: ['Team 12', 'DeployKey'] }), says: 'bypass' },
  },
  told: {
    'it is hidden who may bypass it': { change: inRulesets({ hidden: 1 }), says: 'hidden' },
  },
  empty: {
    'there is no repository': (f) => {
      f.rules = []
    },
  },
})

// Protected by classic protection alone.
examine(ghBranchRules, {
  good: of({ ...all, bindsAdmins: true, exempt: 0 }, {}),
  bad: {
    'administrators are not bound': { change: inClassic({ bindsAdmins: false }), says: 'admins' },
    'somebody is exempt': { change: inClassic({ exempt: 2 }), says: 'exempt' },
    'it can be overwritten': { change: inClassic({ noForcePush: false }), says: 'noForcePush' },
    'there is no protection at all': {
      change: (f) => {
        for (const one of f.rules) one.classic = null
      },
      says: 'approvals',
    },
  },
})

// By both in part: each condition by one of them, or by both, where getting past one is not enough.
examine(ghBranchRules, {
  good: of({ ...all, bindsAdmins: false, exempt: 1 }, { ...all, bypass: ['Team 12'] }),
  bad: {},
})
examine(ghBranchRules, {
  good: of({ ...none, approvals: 1, bindsAdmins: true, exempt: 0 }, { ...all, approvals: 0, bypass: ['Team 12'] }),
  parameters: { bypass: ['Team 12'] },
  bad: {
    'who bypasses the ruleset is not declared': {
      change: () => undefined,
      says: 'bypass',
      parameters: { bypass: ['Team 13'] },
    },
  },
})
