import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { GithubFacts } from '../facts.ts'

export const ghOrg2fa = {
  id: 'gh.org-2fa',
  version: 1,
  connector: 'github',
  title: {
    en: 'The organisation requires two-factor authentication',
    de: 'Die Organisation verlangt einen zweiten Faktor',
  },
  why: {
    en: 'Whoever takes over one account by its password alone can put anything into the product.',
    de: 'Wer ein Konto allein mit dem Passwort übernimmt, kann beliebiges in das Produkt bringen.',
  },
  remedy: {
    en: 'Require two-factor authentication in the settings of the organisation under authentication security, after asking members without one to set it up.',
    de: 'Verlangen Sie den zweiten Faktor in den Einstellungen der Organisation unter Authentifizierungssicherheit, nachdem Mitglieder ohne ihn zum Einrichten aufgefordert wurden.',
  },
  severity: 'high',
  serves: [{ measure: 'mfa', as: 'proves' }],
  params: noParams,
  reads: ['twoFactor'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['CIS GitHub Benchmark 1.3.5', 'ISO/IEC 27001:2022 A.8.5', 'BSI IT-Grundschutz ORP.4'],
  sources: [
    'https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-two-factor-authentication-for-your-organization/requiring-two-factor-authentication-in-your-organization',
  ],
  pitfalls: [
    'GitHub leaves the setting empty for everybody but owners. Empty is never taken for off: the check is not evaluated then.',
    'Where people sign in through single sign-on, the second factor may be asked for there; the setting does not show it.',
    'Deploy keys and tokens need no second factor.',
  ],
  messages: {
    required: {
      en: 'A second factor is required of all members.',
      de: 'Von allen Mitgliedern wird ein zweiter Faktor verlangt.',
    },
    optional: {
      en: 'Members may do without a second factor.',
      de: 'Mitglieder dürfen auf einen zweiten Faktor verzichten.',
    },
  },
  judge({ twoFactor: { required } }) {
    return [(required ? pass : fail)('organisation', 'twoFactor.required', required ? 'required' : 'optional')]
  },
} satisfies Check<GithubFacts, 'twoFactor', typeof noParams>
