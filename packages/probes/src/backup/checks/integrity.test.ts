import { examine } from '../../testing/examine.ts'
import { backupIntegrity } from './integrity.ts'

examine(backupIntegrity, {
  good: {
    verified: [
      { at: '2026-11-01T00:00:00.000Z', exit: 0 },
      { at: '2026-10-01T00:00:00.000Z', exit: 1 },
    ],
  },
  bad: {
    'the last check found faults': {
      change: (f) => {
        f.verified.push({ at: '2026-11-20T00:00:00.000Z', exit: 1 })
      },
      says: 'damaged',
    },
    'the last check is too old': {
      change: (f) => {
        f.verified = f.verified.map((one) => ({ ...one, at: one.at.replace('2026', '2025') }))
      },
      says: 'old',
    },
    'a shorter time was promised': { change: () => undefined, says: 'old', parameters: { maxDays: 7 } },
  },
  empty: {
    'it was never checked': (f) => {
      f.verified = []
    },
  },
})
