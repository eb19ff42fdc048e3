import { examine } from '../../testing/examine.ts'
import type { GithubFacts } from '../facts.ts'
import { ghDependabotOpen } from './dependabot-open.ts'

const good: Pick<GithubFacts, 'dependencies'> = {
  dependencies: [
    {
      repository: 'shop',
      on: true,
      alerts: [
        { number: 4, severity: 'high', since: '2026-11-01T00:00:00Z' },
        { number: 5, severity: 'critical', since: '2026-11-18T00:00:00Z' },
      ],
    },
    { repository: 'site', on: true, alerts: [] },
  ],
}

examine(ghDependabotOpen, {
  good,
  bad: {
    'alerts are off': {
      change: (f) => {
        f.dependencies.push({ repository: 'docs', on: false, alerts: [] })
      },
      says: 'off',
    },
    'a critical one is open for too long': {
      change: (f) => {
        f.dependencies[1]?.alerts.push({ number: 6, severity: 'critical', since: '2026-11-10T00:00:00Z' })
      },
      says: 'late',
    },
    'a high one is open for too long': {
      change: (f) => {
        f.dependencies[1]?.alerts.push({ number: 7, severity: 'high', since: '2026-10-10T00:00:00Z' })
      },
      says: 'late',
    },
    'the promise is stricter': { change: () => undefined, says: 'late', parameters: { highDays: 14 } },
  },
  empty: {
    'there is no repository': (f) => {
      f.dependencies = []
    },
  },
})
