import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BitbucketFacts } from '../facts.ts'

const params = z.object({
  approvals: field(z.int().min(1).default(1), { label: { en: 'Approvals', de: 'Freigaben' } }),
  builds: field(z.int().min(1).default(1), { label: { en: 'Passed builds', de: 'Bestandene Builds' } }),
})

type Rule = BitbucketFacts['restrictions'][number]['rules'][number]

export const bbBranchRestrictions = {
  id: 'bb.branch-restrictions',
  version: 1,
  connector: 'bitbucket',
  title: { en: 'The production branch is protected', de: 'Der Produktionszweig ist geschützt' },
  why: {
    en: 'A rule that the platform enforces holds on a hectic day, too; one that people keep in mind does not.',
    de: 'Eine Regel, die die Plattform erzwingt, gilt auch an hektischen Tagen; eine bloß verabredete nicht.',
  },
  remedy: {
    en: 'Add the missing rules under repository settings, branch restrictions. Enforcing merge checks and resetting approvals need the plan Premium.',
    de: 'Ergänzen Sie die fehlenden Regeln in den Einstellungen des Repositorys unter Zweigbeschränkungen. Erzwungene Übernahmeprüfungen und das Zurücksetzen von Freigaben setzen den Tarif Premium voraus.',
  },
  severity: 'high',
  serves: [
    { measure: 'change-management', as: 'proves' },
    { measure: 'code-review', as: 'supports' },
  ],
  params,
  reads: ['restrictions'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: [
    'ISO/IEC 27001:2022 A.8.32',
    'CIS GitHub Benchmark 1.1.3',
    'CIS GitHub Benchmark 1.1.4',
    'CIS GitHub Benchmark 1.1.9',
    'CIS GitHub Benchmark 1.1.16',
  ],
  sources: [
    'https://developer.atlassian.com/cloud/bitbucket/rest/api-group-branch-restrictions/',
    'https://support.atlassian.com/bitbucket-cloud/docs/use-branch-permissions/',
  ],
  pitfalls: [
    'Bitbucket has no scope that only reads branch restrictions. Without admin:repository:bitbucket this check is not evaluated; bb.pr.merged-approved and bb.pr.no-direct-push judge the outcome with reading scopes.',
    'A rule may name the branch by a pattern or by its place in the branching model; both are resolved.',
    'Required approvals and builds are mere advice unless merge checks are enforced, which the plan Premium allows: that rule is asked for as well.',
    'A rule that exempts users or groups from the ban on pushing does not count.',
  ],
  messages: {
    protected: { en: '{branch} has all {count} rules.', de: '{branch} hat alle {count} Regeln.' },
    missing: { en: '{branch} lacks the rule {kind}.', de: 'Für {branch} fehlt die Regel {kind}.' },
    exempt: {
      en: 'The rule {kind} on {branch} exempts {count} users or groups.',
      de: 'Die Regel {kind} für {branch} nimmt {count} Benutzer oder Gruppen aus.',
    },
    low: {
      en: 'The rule {kind} on {branch} asks for {count}; {needed} needed.',
      de: 'Die Regel {kind} für {branch} verlangt {count}; nötig: {needed}.',
    },
  },
  judge({ restrictions }, { approvals, builds }) {
    const wanted: readonly (readonly [kind: string, needed: number])[] = [
      ['push', 0],
      ['force', 0],
      ['delete', 0],
      ['require_approvals_to_merge', approvals],
      ['require_passing_builds_to_merge', builds],
      ['enforce_merge_checks', 0],
      ['reset_pullrequest_approvals_on_change', 0],
    ]
    return restrictions.flatMap(({ repository, branch, rules }, index) => {
      const because = [`restrictions.${index}.rules`]
      const bad: Verdict[] = []
      for (const [kind, needed] of wanted) {
        const own = rules.filter((rule) => rule.kind === kind)
        const fault = faultOf(kind, needed, own)
        if (fault === undefined) continue
        bad.push(fail(`${repository} ${kind}`, because, fault.key, { branch, kind, needed, count: fault.count }))
      }
      return bad.length > 0 ? bad : [pass(repository, because, 'protected', { branch, count: wanted.length })]
    })
  },
} satisfies Check<BitbucketFacts, 'restrictions', typeof params>

/** Several rules of one kind may match; the best of them decides. */
function faultOf(kind: string, needed: number, rules: readonly Rule[]): { key: string; count: number } | undefined {
  if (rules.length === 0) return { key: 'missing', count: 0 }
  // Who is exempt from one ban on pushing may push, whatever other rules say.
  const exempt = Math.max(...rules.map((rule) => rule.exempt))
  if (kind === 'push' && exempt > 0) return { key: 'exempt', count: exempt }
  const most = Math.max(...rules.map(({ value }) => value ?? 0))
  return most < needed ? { key: 'low', count: most } : undefined
}
