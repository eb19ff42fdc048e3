import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { EntraFacts } from '../facts.ts'

/** The number by which the directory says "never". */
const never = 2_147_483_647

const params = z.object({
  maxAttempts: field(z.int().min(1).default(10), {
    label: { en: 'Attempts before the lock', de: 'Versuche bis zur Sperre' },
  }),
  minLockSeconds: field(z.int().min(1).default(60), {
    label: { en: 'Shortest lock', de: 'Kürzeste Sperre' },
    unit: 'seconds',
  }),
})

export const entraPasswordPolicy = {
  id: 'entra.password-policy',
  version: 1,
  connector: 'entra',
  title: {
    en: 'Weak passwords are banned, guessing locks the account',
    de: 'Schwache Passwörter sind gesperrt, Raten sperrt das Konto',
  },
  why: {
    en: 'Attackers try the name of the company with a year first; and whoever must change a password every few weeks counts it up.',
    de: 'Angreifer versuchen zuerst den Firmennamen mit Jahreszahl; und wer ein Passwort alle paar Wochen wechseln muss, zählt es hoch.',
  },
  remedy: {
    en: 'Under "Password protection" enforce a custom list with the names of company, places and products, lock after at most ten attempts, and set passwords never to expire.',
    de: 'Unter „Kennwortschutz“ eine eigene Liste mit Namen von Firma, Orten und Produkten erzwingen, nach höchstens zehn Versuchen sperren und Passwörter nie ablaufen lassen.',
  },
  severity: 'medium',
  serves: [
    { measure: 'password-policy', as: 'proves' },
    { measure: 'brute-force-protection', as: 'supports' },
  ],
  params,
  reads: ['passwords'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.5.17', 'CIS Microsoft 365 5.2.3.2', 'CIS Microsoft 365 1.3.1', 'BSI ORP.4'],
  sources: [
    'https://learn.microsoft.com/en-us/entra/identity/authentication/concept-password-ban-bad',
    'https://learn.microsoft.com/en-us/graph/api/resources/domain',
    'https://learn.microsoft.com/en-us/graph/api/group-list-settings',
  ],
  pitfalls: [
    'Where a tenant never changed the settings, those of Microsoft hold: a lock after ten attempts, no list of its own.',
    'Microsoft always bans its own list of weak passwords; here the list of the tenant is judged, which needs Entra ID P1.',
    'Domains that sign in elsewhere (federated) keep their passwords elsewhere and are left out.',
    'Where the validity of a domain is not set, the pages of Microsoft differ on what holds: that is told, not judged.',
    'The minimum length of eight characters cannot be changed for accounts of the cloud.',
  ],
  messages: {
    banned: {
      en: "A list of {words} words of one's own is banned.",
      de: 'Eine eigene Liste von {words} Wörtern ist gesperrt.',
    },
    notBanned: {
      en: "No list of banned words of one's own is enforced.",
      de: 'Eine eigene Liste gesperrter Wörter wird nicht erzwungen.',
    },
    locks: {
      en: 'After {attempts} failed attempts the account is locked for {seconds} seconds, then for longer.',
      de: 'Nach {attempts} Fehlversuchen wird das Konto für {seconds} Sekunden gesperrt, dann länger.',
    },
    lax: {
      en: 'The account is locked after {attempts} failed attempts for {seconds} seconds; after at most {maximum} and for at least {minimum} is asked for.',
      de: 'Das Konto wird nach {attempts} Fehlversuchen für {seconds} Sekunden gesperrt; verlangt sind höchstens {maximum} und mindestens {minimum}.',
    },
    lasting: {
      en: 'Passwords of {domain} are not forced to expire.',
      de: 'Passwörter von {domain} laufen nicht zwangsweise ab.',
    },
    expiring: {
      en: 'Passwords of {domain} must be changed every {days} days.',
      de: 'Passwörter von {domain} müssen alle {days} Tage gewechselt werden.',
    },
    unset: {
      en: 'For {domain} it is not set whether passwords expire.',
      de: 'Für {domain} ist nicht festgelegt, ob Passwörter ablaufen.',
    },
  },
  judge({ passwords }, { maxAttempts, minLockSeconds }) {
    const { bannedWords, lockoutAfter, lockoutSeconds, domains } = passwords
    const isLocking = lockoutAfter >= 1 && lockoutAfter <= maxAttempts && lockoutSeconds >= minLockSeconds
    return [
      (bannedWords > 0 ? pass : fail)(
        'banned-words',
        'passwords.bannedWords',
        bannedWords > 0 ? 'banned' : 'notBanned',
        {
          words: bannedWords,
        },
      ),
      (isLocking ? pass : fail)(
        'lockout',
        ['passwords.lockoutAfter', 'passwords.lockoutSeconds'],
        isLocking ? 'locks' : 'lax',
        {
          attempts: lockoutAfter,
          seconds: lockoutSeconds,
          maximum: maxAttempts,
          minimum: minLockSeconds,
        },
      ),
      ...domains.map(({ domain, validDays }, index): Verdict => {
        const because = `passwords.domains.${index}`
        if (validDays === null) return info(domain, because, 'unset', { domain })
        const lasts = validDays === never
        return (lasts ? pass : fail)(domain, because, lasts ? 'lasting' : 'expiring', { domain, days: validDays })
      }),
    ]
  },
} satisfies Check<EntraFacts, 'passwords', typeof params>
