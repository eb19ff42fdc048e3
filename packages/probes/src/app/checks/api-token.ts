import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { AppFacts } from '../facts.ts'
import { isHash } from '../hash-form.ts'

const params = z.object({
  maxDays: field(z.int().min(1).default(366), {
    label: { en: 'Longest lifetime', de: 'Längste Gültigkeit' },
    unit: 'days',
  }),
})

export const appApiToken = {
  id: 'app.api-token',
  version: 1,
  connector: 'app',
  title: {
    en: "The application's API tokens run out and are stored hashed",
    de: 'API-Token der Anwendung laufen ab und sind gehasht abgelegt',
  },
  why: {
    en: 'A token outlives the person, the machine and the reason it was made for, unless it ends by itself.',
    de: 'Ein Token überlebt die Person, die Maschine und den Anlass, für die es gemacht wurde, wenn es nicht von selbst endet.',
  },
  remedy: {
    en: 'Give every token an end, store only its hash, and delete those that ran out.',
    de: 'Jedem Token ein Ende geben, nur den Hash ablegen und abgelaufene löschen.',
  },
  severity: 'high',
  serves: [{ measure: 'api-token-auth', as: 'proves' }],
  params,
  reads: ['apiTokens'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['OWASP ASVS 4.0.3 2.10.1', 'ISO/IEC 27001:2022 A.5.17'],
  sources: ['https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html'],
  pitfalls: [
    'Where no token is stored there is nothing to judge: the check does not apply.',
    'A random token of exactly the length of a hash cannot be told from a hash.',
  ],
  messages: {
    short: {
      en: 'None of {count} is valid for more than {days} days.',
      de: 'Keines von {count} gilt länger als {days} Tage.',
    },
    long: {
      en: 'One is valid for {days} days; {maximum} are allowed.',
      de: 'Eines gilt {days} Tage; zulässig sind {maximum}.',
    },
    endless: { en: '{count} have no end.', de: '{count} haben kein Ende.' },
    hashed: { en: '{count} are stored as {form}, as a hash is.', de: '{count} sind als {form} abgelegt wie ein Hash.' },
    plain: { en: '{count} are stored as {form}: no hash.', de: '{count} sind als {form} abgelegt: kein Hash.' },
  },
  judge({ apiTokens: { stored, endless, longestSeconds, forms } }, { maxDays }) {
    if (stored === 0) return []
    const days = Math.ceil((longestSeconds ?? 0) / 86_400)
    const lifetime =
      endless > 0
        ? fail('lifetime', 'apiTokens.endless', 'endless', { count: endless })
        : days <= maxDays
          ? pass('lifetime', 'apiTokens.longestSeconds', 'short', { count: stored, days })
          : fail('lifetime', 'apiTokens.longestSeconds', 'long', { days, maximum: maxDays })
    return [
      lifetime,
      ...forms.map(({ form, count }, index) =>
        isHash(form)
          ? pass(form, `apiTokens.forms.${index}`, 'hashed', { count, form })
          : fail(form, `apiTokens.forms.${index}`, 'plain', { count, form }),
      ),
    ]
  },
} satisfies Check<AppFacts, 'apiTokens', typeof params>
