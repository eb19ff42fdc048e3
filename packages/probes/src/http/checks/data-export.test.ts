import { examine } from '../../testing/examine.ts'
import { webDataExport } from './data-export.ts'

const good = { status: 200, form: 'json' as const, bytes: 900, words: 2, missing: [] as number[], open: false }

examine(webDataExport, {
  good: { exports: [good] },
  bad: {
    'everybody gets it': {
      change: (f) => {
        for (const one of f.exports) one.open = true
      },
      says: 'open',
    },
    'it is not there': {
      change: (f) => {
        for (const one of f.exports) one.status = 404
      },
      says: 'broken',
    },
    'it is empty': {
      change: (f) => {
        for (const one of f.exports) one.bytes = 0
      },
      says: 'empty',
    },
    'it is a page': {
      change: (f) => {
        for (const one of f.exports) one.form = 'html'
      },
      says: 'page',
    },
    'something is missing': {
      change: (f) => {
        for (const one of f.exports) one.missing = [2]
      },
      says: 'incomplete',
    },
  },
  told: {
    'no word is declared': {
      change: (f) => {
        for (const one of f.exports) one.words = 0
      },
      says: 'unread',
    },
    'it is an archive': {
      change: (f) => {
        f.exports = [{ ...good, form: 'zip', missing: [1, 2] }]
      },
      says: 'unread',
    },
    'it is for people, as allowed': {
      change: (f) => {
        f.exports = [{ ...good, form: 'pdf', missing: [1, 2] }]
      },
      says: 'unread',
      parameters: { structured: false },
    },
  },
  empty: {
    'nobody declared an export': (f) => {
      f.exports = []
    },
  },
})
