import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { GithubFacts } from '../facts.ts'

export const ghSecretScanning = {
  id: 'gh.secret-scanning',
  version: 1,
  connector: 'github',
  title: {
    en: 'Secret scanning is on and has no open alert',
    de: 'Geheimnis-Suche ist aktiv und ohne offene Meldung',
  },
  why: {
    en: 'A secret that was ever committed is known to everybody who ever had the repository.',
    de: 'Ein je eingechecktes Geheimnis kennen alle, die das Repository je hatten.',
  },
  remedy: {
    en: 'Replace the secret first, then close the alert as revoked. Switch secret scanning and push protection on.',
    de: 'Ersetzen Sie zuerst das Geheimnis, schließen Sie dann die Meldung als widerrufen. Schalten Sie Geheimnis-Suche und Push-Schutz ein.',
  },
  severity: 'critical',
  serves: [
    { measure: 'secrets-management', as: 'proves' },
    { measure: 'code-scanning', as: 'supports' },
  ],
  params: noParams,
  reads: ['secrets'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['CIS GitHub Benchmark 1.5.1', 'ISO/IEC 27001:2022 A.8.28', 'BSI IT-Grundschutz CON.8'],
  sources: ['https://docs.github.com/en/rest/secret-scanning/secret-scanning'],
  pitfalls: [
    'GitHub answers 404 both where scanning is off and where the token may not see it. The words tell them apart: off fails, not shown is not evaluated.',
    'GitHub is asked to leave the secrets out of its answers; only number and kind of an alert are kept.',
    'Only secrets of known forms are found; a password without a form is not.',
  ],
  messages: {
    off: { en: 'Secret scanning is off.', de: 'Die Geheimnis-Suche ist aus.' },
    clean: {
      en: 'Secret scanning is on, and no alert is open.',
      de: 'Die Geheimnis-Suche ist an, keine Meldung ist offen.',
    },
    open: {
      en: 'Alert {number} on a secret of the kind {kind} is open.',
      de: 'Meldung {number} über ein Geheimnis der Art {kind} ist offen.',
    },
  },
  judge({ secrets }) {
    return secrets.flatMap(({ repository, on, alerts }, index) => {
      if (!on) return [fail(repository, `secrets.${index}.on`, 'off')]
      if (alerts.length === 0) return [pass(repository, `secrets.${index}.alerts`, 'clean')]
      return alerts.map(({ number, kind }, at) =>
        fail(`${repository} alert ${number}`, `secrets.${index}.alerts.${at}`, 'open', { number, kind }),
      )
    })
  },
} satisfies Check<GithubFacts, 'secrets', typeof noParams>
