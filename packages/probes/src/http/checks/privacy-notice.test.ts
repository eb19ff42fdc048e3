import { examine } from '../../testing/examine.ts'
import { noticeParts } from '../facts.ts'
import { webPrivacyNotice } from './privacy-notice.ts'

examine(webPrivacyNotice, {
  good: { notice: { found: 'linked', status: 200, tells: [...noticeParts], missingWords: [] } },
  bad: {
    'the page links to none': {
      change: (f) => {
        f.notice = { found: 'none', status: null, tells: [], missingWords: [] }
      },
      says: 'unlinked',
    },
    'it is gone': {
      change: (f) => {
        if (f.notice.found !== 'none') f.notice = { found: 'given', status: 404, tells: [], missingWords: [] }
      },
      says: 'not-served',
    },
    'it does not say for how long': {
      change: (f) => {
        f.notice.tells = f.notice.tells.filter((part) => part !== 'period')
      },
      says: 'silent',
    },
    'a declared category is missing': {
      change: (f) => {
        f.notice.missingWords.push('telephone number')
      },
      says: 'wordless',
    },
  },
  empty: {
    'it is no page': (f) => {
      f.notice = { found: 'no-page', status: null, tells: [], missingWords: [] }
    },
  },
})
