import { examine } from '../../testing/examine.ts'
import { blobImmutable } from './immutable.ts'

const policy = { days: 30, state: 'locked', from: 'container' } as const

examine(blobImmutable, {
  good: { immutability: { policy, legalHold: false } },
  bad: {
    'there is no policy': {
      change: (f) => {
        f.immutability = { policy: null, legalHold: false }
      },
      says: 'open',
    },
    'the policy is short': {
      change: (f) => {
        f.immutability = { policy: { ...policy, days: 7 }, legalHold: false }
      },
      says: 'short',
    },
  },
  told: {
    'the policy is not locked': {
      change: (f) => {
        f.immutability = { policy: { ...policy, state: 'unlocked' }, legalHold: false }
      },
      says: 'unlocked',
    },
    'there is a legal hold and nothing else': {
      change: (f) => {
        f.immutability = { policy: null, legalHold: true }
      },
      says: 'held',
    },
  },
})
