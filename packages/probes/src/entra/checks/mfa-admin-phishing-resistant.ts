import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import {
  exclusionMessages,
  gapsOf,
  judgeExclusions,
  leastExcluding,
  nearest,
  requiresPhishingResistance,
  strengthsAgainstPhishing,
} from '../conditional-access.ts'
import { declarationOf, declared } from '../declared.ts'
import type { EntraFacts, Policy } from '../facts.ts'

/** Roles that lead to everything, by the ids that they have in every tenant. */
const privileged = [
  '62e90394-69f5-4237-9190-012177145e10', // Global Administrator
  'e8611ab8-c189-46e8-94e1-60213ab1f814', // Privileged Role Administrator
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13', // Privileged Authentication Administrator
  'c4e39bd9-1100-46d3-8c65-fb160da0071f', // Authentication Administrator
  'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9', // Conditional Access Administrator
  '194ae4cb-b126-40b2-bd5b-6091b380977d', // Security Administrator
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', // Application Administrator
  '158c047a-c907-4556-b7ef-446551a6b5f7', // Cloud Application Administrator
  'fe930be7-5e62-47db-91af-98c3a49a38b1', // User Administrator
  '29232cdf-9323-42fd-ade2-1d097af3e4de', // Exchange Administrator
  'f28a1f50-f6e7-4571-818b-6a12f2af6b6c', // SharePoint Administrator
  '729827e3-9c14-49f7-bb1b-9608f156bbb8', // Helpdesk Administrator
  '966707d0-3269-4727-9be2-8c3a10f19b9d', // Password Administrator
  'b0f54661-2d74-4c50-afa3-1ec803f12efe', // Billing Administrator
]

const params = z.object({
  roles: field(z.array(z.guid()).min(1).default(privileged), {
    label: { en: 'Administrative roles', de: 'Administratorrollen' },
    help: { en: 'Ids of role templates', de: 'Kennungen von Rollenvorlagen' },
  }),
  declared,
})

export const entraMfaAdminPhishingResistant = {
  id: 'entra.mfa-admin-phishing-resistant',
  version: 1,
  connector: 'entra',
  title: {
    en: 'Administrators sign in with phishing-resistant factors',
    de: 'Administratoren melden sich mit Phishing-festen Faktoren an',
  },
  why: {
    en: 'A forged sign-in page passes on codes and approvals as easily as passwords; keys bound to the real address give it nothing.',
    de: 'Eine gefälschte Anmeldeseite reicht Codes und Freigaben so leicht weiter wie Passwörter; Schlüssel, die an die echte Adresse gebunden sind, nützen ihr nichts.',
  },
  remedy: {
    en: 'Add a Conditional Access rule for the administrative roles and all resources with the strength "Phishing-resistant MFA", once every administrator has a security key, passkey or Windows Hello.',
    de: 'Eine Regel des bedingten Zugriffs für die Administratorrollen und alle Ressourcen mit der Stärke „Phishing-resistente MFA“ anlegen, sobald alle Administratoren Sicherheitsschlüssel, Passkey oder Windows Hello haben.',
  },
  severity: 'high',
  serves: [
    { measure: 'key-based-login', as: 'proves' },
    { measure: 'mfa', as: 'supports' },
    { measure: 'privileged-access', as: 'supports' },
  ],
  params,
  reads: ['policies'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.2', 'CIS Microsoft 365 5.2.2.5'],
  sources: [
    'https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-admin-phish-resistant-mfa',
    'https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-strengths',
    'https://github.com/maester365/maester/issues/208',
  ],
  pitfalls: [
    'The plain control "require multi-factor authentication" is not enough: it accepts codes and approvals.',
    "A strength of the tenant's own counts by what it allows; one weak combination in it is a way in.",
    'A rule for all users covers the roles, unless it leaves them out.',
    'Roles given only over an administrative unit, and custom roles, are not in the list by themselves; add their ids.',
  ],
  messages: {
    required: {
      en: 'The rule {policy} requires phishing-resistant factors of the role {role}.',
      de: 'Die Regel {policy} verlangt von der Rolle {role} Phishing-feste Faktoren.',
    },
    near: {
      en: 'Nothing requires phishing-resistant factors of the role {role}. The rule {policy} would, but: {lacking}.',
      de: 'Nichts verlangt von der Rolle {role} Phishing-feste Faktoren. Die Regel {policy} täte es, jedoch: {lacking}.',
    },
    none: {
      en: 'Nothing requires phishing-resistant factors of the role {role}.',
      de: 'Nichts verlangt von der Rolle {role} Phishing-feste Faktoren.',
    },
    ...exclusionMessages,
  },
  judge({ policies: { policies, strengths } }, { roles, declared: list }, now) {
    const because = (policy: Policy) => `policies.policies.${policies.indexOf(policy)}`
    const wanted = strengthsAgainstPhishing(strengths)
    const asking = policies.filter((policy) => requiresPhishingResistance(policy, wanted))
    const used = new Set<Policy>()
    const verdicts = [...new Set(roles)].map((role): Verdict => {
      const covering = asking.filter(({ users }) => covers(users, role))
      const best = leastExcluding(
        covering.filter((policy) => lacks(policy, role, list, now).length === 0),
        list,
        now,
      )
      if (best) {
        used.add(best)
        return pass(`role:${role}`, because(best), 'required', { policy: best.id, role })
      }
      const near = nearest(covering, (policy) => lacks(policy, role, list, now))
      if (near === undefined) return fail(`role:${role}`, 'policies.policies', 'none', { role })
      const says = { policy: near.policy.id, role, lacking: near.lacking.join(', ') }
      return fail(`role:${role}`, because(near.policy), 'near', says)
    })
    const judged = new Set(verdicts.map(({ subject }) => subject))
    const left = [...used].flatMap((policy) => judgeExclusions(policy, because(policy), list, now))
    const others = new Map(left.filter(({ subject }) => !judged.has(subject)).map((one) => [one.subject, one]))
    return [...verdicts, ...others.values()]
  },
} satisfies Check<EntraFacts, 'policies', typeof params>

function covers({ all, included }: Policy['users'], role: string): boolean {
  return all || included.includes(`role:${role}`)
}

function lacks(policy: Policy, role: string, list: Parameters<typeof declarationOf>[1], now: Date): string[] {
  const { users, clients } = policy
  const subject = `role:${role}`
  const leavesOut = users.excluded.includes(subject) && declarationOf(subject, list, now) !== 'declared'
  const hasAllClients =
    clients.includes('all') || (clients.includes('browser') && clients.includes('mobileAppsAndDesktopClients'))
  return [
    ...gapsOf(policy),
    ...(leavesOut ? ['leaves out this role'] : []),
    ...(hasAllClients ? [] : ['not all kinds of clients']),
  ]
}
