import { examine } from '../../testing/examine.ts'
import { appApiToken } from './api-token.ts'

examine(appApiToken, {
  good: { apiTokens: { stored: 5, endless: 0, longestSeconds: 90 * 86_400, forms: [{ form: 'bytea:32', count: 5 }] } },
  bad: {
    'one lives for two years': {
      change: (f) => {
        f.apiTokens.longestSeconds = 730 * 86_400
      },
      says: 'long',
    },
    'one has no end': {
      change: (f) => {
        f.apiTokens.endless = 1
      },
      says: 'endless',
    },
    'some are stored as they are': {
      change: (f) => {
        f.apiTokens.forms.push({ form: 'text:36', count: 2 })
      },
      says: 'plain',
    },
  },
  empty: {
    'none is stored': (f) => {
      f.apiTokens = { stored: 0, endless: 0, longestSeconds: null, forms: [] }
    },
  },
})
