import { examine } from '../../testing/examine.ts'
import type { AccountsFacts } from '../facts.ts'
import { accountsRemovalsDone } from './removals-done.ts'

type Removal = AccountsFacts['removals'][number]
const removal = (number: number, state: Removal['state']): Removal => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  system: 'art32',
  systemName: 'Example Source',
  account: `account-${number}`,
  decided: '2026-11-01T08:00:00.000Z',
  state,
  seen: '2026-11-20T08:00:00.000Z',
})

examine(accountsRemovalsDone, {
  good: { removals: [removal(1, 'gone'), removal(2, 'disabled')] },
  bad: {
    'one is still there': {
      change: (f) => {
        f.removals.push(removal(3, 'open'))
      },
      says: 'open',
    },
  },
  told: {
    'somebody says that one is gone': {
      change: (f) => {
        f.removals.push(removal(4, 'said'))
      },
      says: 'said',
    },
  },
  empty: {
    'nothing was to be removed': (f) => {
      f.removals = []
    },
  },
})
