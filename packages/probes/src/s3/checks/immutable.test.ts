import { examine } from '../../testing/examine.ts'
import { s3Immutable } from './immutable.ts'

examine(s3Immutable, {
  good: {
    objectLock: { enabled: true, mode: 'compliance', days: 30 },
    versioning: { state: 'enabled', mfaDelete: false },
  },
  bad: {
    'there is no lock': {
      change: (f) => {
        f.objectLock = { enabled: false, mode: null, days: null }
      },
      says: 'versionsOnly',
    },
    'there is neither lock nor versioning': {
      change: (f) => {
        f.objectLock = { enabled: false, mode: null, days: null }
        f.versioning = { state: 'off', mfaDelete: false }
      },
      says: 'open',
    },
    'the lock is short': {
      change: (f) => {
        f.objectLock = { enabled: true, mode: 'compliance', days: 7 }
      },
      says: 'short',
    },
    'no rule locks new copies': {
      change: (f) => {
        f.objectLock = { enabled: true, mode: null, days: null }
      },
      says: 'noRule',
    },
  },
  told: {
    'a right goes around the lock': {
      change: (f) => {
        f.objectLock = { enabled: true, mode: 'governance', days: 30 }
      },
      says: 'governance',
    },
    'the program locks each copy, as declared': {
      change: (f) => {
        f.objectLock = { enabled: true, mode: null, days: null }
      },
      says: 'byProgram',
      parameters: { lockedByProgram: true },
    },
  },
})
