import { examine } from '../../testing/examine.ts'
import { pgRetention } from './retention.ts'

const day = 86_400
const kept = (kind: string, keptDays: number, oldestDays: number | null) => ({
  kind,
  keptSeconds: keptDays * day,
  oldestSeconds: oldestDays === null ? null : oldestDays * day,
  overdue: oldestDays === null || oldestDays <= keptDays ? 0 : 3,
})

examine(pgRetention, {
  good: {
    // The second ran out this morning, and goes tonight.
    retention: [
      kept('public.log_entry.at', 90, 89.5),
      kept('public.session.ends', 0, 0.5),
      kept('public.draft.at', 30, null),
    ],
  },
  bad: {
    'a row is older than promised': {
      change: (f) => {
        f.retention.push(kept('public.visit.at', 30, 32))
      },
      says: 'overdue',
    },
    'a row is older by a little more than a day': {
      change: (f) => {
        f.retention.push(kept('public.import.at', 0, 1.2))
      },
      says: 'overdue',
    },
    'an old row has outlived a period that the statement does not mean': {
      change: (f) => {
        f.retention.push(kept('public.letter.at', 3_650, 3_700))
      },
      parameters: { longestDays: 90 },
      says: 'overdue',
    },
  },
  told: {
    'a period is longer than that of the statement': {
      change: (f) => {
        f.retention.push(kept('public.invoice.at', 3_650, 1_000))
      },
      parameters: { longestDays: 90 },
      says: 'other',
    },
  },
  empty: {
    'nothing is declared': (f) => {
      f.retention = []
    },
  },
})
