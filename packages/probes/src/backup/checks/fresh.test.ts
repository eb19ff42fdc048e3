import { examine } from '../../testing/examine.ts'
import { backupFresh } from './fresh.ts'

examine(backupFresh, {
  good: {
    declared: { sources: ['db1', 'files'], tenants: ['t1', 't2'] },
    snapshots: [
      { source: 'db1', tenant: 't1', newest: '2026-11-22T02:00:00.000Z' },
      { source: 'db1', tenant: 't2', newest: '2026-11-21T11:00:00.000Z' },
      { source: 'files', tenant: null, newest: '2026-11-22T11:59:59.000Z' },
    ],
  },
  bad: {
    'the newest backup of a source is too old': {
      change: (f) => {
        f.snapshots = f.snapshots.map((one) =>
          one.source === 'files' ? { ...one, newest: '2026-11-21T09:00:00.000Z' } : one,
        )
      },
      says: 'old',
    },
    'one tenant is not backed up': {
      change: (f) => {
        f.snapshots = f.snapshots.filter(({ tenant }) => tenant !== 't2')
      },
      says: 'never',
    },
    'a declared source was never backed up': {
      change: (f) => {
        f.declared.sources.push('mail')
      },
      says: 'never',
    },
    'nothing was ever backed up': {
      change: (f) => {
        f.snapshots = []
      },
      says: 'never',
    },
    'the clock of the source is wrong': {
      change: (f) => {
        f.snapshots = f.snapshots.map((one) =>
          one.source === 'files' ? { ...one, newest: '2027-11-22T12:00:00.000Z' } : one,
        )
      },
      says: 'future',
    },
    'a shorter time was promised': { change: () => undefined, says: 'old', parameters: { maxHours: 1 } },
  },
  told: {
    'something is backed up that nobody declared': {
      change: (f) => {
        f.snapshots.push({ source: 'old', tenant: 't9', newest: '2026-11-22T02:00:00.000Z' })
      },
      says: 'undeclared',
    },
  },
})
