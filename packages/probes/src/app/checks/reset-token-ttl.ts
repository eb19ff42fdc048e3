import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { AppFacts } from '../facts.ts'
import { isHash } from '../hash-form.ts'

const params = z.object({
  maxSeconds: field(z.int().min(60).default(3_600), {
    label: { en: 'Longest lifetime', de: 'Längste Gültigkeit' },
    unit: 'seconds',
  }),
})

export const appResetTokenTtl = {
  id: 'app.reset-token-ttl',
  version: 1,
  connector: 'app',
  title: {
    en: "The application's links to reset a password are short-lived and stored hashed",
    de: 'Links der Anwendung zum Zurücksetzen eines Passworts sind kurzlebig und gehasht abgelegt',
  },
  why: {
    en: 'A reset link is a password: one that lies in a mailbox must not open the account weeks later.',
    de: 'Ein Rücksetz-Link ist ein Passwort: Einer, der im Postfach liegt, darf nicht Wochen später das Konto öffnen.',
  },
  remedy: {
    en: 'Give each token an end within the hour, store only its hash, and delete what ran out.',
    de: 'Jedem Token ein Ende binnen einer Stunde geben, nur den Hash ablegen und Abgelaufenes löschen.',
  },
  severity: 'high',
  serves: [{ measure: 'password-reset', as: 'proves', takes: { tokenLifetime: 'maxSeconds' } }],
  params,
  reads: ['resetTokens'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['OWASP ASVS 4.0.3 2.5.6'],
  sources: ['https://cheatsheetseries.owasp.org/cheatsheets/Forgot_Password_Cheat_Sheet.html'],
  pitfalls: [
    'Only tokens that are stored at the moment are judged; where none is, there is nothing to judge. Let the view show used ones, too.',
    'A random token of exactly the length of a hash cannot be told from a hash.',
  ],
  messages: {
    short: {
      en: 'None of {count} is valid for more than {seconds} seconds.',
      de: 'Keiner von {count} gilt länger als {seconds} Sekunden.',
    },
    long: {
      en: 'One is valid for {seconds} seconds; {maximum} are allowed.',
      de: 'Einer gilt {seconds} Sekunden; zulässig sind {maximum}.',
    },
    endless: { en: '{count} have no end.', de: '{count} haben kein Ende.' },
    hashed: { en: '{count} are stored as {form}, as a hash is.', de: '{count} sind als {form} abgelegt wie ein Hash.' },
    plain: { en: '{count} are stored as {form}: no hash.', de: '{count} sind als {form} abgelegt: kein Hash.' },
  },
  judge({ resetTokens: { stored, endless, longestSeconds, forms } }, { maxSeconds }) {
    if (stored === 0) return []
    const seconds = longestSeconds ?? 0
    const lifetime =
      endless > 0
        ? fail('lifetime', 'resetTokens.endless', 'endless', { count: endless })
        : seconds <= maxSeconds
          ? pass('lifetime', 'resetTokens.longestSeconds', 'short', { count: stored, seconds })
          : fail('lifetime', 'resetTokens.longestSeconds', 'long', { seconds, maximum: maxSeconds })
    return [
      lifetime,
      ...forms.map(({ form, count }, index) =>
        isHash(form)
          ? pass(form, `resetTokens.forms.${index}`, 'hashed', { count, form })
          : fail(form, `resetTokens.forms.${index}`, 'plain', { count, form }),
      ),
    ]
  },
} satisfies Check<AppFacts, 'resetTokens', typeof params>
