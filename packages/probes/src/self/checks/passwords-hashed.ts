import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { SeenSelfFacts } from '../facts.ts'

const params = z.object({
  algorithm: field(z.enum(['argon2id']).default('argon2id'), { label: { en: 'Function', de: 'Verfahren' } }),
  minMemoryKiB: field(z.int().default(19_456), { label: { en: 'Least memory', de: 'Mindestspeicher' }, unit: 'KiB' }),
  minIterations: field(z.int().default(2), { label: { en: 'Fewest rounds', de: 'Mindestzahl der Durchläufe' } }),
  minLength: field(z.int().default(12), {
    label: { en: 'Shortest password', de: 'Kürzestes Passwort' },
    unit: 'characters',
  }),
})

export const selfPasswordsHashed = {
  id: 'self.passwords-hashed',
  version: 1,
  connector: 'self',
  title: {
    en: 'Passwords are stored by a slow, memory-hard function',
    de: 'Passwörter sind mit einem langsamen, speicherintensiven Verfahren abgelegt',
  },
  why: {
    en: 'A stolen table of passwords must not be worth guessing.',
    de: 'Bei einer gestohlenen Passworttabelle darf sich das Raten nicht lohnen.',
  },
  remedy: {
    en: 'Restore the parameters of the release: argon2id with at least 19 MiB and two rounds.',
    de: 'Die Werte der Auslieferung wiederherstellen: argon2id mit mindestens 19 MiB und zwei Durchläufen.',
  },
  severity: 'high',
  serves: [
    { measure: 'password-hashing', as: 'proves', takes: { hash: 'algorithm' } },
    { measure: 'password-policy', as: 'supports', takes: { passwordLength: 'minLength' } },
  ],
  params,
  reads: ['passwords'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['OWASP ASVS 4.0.3 2.4.1', 'ISO/IEC 27001:2022 A.5.17'],
  sources: [
    'https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html',
    'https://www.rfc-editor.org/rfc/rfc9106',
  ],
  pitfalls: ['Stored verifiers are counted by their form; one of another form fails, whatever the setting says.'],
  messages: {
    slow: {
      en: '{algorithm} with {memory} KiB and {iterations} rounds.',
      de: '{algorithm} mit {memory} KiB und {iterations} Durchläufen.',
    },
    weak: {
      en: '{algorithm} with {memory} KiB and {iterations} rounds is too weak.',
      de: '{algorithm} mit {memory} KiB und {iterations} Durchläufen ist zu schwach.',
    },
    uniform: { en: 'Every stored verifier has this form.', de: 'Jeder abgelegte Wert hat diese Form.' },
    mixed: { en: '{count} stored verifiers have another form.', de: '{count} abgelegte Werte haben eine andere Form.' },
    long: { en: 'At least {length} characters are asked for.', de: 'Mindestens {length} Zeichen werden verlangt.' },
    short: { en: 'Only {length} characters are asked for.', de: 'Nur {length} Zeichen werden verlangt.' },
  },
  judge({ passwords }, { algorithm: wanted, minMemoryKiB, minIterations, minLength }) {
    const { algorithm, memoryKiB, iterations, otherwiseStored } = passwords
    const isSlow = algorithm === wanted && memoryKiB >= minMemoryKiB && iterations >= minIterations
    const isLong = passwords.minLength >= minLength
    return [
      (isSlow ? pass : fail)('function', 'passwords', isSlow ? 'slow' : 'weak', {
        algorithm,
        memory: memoryKiB,
        iterations,
      }),
      (otherwiseStored === 0 ? pass : fail)(
        'stored',
        'passwords.otherwiseStored',
        otherwiseStored === 0 ? 'uniform' : 'mixed',
        {
          count: otherwiseStored,
        },
      ),
      (isLong ? pass : fail)('length', 'passwords.minLength', isLong ? 'long' : 'short', {
        length: passwords.minLength,
      }),
    ]
  },
} satisfies Check<SeenSelfFacts, 'passwords', typeof params>
