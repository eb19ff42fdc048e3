import { examine } from '../../testing/examine.ts'
import { selfLedgerAppendOnly } from './ledger-append-only.ts'

examine(selfLedgerAppendOnly, {
  good: {
    ledger: {
      appendOnly: true,
      consistent: true,
      signed: true,
      leaves: 9,
      lastCheckpointAt: '2026-11-22T11:00:00.000Z',
      tooLarge: 0,
      round: { looked: 2, of: 2, days: 7, overdue: 0 },
    },
  },
  bad: {
    'entries could be changed': {
      change: (f) => {
        f.ledger.appendOnly = false
      },
      says: 'possible',
    },
  },
})
