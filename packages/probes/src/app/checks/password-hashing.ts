import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { AppFacts } from '../facts.ts'

const params = z.object({
  minMemoryKiB: field(z.int().default(19_456), {
    label: { en: 'Least memory of argon2id', de: 'Mindestspeicher von argon2id' },
    unit: 'KiB',
  }),
  minIterations: field(z.int().default(2), {
    label: { en: 'Fewest rounds of argon2id', de: 'Mindestzahl der Durchläufe von argon2id' },
  }),
  minBcryptCost: field(z.int().default(12), { label: { en: 'Least cost of bcrypt', de: 'Mindestkosten von bcrypt' } }),
  minScryptN: field(z.int().default(17), {
    label: { en: 'Least cost of scrypt, as a power of two', de: 'Mindestkosten von scrypt als Zweierpotenz' },
  }),
})

export const appPasswordHashing = {
  id: 'app.password-hashing',
  version: 1,
  connector: 'app',
  title: {
    en: 'The application stores every password by a slow function',
    de: 'Die Anwendung legt jedes Passwort mit einem langsamen Verfahren ab',
  },
  why: {
    en: 'A stolen table of passwords must not be worth guessing.',
    de: 'Bei einer gestohlenen Passworttabelle darf sich das Raten nicht lohnen.',
  },
  remedy: {
    en: 'Hash with argon2id (19 MiB, two rounds); hash old forms again at the next sign-in, or have those passwords set anew.',
    de: 'Mit argon2id hashen (19 MiB, zwei Durchläufe); alte Formen bei der nächsten Anmeldung neu hashen oder die Passwörter neu setzen lassen.',
  },
  severity: 'critical',
  serves: [{ measure: 'password-hashing', as: 'proves' }],
  params,
  reads: ['passwords'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['OWASP ASVS 4.0.3 2.4.1', 'ISO/IEC 27001:2022 A.5.17'],
  sources: ['https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html'],
  pitfalls: [
    'What is stored is judged, not the setting: one old account with an old form fails.',
    'The view shows the beginning of a value only; that the rest is a hash of this function is believed.',
    'scrypt without its cost in the value cannot be judged and fails.',
  ],
  messages: {
    slow: { en: '{count} are stored as {form}.', de: '{count} sind als {form} abgelegt.' },
    weak: { en: '{count} are stored as {form}: too weak.', de: '{count} sind als {form} abgelegt: zu schwach.' },
    other: {
      en: '{count} are stored in another form; perhaps in the clear.',
      de: '{count} sind in anderer Form abgelegt, womöglich im Klartext.',
    },
  },
  judge({ passwords }, limits) {
    return passwords.flatMap(({ form, count }, index) => {
      if (count === 0) return []
      if (form === 'other') return [fail(form, `passwords.${index}`, 'other', { count })]
      const isSlow = slowEnough(form, limits)
      return [(isSlow ? pass : fail)(form, `passwords.${index}`, isSlow ? 'slow' : 'weak', { count, form })]
    })
  },
} satisfies Check<AppFacts, 'passwords', typeof params>

function slowEnough(form: string, limits: z.output<typeof params>): boolean {
  const argon2 = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+/.exec(form)
  if (argon2) return Number(argon2[1]) >= limits.minMemoryKiB && Number(argon2[2]) >= limits.minIterations
  const bcrypt = /^\$2[aby]\$(\d\d)/.exec(form)
  if (bcrypt) return Number(bcrypt[1]) >= limits.minBcryptCost
  const scrypt = /^\$scrypt\$ln=(\d+),/.exec(form)
  return scrypt !== null && Number(scrypt[1]) >= limits.minScryptN
}
