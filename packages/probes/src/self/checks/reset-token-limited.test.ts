import { examine } from '../../testing/examine.ts'
import { selfResetTokenLimited } from './reset-token-limited.ts'

examine(selfResetTokenLimited, {
  good: { resetTokens: { ttlSeconds: 1_800, hashed: true, singleUse: true } },
  bad: {
    'a link lives too long': {
      change: (f) => {
        f.resetTokens.ttlSeconds = 3_601
      },
      says: 'long',
    },
    'a link lives for ever': {
      change: (f) => {
        f.resetTokens.ttlSeconds = 0
      },
      says: 'long',
    },
    'tokens are stored in the clear': {
      change: (f) => {
        f.resetTokens.hashed = false
      },
      says: 'plain',
    },
    'a link works twice': {
      change: (f) => {
        f.resetTokens.singleUse = false
      },
      says: 'again',
    },
  },
})
