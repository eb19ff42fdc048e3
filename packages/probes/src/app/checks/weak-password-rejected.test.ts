import { examine } from '../../testing/examine.ts'
import { appWeakPasswordRejected } from './weak-password-rejected.ts'

examine(appWeakPasswordRejected, {
  good: { weakPasswords: { tried: 6, accepted: 0 } },
  bad: {
    'one was accepted': {
      change: (f) => {
        f.weakPasswords.accepted = 1
      },
      says: 'accepted',
    },
    'none was tried': {
      change: (f) => {
        f.weakPasswords.tried = 0
      },
      says: 'accepted',
    },
  },
})
