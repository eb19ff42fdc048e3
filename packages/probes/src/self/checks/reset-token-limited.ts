import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { SeenSelfFacts } from '../facts.ts'

const params = z.object({
  maxSeconds: field(z.int().min(60).default(3_600), {
    label: { en: 'Longest lifetime', de: 'Längste Gültigkeit' },
    unit: 'seconds',
  }),
})

export const selfResetTokenLimited = {
  id: 'self.reset-token-limited',
  version: 1,
  connector: 'self',
  title: {
    en: 'Links to reset a password are short-lived, usable once and stored hashed',
    de: 'Links zum Zurücksetzen eines Passworts sind kurzlebig, einmalig und gehasht abgelegt',
  },
  why: {
    en: 'A reset link is a password: one that lies in a mailbox must not open the account weeks later.',
    de: 'Ein Rücksetz-Link ist ein Passwort: Einer, der im Postfach liegt, darf nicht Wochen später das Konto öffnen.',
  },
  remedy: {
    en: 'Shorten the lifetime to an hour, and store only the hash of the token.',
    de: 'Die Gültigkeit auf eine Stunde verkürzen und nur den Hash des Tokens ablegen.',
  },
  severity: 'high',
  serves: [{ measure: 'password-reset', as: 'proves', takes: { tokenLifetime: 'maxSeconds' } }],
  params,
  reads: ['resetTokens'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['OWASP ASVS 4.0.3 2.5.6'],
  sources: ['https://cheatsheetseries.owasp.org/cheatsheets/Forgot_Password_Cheat_Sheet.html'],
  pitfalls: ['The lifetime in force is read, not the one in the documentation.'],
  messages: {
    short: { en: 'Valid for {seconds} seconds.', de: '{seconds} Sekunden gültig.' },
    long: {
      en: 'Valid for {seconds} seconds; {maximum} are allowed.',
      de: '{seconds} Sekunden gültig; zulässig sind {maximum}.',
    },
    hashed: { en: 'Stored hashed.', de: 'Gehasht abgelegt.' },
    plain: { en: 'Stored in the clear.', de: 'Im Klartext abgelegt.' },
    once: { en: 'Usable once.', de: 'Einmal verwendbar.' },
    again: { en: 'Usable more than once.', de: 'Mehrfach verwendbar.' },
  },
  judge({ resetTokens: { ttlSeconds, hashed, singleUse } }, { maxSeconds }) {
    const isShort = ttlSeconds > 0 && ttlSeconds <= maxSeconds
    const says = { seconds: ttlSeconds, maximum: maxSeconds }
    return [
      (isShort ? pass : fail)('lifetime', 'resetTokens.ttlSeconds', isShort ? 'short' : 'long', says),
      (hashed ? pass : fail)('storage', 'resetTokens.hashed', hashed ? 'hashed' : 'plain'),
      (singleUse ? pass : fail)('use', 'resetTokens.singleUse', singleUse ? 'once' : 'again'),
    ]
  },
} satisfies Check<SeenSelfFacts, 'resetTokens', typeof params>
