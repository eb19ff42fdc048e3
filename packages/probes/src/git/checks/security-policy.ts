import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { GitFacts } from '../facts.ts'

export const gitSecurityPolicy = {
  id: 'git.security-policy',
  version: 1,
  connector: 'git',
  title: {
    en: 'The repository says how to report a weakness',
    de: 'Das Repository sagt, wie Schwachstellen zu melden sind',
  },
  why: {
    en: 'Somebody who finds a weakness should not have to write a public issue.',
    de: 'Wer eine Schwachstelle findet, soll kein öffentliches Ticket schreiben müssen.',
  },
  remedy: {
    en: 'Add SECURITY.md with an address for reports and the versions that get fixes.',
    de: 'SECURITY.md mit einer Meldeadresse und den gepflegten Versionen hinzufügen.',
  },
  severity: 'low',
  serves: [{ measure: 'vulnerability-disclosure', as: 'supports' }],
  params: noParams,
  reads: ['releases'],
  maxAge: 'P30D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.5.5'],
  sources: ['https://docs.github.com/en/code-security/getting-started/adding-a-security-policy-to-your-repository'],
  pitfalls: ['Only that the file is there is seen, not what it says.'],
  messages: {
    there: { en: 'There is a SECURITY file.', de: 'Es gibt eine SECURITY-Datei.' },
    missing: { en: 'There is no SECURITY file.', de: 'Es gibt keine SECURITY-Datei.' },
  },
  judge({ releases: { securityPolicy } }) {
    return [(securityPolicy ? pass : fail)('policy', 'releases.securityPolicy', securityPolicy ? 'there' : 'missing')]
  },
} satisfies Check<GitFacts, 'releases', typeof noParams>
