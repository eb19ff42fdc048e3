import { examine } from '../../testing/examine.ts'
import { backupEncryptedImmutable } from './encrypted-immutable.ts'

examine(backupEncryptedImmutable, {
  good: { encryption: { encrypted: true, mode: 'repokey' }, immutability: { by: 'append-only', seen: true } },
  bad: {
    'backups are plain': {
      change: (f) => {
        f.encryption.encrypted = false
      },
      says: 'plain',
    },
    'nothing keeps them from being overwritten': {
      change: (f) => {
        f.immutability.by = 'none'
      },
      says: 'open',
    },
    'it is declared that nothing does': {
      change: (f) => {
        f.immutability = { by: 'none', seen: false }
      },
      says: 'open',
    },
  },
  told: {
    'the protection is only declared': {
      change: (f) => {
        f.immutability = { by: 'object-lock', seen: false }
      },
      says: 'declared',
    },
  },
})
