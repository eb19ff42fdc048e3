import { examine } from '../../testing/examine.ts'
import { backupConfig } from './config.ts'

examine(backupConfig, {
  good: {
    configuration: [
      { path: '/etc', newest: '2026-11-22T02:00:00.000Z' },
      { path: '/srv/pipelines', newest: '2026-11-21T23:00:00.000Z' },
    ],
  },
  bad: {
    'a folder is in no backup': {
      change: (f) => {
        f.configuration = f.configuration.map((one) => (one.path === '/etc' ? { ...one, newest: null } : one))
      },
      says: 'missing',
    },
    'the newest backup with it is old': {
      change: (f) => {
        f.configuration = f.configuration.map((one) =>
          one.path === '/srv/pipelines' ? { ...one, newest: '2026-11-01T00:00:00.000Z' } : one,
        )
      },
      says: 'old',
    },
    'a shorter time was promised': { change: () => undefined, says: 'old', parameters: { maxHours: 2 } },
  },
  empty: {
    'nothing is declared': (f) => {
      f.configuration = []
    },
  },
})
