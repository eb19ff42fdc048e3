import { examine } from '../../testing/examine.ts'
import { s3Fresh } from './fresh.ts'

const copy = (at: string, bytes = 4_096) => ({ prefix: 'db/', objects: 7, bytes: 9_000, newest: { at, bytes } })

examine(s3Fresh, {
  good: { copies: [copy('2026-11-22T02:00:00.000Z'), { ...copy('2026-11-21T12:00:00.000Z'), prefix: '' }] },
  bad: {
    'the newest copy is old': {
      change: (f) => {
        f.copies = [copy('2026-11-21T09:00:00.000Z')]
      },
      says: 'old',
    },
    'the newest copy is empty': {
      change: (f) => {
        f.copies = [copy('2026-11-22T02:00:00.000Z', 0)]
      },
      says: 'small',
    },
    'there is no copy': {
      change: (f) => {
        f.copies = [{ prefix: 'db/', objects: 0, bytes: 0, newest: null }]
      },
      says: 'none',
    },
  },
  empty: {
    'no folder is declared': (f) => {
      f.copies = []
    },
  },
})
