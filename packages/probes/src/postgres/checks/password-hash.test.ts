import { examine } from '../../testing/examine.ts'
import { pgPasswordHash } from './password-hash.ts'

examine(pgPasswordHash, {
  good: { passwords: { encryption: 'scram-sha-256', scram: 3, others: 0 } },
  bad: {
    'new passwords are MD5': {
      change: (f) => {
        f.passwords.encryption = 'md5'
      },
      says: 'md5',
    },
    'an old one is MD5': {
      change: (f) => {
        f.passwords.others = 1
      },
      says: 'some',
    },
  },
})
