import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { exclusionMessages, gapsOf, judgeExclusions, leastExcluding, nearest, requires } from '../conditional-access.ts'
import { declared } from '../declared.ts'
import type { EntraFacts, Policy } from '../facts.ts'

const params = z.object({ declared })

/** Kinds of clients that cannot be asked for a second factor. */
const legacy = ['exchangeActiveSync', 'other'] as const

export const entraLegacyAuthBlocked = {
  id: 'entra.legacy-auth-blocked',
  version: 1,
  connector: 'entra',
  title: { en: 'Legacy sign-in protocols are blocked', de: 'Veraltete Anmeldeprotokolle sind gesperrt' },
  why: {
    en: 'Old protocols such as IMAP with a password cannot ask for a second factor: one that stays open goes around every rule that requires it.',
    de: 'Alte Protokolle wie IMAP mit Passwort können keinen zweiten Faktor abfragen: Was davon offen bleibt, umgeht jede Regel, die ihn verlangt.',
  },
  remedy: {
    en: 'Block "Exchange ActiveSync clients" and "Other clients" for all users and all resources by a Conditional Access rule, or turn on security defaults.',
    de: '„Exchange ActiveSync-Clients“ und „Andere Clients“ für alle Benutzer und alle Ressourcen durch eine Regel des bedingten Zugriffs sperren oder Sicherheitsstandards einschalten.',
  },
  severity: 'high',
  serves: [
    { measure: 'mfa', as: 'proves' },
    { measure: 'brute-force-protection', as: 'supports' },
  ],
  params,
  reads: ['signIn'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.5', 'CIS Microsoft 365 5.2.2.3', 'BSI ORP.4'],
  sources: [
    'https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-block-legacy-authentication',
    'https://github.com/cisagov/ScubaGear/issues/2326',
  ],
  pitfalls: [
    'The two kinds of old clients are judged one by one: they may be blocked by one rule or by two.',
    'A rule in report-only mode blocks nothing and is named as a near miss.',
    'Security defaults block old protocols as well.',
  ],
  messages: {
    defaults: {
      en: 'Security defaults are on and block {client}.',
      de: 'Die Sicherheitsstandards sind eingeschaltet und sperren {client}.',
    },
    blocked: { en: 'The rule {policy} blocks {client}.', de: 'Die Regel {policy} sperrt {client}.' },
    near: {
      en: 'No rule blocks {client} for everybody. {policy} would, but: {lacking}.',
      de: 'Keine Regel sperrt {client} für alle. {policy} täte es, jedoch: {lacking}.',
    },
    open: { en: 'Nothing blocks {client}.', de: 'Nichts sperrt {client}.' },
    ...exclusionMessages,
  },
  judge({ signIn: { securityDefaults, policies } }, { declared: list }, now) {
    if (securityDefaults) return legacy.map((client) => pass(client, 'signIn.securityDefaults', 'defaults', { client }))
    const used = new Set<Policy>()
    const verdicts = legacy.map((client): Verdict => {
      const blocking = policies.filter(
        (policy) =>
          (policy.clients.includes(client) || policy.clients.includes('all')) &&
          requires(policy, (control) => control === 'block'),
      )
      const best = leastExcluding(
        blocking.filter((policy) => lacks(policy).length === 0),
        list,
        now,
      )
      if (best) {
        used.add(best)
        return pass(client, `signIn.policies.${policies.indexOf(best)}`, 'blocked', { client, policy: best.id })
      }
      const near = nearest(blocking, lacks)
      if (near === undefined) return fail(client, 'signIn.policies', 'open', { client })
      const says = { client, policy: near.policy.id, lacking: near.lacking.join(', ') }
      return fail(client, `signIn.policies.${policies.indexOf(near.policy)}`, 'near', says)
    })
    const left = [...used].flatMap((policy) =>
      judgeExclusions(policy, `signIn.policies.${policies.indexOf(policy)}`, list, now),
    )
    return [...verdicts, ...new Map(left.map((verdict) => [verdict.subject, verdict])).values()]
  },
} satisfies Check<EntraFacts, 'signIn', typeof params>

function lacks(policy: Policy): string[] {
  return [...gapsOf(policy), ...(policy.users.all ? [] : ['not all users'])]
}
