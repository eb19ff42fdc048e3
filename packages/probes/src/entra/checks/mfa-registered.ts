import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { declarationOf, declared, nearDeclaration } from '../declared.ts'
import type { EntraFacts } from '../facts.ts'

const params = z.object({ declared })

export const entraMfaRegistered = {
  id: 'entra.mfa-registered',
  version: 1,
  connector: 'entra',
  title: {
    en: 'Every enabled account has a second factor registered',
    de: 'Jedes aktive Konto hat einen zweiten Faktor hinterlegt',
  },
  why: {
    en: 'Whoever signs in first to an account without a second factor registers their own: that may be the attacker.',
    de: 'Wer sich an einem Konto ohne zweiten Faktor zuerst anmeldet, hinterlegt den eigenen: Das kann der Angreifer sein.',
  },
  remedy: {
    en: 'Let the people register a method at aka.ms/mfasetup, or disable accounts that nobody uses; declare emergency accounts with an end date.',
    de: 'Die Personen eine Methode unter aka.ms/mfasetup hinterlegen lassen oder ungenutzte Konten sperren; Notfallkonten mit Enddatum erklären.',
  },
  severity: 'high',
  serves: [{ measure: 'mfa', as: 'supports' }],
  params,
  reads: ['registration'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.5.17', 'ISO/IEC 27001:2022 A.8.5', 'CIS Microsoft 365 5.2.3.4', 'BSI ORP.4'],
  sources: [
    'https://learn.microsoft.com/en-us/graph/api/authenticationmethodsroot-list-userregistrationdetails',
    'https://learn.microsoft.com/en-us/entra/identity/authentication/howto-authentication-methods-activity',
  ],
  pitfalls: [
    'What counts is that a registered method is also allowed by policy (isMfaCapable), not only that one is registered.',
    'The report runs behind by up to two days: accounts younger than that are not judged.',
    'The report still lists disabled accounts: only those that the directory calls enabled are judged.',
    'Guests register their factors in their own organisation and are left out.',
  ],
  messages: {
    all: {
      en: '{members} enabled accounts of members have a second factor that can be used.',
      de: '{members} aktive Konten von Mitgliedern haben einen nutzbaren zweiten Faktor.',
    },
    missing: {
      en: 'The account {account} has no second factor that can be used.',
      de: 'Das Konto {account} hat keinen nutzbaren zweiten Faktor.',
    },
    missingAdmin: {
      en: 'The account {account} of an administrator has no second factor that can be used.',
      de: 'Das Konto {account} eines Administrators hat keinen nutzbaren zweiten Faktor.',
    },
    declared: {
      en: 'The account {account} has no second factor, as declared.',
      de: 'Das Konto {account} hat keinen zweiten Faktor, wie erklärt.',
    },
  },
  judge({ registration: { members, incapable } }, { declared: list }, now) {
    if (members === 0) return []
    const verdicts = incapable.map(({ id, admin }, index) => {
      const because = `registration.incapable.${index}`
      return declarationOf(id, list, now) === 'declared'
        ? info(id, because, 'declared', { account: id })
        : unlessDeclared(
            fail(id, because, admin ? 'missingAdmin' : 'missing', { account: id }),
            nearDeclaration(id, list, now),
          )
    })
    if (verdicts.some(({ state }) => state === 'fail')) return verdicts
    return [pass('accounts', 'registration.members', 'all', { members: members - incapable.length }), ...verdicts]
  },
} satisfies Check<EntraFacts, 'registration', typeof params>
