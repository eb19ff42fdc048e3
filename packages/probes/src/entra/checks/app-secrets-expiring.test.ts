import { examine } from '../../testing/examine.ts'
import type { EntraFacts } from '../facts.ts'
import { entraAppSecretsExpiring } from './app-secrets-expiring.ts'

const credential = (start: string | null, end: string | null): EntraFacts['credentials'][number] => ({
  app: 'app',
  key: `${start} to ${end}`,
  kind: 'secret',
  start,
  end,
})

examine(entraAppSecretsExpiring, {
  good: { credentials: [credential('2026-06-01T00:00:00Z', '2027-06-01T00:00:00Z')] },
  bad: {
    'one has expired': {
      change: (f) => {
        f.credentials.push(credential('2026-01-01T00:00:00Z', '2026-11-22T11:59:59Z'))
      },
      says: 'expired',
    },
    'one lives for two years': {
      change: (f) => {
        f.credentials.push(credential('2026-06-01T00:00:00Z', '2028-06-01T00:00:00Z'))
      },
      says: 'long',
    },
    'one never ends': {
      change: (f) => {
        f.credentials.push(credential(null, null))
      },
      says: 'endless',
    },
    'half a year is the most': { change: () => undefined, says: 'long', parameters: { maxDays: 180 } },
  },
  told: {
    'one ends within a month': {
      change: (f) => {
        f.credentials.push(credential(null, '2026-12-20T00:00:00Z'))
      },
      says: 'soon',
    },
  },
  empty: {
    'no app has a credential': (f) => {
      f.credentials = []
    },
  },
})
