import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { GitFacts } from '../facts.ts'

export const secretsInRepo = {
  id: 'secrets.in-repo',
  version: 1,
  connector: 'git',
  title: { en: 'No secret lies in the history', de: 'In der Historie liegt kein Geheimnis' },
  why: {
    en: 'Everybody who ever cloned the repository has every secret that was ever in it.',
    de: 'Wer das Repository je geklont hat, hat jedes Geheimnis, das je darin lag.',
  },
  remedy: {
    en: 'Replace the secret at its vendor first; removing it from history does not take it back. Then keep secrets in a vault.',
    de: 'Das Geheimnis zuerst beim Anbieter ersetzen; Entfernen aus der Historie holt es nicht zurück. Danach Geheimnisse in einem Tresor halten.',
  },
  severity: 'critical',
  serves: [{ measure: 'secrets-management', as: 'proves' }],
  params: noParams,
  reads: ['secrets'],
  maxAge: 'P7D',
  onEmpty: 'pass',
  refs: ['ISO/IEC 27001:2022 A.8.4', 'CWE-798'],
  sources: [
    'https://cwe.mitre.org/data/definitions/798.html',
    'https://docs.github.com/en/code-security/secret-scanning',
  ],
  pitfalls: [
    'Only shapes that vendors reserve for secrets and private keys are searched: few false alarms, and passwords without a shape are not found.',
    'The whole history of all branches is read, not only the head. Where it is too long, none found is told, not passed.',
    'Keys made for tests look like any other key: declare an exception for the path.',
  ],
  messages: {
    none: { en: 'No secret in {commits} commits.', de: 'Kein Geheimnis in {commits} Commits.' },
    partial: {
      en: 'No secret in the {commits} newest commits; the rest was not read.',
      de: 'Kein Geheimnis in den {commits} neuesten Commits; der Rest wurde nicht gelesen.',
    },
    found: { en: '{rule} in {path}, since {commit}.', de: '{rule} in {path}, seit {commit}.' },
  },
  judge({ secrets: { found, commits, scannedAll } }) {
    if (found.length > 0)
      return found.map((one, index) => fail(`${one.rule} in ${one.path}`, `secrets.found.${index}`, 'found', one))
    return [(scannedAll ? pass : info)('history', 'secrets.commits', scannedAll ? 'none' : 'partial', { commits })]
  },
} satisfies Check<GitFacts, 'secrets', typeof noParams>
