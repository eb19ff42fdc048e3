import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import {
  exclusionMessages,
  gapsOf,
  judgeExclusions,
  leastExcluding,
  nearest,
  requiresMfa,
  strengthsOfMfa,
} from '../conditional-access.ts'
import { declared } from '../declared.ts'
import type { EntraFacts, Policy } from '../facts.ts'

const params = z.object({ declared })

export const entraMfaEnforced = {
  id: 'entra.mfa-enforced',
  version: 1,
  connector: 'entra',
  title: { en: 'The directory requires a second factor', de: 'Das Verzeichnis verlangt einen zweiten Faktor' },
  why: {
    en: 'A password that leaked or was guessed opens every account of which no second factor is demanded.',
    de: 'Ein abgeflossenes oder erratenes Passwort öffnet jedes Konto, das keinen zweiten Faktor verlangt.',
  },
  remedy: {
    en: 'Turn on security defaults, or one Conditional Access rule for all users and all resources that requires multi-factor authentication; declare emergency accounts with an end date.',
    de: 'Sicherheitsstandards einschalten oder eine Regel des bedingten Zugriffs für alle Benutzer und alle Ressourcen, die Mehr-Faktor-Authentifizierung verlangt; Notfallkonten mit Enddatum erklären.',
  },
  severity: 'critical',
  serves: [
    { measure: 'mfa', as: 'proves' },
    { measure: 'central-identity', as: 'supports' },
  ],
  params,
  reads: ['signIn'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.5', 'CIS Microsoft 365 5.2.2.2', 'BSI ORP.4'],
  sources: [
    'https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-all-users-mfa-strength',
    'https://learn.microsoft.com/en-us/entra/fundamentals/security-defaults',
    'https://github.com/cisagov/ScubaGear/issues/1170',
  ],
  pitfalls: [
    'Exclusions of users, groups, roles, guests and apps all count; each is a finding of its own until it is declared.',
    'A rule with several alternatives (any one of the selected controls) leaves a way in without a second factor and does not count.',
    'A rule that applies only to some places, platforms, devices or risks does not count, and is named as a near miss.',
    'An authentication strength requires a second factor as well as the plain control does.',
    'Several rules that together cover everybody are not added up: nobody can see from ids whether groups overlap.',
  ],
  messages: {
    defaults: { en: 'Security defaults are on.', de: 'Die Sicherheitsstandards sind eingeschaltet.' },
    required: {
      en: 'The rule {policy} requires a second factor of all users for all resources.',
      de: 'Die Regel {policy} verlangt von allen Benutzern für alle Ressourcen einen zweiten Faktor.',
    },
    near: {
      en: 'No rule requires a second factor of everybody for everything. {policy} would, but: {lacking}.',
      de: 'Keine Regel verlangt von allen für alles einen zweiten Faktor. {policy} täte es, jedoch: {lacking}.',
    },
    none: { en: 'Nothing requires a second factor.', de: 'Nichts verlangt einen zweiten Faktor.' },
    ...exclusionMessages,
  },
  judge({ signIn: { securityDefaults, policies, strengths } }, { declared: list }, now) {
    if (securityDefaults) return [pass('sign-in', 'signIn.securityDefaults', 'defaults')]
    const wanted = strengthsOfMfa(strengths)
    const asking = policies.filter((policy) => requiresMfa(policy, wanted))
    const best = leastExcluding(
      asking.filter((policy) => lacks(policy).length === 0),
      list,
      now,
    )
    if (best) {
      const because = `signIn.policies.${policies.indexOf(best)}`
      return [pass('sign-in', because, 'required', { policy: best.id }), ...judgeExclusions(best, because, list, now)]
    }
    const near = nearest(asking, lacks)
    if (near === undefined) return [fail('sign-in', 'signIn.policies', 'none')]
    const says = { policy: near.policy.id, lacking: near.lacking.join(', ') }
    return [fail('sign-in', `signIn.policies.${policies.indexOf(near.policy)}`, 'near', says)]
  },
} satisfies Check<EntraFacts, 'signIn', typeof params>

function lacks(policy: Policy): string[] {
  const { users, clients } = policy
  const hasAllClients =
    clients.includes('all') || (clients.includes('browser') && clients.includes('mobileAppsAndDesktopClients'))
  return [
    ...gapsOf(policy),
    ...(users.all ? [] : ['not all users']),
    ...(hasAllClients ? [] : ['not all kinds of clients']),
  ]
}
