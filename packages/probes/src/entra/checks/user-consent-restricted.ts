import { z } from 'zod'
import { fail, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { EntraFacts } from '../facts.ts'

const params = z.object({
  allowed: field(z.array(z.string()).default(['microsoft-user-default-low']), {
    label: { en: 'Allowed consent policies', de: 'Zulässige Zustimmungsrichtlinien' },
    help: {
      en: 'Besides none at all; add the id of a policy of your own here',
      de: 'Neben gar keiner; eine eigene Richtlinie hier mit ihrer Kennung ergänzen',
    },
  }),
})

export const entraUserConsentRestricted = {
  id: 'entra.user-consent-restricted',
  version: 1,
  connector: 'entra',
  title: { en: 'Users cannot consent to arbitrary apps', de: 'Benutzer können nicht beliebigen Apps zustimmen' },
  why: {
    en: 'One click on a forged app gives a stranger the mail and files of the user, without a password and past every second factor.',
    de: 'Ein Klick auf eine gefälschte App gibt Fremden Mails und Dateien des Benutzers, ohne Passwort und an jedem zweiten Faktor vorbei.',
  },
  remedy: {
    en: 'Allow no consent by users, or only to apps of verified publishers for rights that you classed as low impact; turn on the workflow by which users ask an administrator.',
    de: 'Zustimmung durch Benutzer verbieten oder nur für Apps verifizierter Herausgeber mit als gering eingestuften Rechten erlauben; den Workflow einschalten, mit dem Benutzer Administratoren fragen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'central-identity', as: 'supports' },
    { measure: 'least-privilege', as: 'supports' },
  ],
  params,
  reads: ['authorization'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.3', 'CIS Microsoft 365 5.1.5.1'],
  sources: [
    'https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/configure-user-consent',
    'https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/manage-app-consent-policies',
  ],
  pitfalls: [
    'Policies for groups and chats that somebody owns stand in the same list and are not judged here.',
    'The policy that Microsoft manages and changes by itself is not the low-impact one; allow it by name if you accept that.',
  ],
  messages: {
    none: { en: 'Users cannot consent to apps.', de: 'Benutzer können Apps nicht zustimmen.' },
    allowed: {
      en: 'Users may consent by the policy {policy} only.',
      de: 'Benutzer dürfen nur nach der Richtlinie {policy} zustimmen.',
    },
    open: {
      en: 'Users may consent to apps by the policy {policy}.',
      de: 'Benutzer dürfen Apps nach der Richtlinie {policy} zustimmen.',
    },
  },
  judge({ authorization: { consent } }, { allowed }) {
    if (consent.length === 0) return [pass('consent', 'authorization.consent', 'none')]
    const places = Map.groupBy(consent.keys(), (index) => consent[index] ?? '')
    return [...places].map(([policy, [first]]) => {
      const isAllowed = allowed.includes(policy)
      const because = `authorization.consent.${first}`
      return unlessDeclared((isAllowed ? pass : fail)(policy, because, isAllowed ? 'allowed' : 'open', { policy }), {
        list: 'allowed',
        values: [policy],
      })
    })
  },
} satisfies Check<EntraFacts, 'authorization', typeof params>
