import { examine } from '../../testing/examine.ts'
import type { GithubFacts } from '../facts.ts'
import { ghSecretScanning } from './secret-scanning.ts'

const good: Pick<GithubFacts, 'secrets'> = { secrets: [{ repository: 'shop', on: true, alerts: [] }] }

examine(ghSecretScanning, {
  good,
  bad: {
    'it is off': {
      change: (f) => {
        f.secrets.push({ repository: 'site', on: false, alerts: [] })
      },
      says: 'off',
    },
    'an alert is open': {
      change: (f) => {
        f.secrets[0]?.alerts.push({ number: 8, kind: 'example_token', since: '2026-11-21T00:00:00Z' })
      },
      says: 'open',
    },
  },
  empty: {
    'there is no repository': (f) => {
      f.secrets = []
    },
  },
})
