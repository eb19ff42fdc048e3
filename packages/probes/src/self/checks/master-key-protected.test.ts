import { examine } from '../../testing/examine.ts'
import { selfMasterKeyProtected } from './master-key-protected.ts'

examine(selfMasterKeyProtected, {
  good: { masterKey: { source: 'file', mode: 0o600, ownedByProcess: true } },
  bad: {
    'others can read the file': {
      change: (f) => {
        f.masterKey.mode = 0o644
      },
      says: 'readable',
    },
    'the group can read the file': {
      change: (f) => {
        f.masterKey.mode = 0o640
      },
      says: 'readable',
    },
    'the mode is not known': {
      change: (f) => {
        f.masterKey.mode = null
      },
      says: 'readable',
    },
    'somebody else owns it': {
      change: (f) => {
        f.masterKey.ownedByProcess = false
      },
      says: 'foreign',
    },
  },
  told: {
    'the key comes from the environment': {
      change: (f) => {
        f.masterKey = { source: 'environment', mode: null, ownedByProcess: null }
      },
      says: 'environment',
    },
  },
})
