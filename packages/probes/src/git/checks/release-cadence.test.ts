import { examine } from '../../testing/examine.ts'
import { productReleaseCadence } from './release-cadence.ts'

examine(productReleaseCadence, {
  good: {
    releases: {
      tags: [
        { name: 'v1.2.0', at: '2026-10-01T00:00:00Z' },
        { name: 'v1.1.0', at: '2026-01-01T00:00:00Z' },
      ],
      changelog: true,
      securityPolicy: true,
    },
  },
  bad: {
    'no version is tagged': {
      change: (f) => {
        f.releases.tags = []
      },
      says: 'untagged',
    },
    'the newest is old': {
      change: (f) => {
        f.releases.tags = [{ name: 'v1.1.0', at: '2026-01-01T00:00:00Z' }]
      },
      says: 'old',
    },
    'there is no changelog': {
      change: (f) => {
        f.releases.changelog = false
      },
      says: 'undescribed',
    },
  },
})
