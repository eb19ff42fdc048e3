import { examine } from '../../testing/examine.ts'
import { selfLedgerConsistent } from './ledger-consistent.ts'

examine(selfLedgerConsistent, {
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
    'the tree differs': {
      change: (f) => {
        f.ledger.consistent = false
      },
      says: 'differs',
    },
    'the head is not signed': {
      change: (f) => {
        f.ledger.signed = false
      },
      says: 'unsigned',
    },
    'there was never a head': {
      change: (f) => {
        f.ledger.lastCheckpointAt = null
      },
      says: 'never',
    },
  },
  told: {
    'a ledger is too large to be computed again': {
      change: (f) => {
        f.ledger.tooLarge = 1
      },
      says: 'large',
    },
    'the ledger is empty': {
      change: (f) => {
        f.ledger = { ...f.ledger, leaves: 0, lastCheckpointAt: null }
      },
      says: 'empty',
    },
  },
})
