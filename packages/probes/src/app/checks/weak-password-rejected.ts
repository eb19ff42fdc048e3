import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { AppFacts } from '../facts.ts'

export const appWeakPasswordRejected = {
  id: 'app.weak-password-rejected',
  version: 1,
  connector: 'app',
  title: { en: 'The application refuses weak passwords', de: 'Die Anwendung lehnt schwache Passwörter ab' },
  why: {
    en: 'Most accounts are not broken into but guessed, by the same few passwords everywhere.',
    de: 'Die meisten Konten werden nicht aufgebrochen, sondern erraten, überall mit denselben wenigen Passwörtern.',
  },
  remedy: {
    en: 'Ask for twelve characters or more and refuse what stands in a list of common passwords.',
    de: 'Mindestens zwölf Zeichen verlangen und ablehnen, was in einer Liste häufiger Passwörter steht.',
  },
  severity: 'high',
  serves: [
    { measure: 'password-policy', as: 'proves' },
    { measure: 'privacy-by-design', as: 'supports' },
  ],
  params: noParams,
  reads: ['weakPasswords'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['OWASP ASVS 4.0.3 2.1.7', 'NIST SP 800-63B-4 3.1.1.2'],
  sources: ['https://pages.nist.gov/800-63-4/sp800-63b.html'],
  pitfalls: [
    'An address that refuses everything proves nothing: a password nobody has ever used must be accepted first.',
    'A few common passwords are tried, not all; each is long enough for a rule of length alone.',
  ],
  messages: {
    refused: {
      en: 'All {tried} common passwords were refused.',
      de: 'Alle {tried} häufigen Passwörter wurden abgelehnt.',
    },
    accepted: {
      en: '{accepted} of {tried} common passwords were accepted.',
      de: '{accepted} von {tried} häufigen Passwörtern wurden angenommen.',
    },
  },
  judge({ weakPasswords: { tried, accepted } }) {
    const isRefused = tried > 0 && accepted === 0
    return [
      (isRefused ? pass : fail)('passwords', 'weakPasswords.accepted', isRefused ? 'refused' : 'accepted', {
        tried,
        accepted,
      }),
    ]
  },
} satisfies Check<AppFacts, 'weakPasswords', typeof noParams>
