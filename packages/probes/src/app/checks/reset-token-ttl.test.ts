import { examine } from '../../testing/examine.ts'
import { appResetTokenTtl } from './reset-token-ttl.ts'

examine(appResetTokenTtl, {
  good: { resetTokens: { stored: 5, endless: 0, longestSeconds: 1_800, forms: [{ form: 'bytea:32', count: 5 }] } },
  bad: {
    'one lives for a day': {
      change: (f) => {
        f.resetTokens.longestSeconds = 86_400
      },
      says: 'long',
    },
    'one has no end': {
      change: (f) => {
        f.resetTokens.endless = 1
      },
      says: 'endless',
    },
    'some are stored as they are': {
      change: (f) => {
        f.resetTokens.forms.push({ form: 'text:36', count: 2 })
      },
      says: 'plain',
    },
  },
  empty: {
    'none is stored': (f) => {
      f.resetTokens = { stored: 0, endless: 0, longestSeconds: null, forms: [] }
    },
  },
})
