import { examine } from '../../testing/examine.ts'
import type { DependenciesFacts } from '../facts.ts'
import { depsFresh } from './fresh.ts'

const one: DependenciesFacts['outdated']['packages'][number] = {
  name: 'example',
  current: '1.0.0',
  wanted: '1.1.0',
  latest: '2.0.0',
  behindSince: '2026-11-01T12:00:00Z',
}
const first = (f: { outdated: DependenciesFacts['outdated'] }) => f.outdated.packages[0] ?? one

examine(depsFresh, {
  good: { outdated: { reportedAt: '2026-11-20T12:00:00Z', packages: [one] } },
  bad: {
    'a package has been behind for too long': {
      change: (f) => {
        first(f).behindSince = '2026-01-01T12:00:00Z'
      },
      says: 'late',
    },
    'the report is old': {
      change: (f) => {
        f.outdated.reportedAt = '2026-10-01T12:00:00Z'
      },
      says: 'old',
    },
  },
  told: {
    'a package is a few weeks behind': { change: () => undefined, says: 'behind' },
    'only a new major version is out': {
      change: (f) => {
        Object.assign(first(f), { current: '1.1.0', behindSince: null })
      },
      says: 'major',
    },
    'a package is not installed': {
      change: (f) => {
        Object.assign(first(f), { current: null, behindSince: null })
      },
      says: 'missing',
    },
  },
})
