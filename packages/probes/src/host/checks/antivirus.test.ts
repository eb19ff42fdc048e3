import { examine } from '../../testing/examine.ts'
import { hostAntivirus } from './antivirus.ts'

examine(hostAntivirus, {
  good: { antivirus: { isAlive: true, signaturesAt: '2026-11-21T08:00:00.000Z', finds: true } },
  bad: {
    'the scanner does not run': {
      change: (f) => {
        f.antivirus.isAlive = false
      },
      says: 'stopped',
    },
    'the scanner finds nothing': {
      change: (f) => {
        f.antivirus.finds = false
      },
      says: 'blind',
    },
    'signatures are old': {
      change: (f) => {
        f.antivirus.signaturesAt = '2026-11-19T08:00:00.000Z'
      },
      says: 'old',
    },
    'there are no signatures': {
      change: (f) => {
        f.antivirus.signaturesAt = null
      },
      says: 'none',
    },
    'fresher signatures were promised': { change: () => undefined, says: 'old', parameters: { maxHours: 1 } },
  },
})
