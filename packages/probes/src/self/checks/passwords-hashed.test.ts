import { examine } from '../../testing/examine.ts'
import { selfPasswordsHashed } from './passwords-hashed.ts'

examine(selfPasswordsHashed, {
  good: { passwords: { algorithm: 'argon2id', memoryKiB: 19_456, iterations: 2, minLength: 12, otherwiseStored: 0 } },
  bad: {
    'the algorithm is fast': {
      change: (f) => {
        f.passwords.algorithm = 'sha256'
      },
      says: 'weak',
    },
    'the memory is small': {
      change: (f) => {
        f.passwords.memoryKiB = 4_096
      },
      says: 'weak',
    },
    'the rounds are few': {
      change: (f) => {
        f.passwords.iterations = 1
      },
      says: 'weak',
    },
    'a verifier has another form': {
      change: (f) => {
        f.passwords.otherwiseStored = 1
      },
      says: 'mixed',
    },
    'short passwords are taken': {
      change: (f) => {
        f.passwords.minLength = 8
      },
      says: 'short',
    },
  },
})
