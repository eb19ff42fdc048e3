import { fail, info, unlessDeclared } from '../engine/check.ts'
import type { Verdict } from '../engine/check.ts'
import type { Text } from '../engine/text.ts'
import { declarationOf, nearDeclaration } from './declared.ts'
import type { Declared } from './declared.ts'
import type { Policy, Strength } from './facts.ts'

/** What keeps a rule from doing what is asked of all rules: technical names, for the sentence on a near miss. */
export function gapsOf({ state, apps, narrowedBy }: Policy): string[] {
  return [
    ...(state === 'disabled' ? ['disabled'] : []),
    ...(state === 'enabledForReportingButNotEnforced' ? ['report-only'] : []),
    ...(apps.all ? [] : ['not all apps']),
    ...narrowedBy.map((name) => `only for some ${name}`),
  ]
}

/** What the rule leaves out: `user:id`, `group:id`, `role:id`, `guests`, `app:id`. */
export function exclusionsOf({ users, apps }: Policy): string[] {
  return [...users.excluded, ...apps.excluded]
}

/** Whether the rule lets nobody in without what `isWanted` accepts: an alternative beside it makes it a choice. */
export function requires(
  { grant }: Policy,
  isWanted: (control: string) => boolean,
  strength?: (id: string) => boolean,
) {
  if (grant === null) return false
  const all = [
    ...grant.controls.map(isWanted),
    ...(grant.strength === null ? [] : [strength?.(grant.strength) ?? false]),
    ...(grant.others > 0 ? [false] : []),
  ]
  return grant.operator === 'OR' ? all.length > 0 && all.every(Boolean) : all.some(Boolean)
}

/** Ids of the strengths that ask for a second factor. */
export function strengthsOfMfa(strengths: readonly Strength[]): ReadonlySet<string> {
  return new Set(strengths.filter(({ mfa }) => mfa).map(({ id }) => id))
}

/** Whether a rule requires a second factor, by the plain control or by one of these strengths. */
export function requiresMfa(policy: Policy, strengths: ReadonlySet<string>): boolean {
  return requires(
    policy,
    (control) => control === 'mfa',
    (id) => strengths.has(id),
  )
}

const phishingResistant = new Set(['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'])

/** Ids of the strengths that accept nothing but methods that a forged page cannot use. */
export function strengthsAgainstPhishing(strengths: readonly Strength[]): ReadonlySet<string> {
  const strong = strengths.filter(
    ({ combinations }) => combinations.length > 0 && combinations.every((one) => phishingResistant.has(one)),
  )
  return new Set(strong.map(({ id }) => id))
}

/** Whether a rule accepts nothing but one of these strengths. */
export function requiresPhishingResistance(policy: Policy, strengths: ReadonlySet<string>): boolean {
  return requires(
    policy,
    () => false,
    (id) => strengths.has(id),
  )
}

/** Of rules that do what is asked, the one that leaves out the least that nobody declared. */
export function leastExcluding(policies: readonly Policy[], list: Declared, now: Date): Policy | undefined {
  const undeclared = (policy: Policy) =>
    exclusionsOf(policy).filter((one) => declarationOf(one, list, now) !== 'declared').length
  return policies
    .map((policy) => ({ policy, count: undeclared(policy) }))
    .toSorted((a, b) => a.count - b.count || (a.policy.id < b.policy.id ? -1 : 1))[0]?.policy
}

/** Of rules that nearly do what is asked, the nearest, and what it lacks. */
export function nearest(
  policies: readonly Policy[],
  lacks: (policy: Policy) => readonly string[],
): { policy: Policy; lacking: readonly string[] } | undefined {
  return policies
    .map((policy) => ({ policy, lacking: lacks(policy) }))
    .toSorted((a, b) => a.lacking.length - b.lacking.length || (a.policy.id < b.policy.id ? -1 : 1))[0]
}

/** Sentences about exclusions, for every check that judges rules. */
export const exclusionMessages = {
  excluded: {
    en: 'The rule {policy} leaves out {subject}, and nobody declared why. It would pass if the exclusion were declared.',
    de: 'Die Regel {policy} nimmt {subject} aus, und niemand hat das erklärt. Mit erklärter Ausnahme wäre sie erfüllt.',
  },
  expired: {
    en: 'The rule {policy} leaves out {subject}; the declaration of it has ended.',
    de: 'Die Regel {policy} nimmt {subject} aus; die Erklärung dazu ist abgelaufen.',
  },
  declared: {
    en: 'The rule {policy} leaves out {subject}, as declared.',
    de: 'Die Regel {policy} nimmt {subject} aus, wie erklärt.',
  },
} satisfies Record<string, Text>

/** One verdict for each thing that a rule leaves out, so that each can be declared or excepted on its own. */
export function judgeExclusions(policy: Policy, because: string, list: Declared, now: Date): Verdict[] {
  return [...new Set(exclusionsOf(policy))].map((subject) => {
    const state = declarationOf(subject, list, now)
    const says = { policy: policy.id, subject }
    if (state === 'declared') return info(subject, because, 'declared', says)
    return unlessDeclared(
      fail(subject, because, state === 'expired' ? 'expired' : 'excluded', says),
      nearDeclaration(subject, list, now),
    )
  })
}
