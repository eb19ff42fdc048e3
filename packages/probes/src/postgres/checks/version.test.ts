import { examine } from '../../testing/examine.ts'
import { pgVersion } from './version.ts'

const lifecycle = () => ({
  cycle: '18',
  endOfLife: '2030-11-14' as string | boolean,
  latest: '18.4',
  latestDate: '2026-08-13' as string | null,
})

examine(pgVersion, {
  good: { server: { version: '18.4', lifecycle: lifecycle() } },
  bad: {
    'support has ended': {
      change: (f) => {
        f.server.lifecycle = { ...lifecycle(), endOfLife: '2026-11-12' }
      },
      says: 'ended',
    },
    'a patch has been out for long': {
      change: (f) => {
        f.server.version = '18.3'
      },
      says: 'behind',
    },
  },
  told: {
    'the version is not known': {
      change: (f) => {
        f.server.lifecycle = null
      },
      says: 'unknown',
    },
    'a patch is fresh': {
      change: (f) => {
        f.server = { version: '18.3', lifecycle: { ...lifecycle(), latestDate: '2026-11-12' } }
      },
      says: 'recent',
    },
  },
})
