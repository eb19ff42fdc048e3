import { examine } from '../../testing/examine.ts'
import { appTenantIsolation } from './tenant-isolation.ts'

examine(appTenantIsolation, {
  good: {
    isolation: {
      shared: false,
      ways: [
        { way: 'database', refused: 1, reached: 0, unseen: 0 },
        { way: 'rows', refused: 12, reached: 0, unseen: 0 },
      ],
    },
  },
  bad: {
    'a way got through': {
      change: (f) => {
        f.isolation.ways.push({ way: 'files', refused: 3, reached: 1, unseen: 0 })
      },
      says: 'reached-files',
    },
  },
  told: {
    'the two share a database': {
      change: (f) => {
        f.isolation.shared = true
      },
      says: 'shared',
    },
    'a way could not be tried': {
      change: (f) => {
        f.isolation.ways.push({ way: 'locks', refused: 0, reached: 0, unseen: 1 })
      },
      says: 'unseen-locks',
    },
  },
  empty: {
    'nothing was tried': (f) => {
      f.isolation.ways = []
    },
  },
})
