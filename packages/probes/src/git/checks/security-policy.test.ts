import { examine } from '../../testing/examine.ts'
import { gitSecurityPolicy } from './security-policy.ts'

examine(gitSecurityPolicy, {
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
    'there is no SECURITY file': {
      change: (f) => {
        f.releases.securityPolicy = false
      },
      says: 'missing',
    },
  },
})
