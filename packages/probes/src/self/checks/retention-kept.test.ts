import { expect, it } from 'vitest'
import { examine } from '../../testing/examine.ts'
import { selfRetentionKept } from './retention-kept.ts'

examine(selfRetentionKept, {
  good: { retention: { lastEndedAt: '2026-11-22T03:17:00.000Z', missed: 0, overdue: false } },
  bad: {
    'no run ended lately': {
      change: (f) => {
        f.retention.overdue = true
      },
      says: 'overdue',
    },
    'a database could not be reached': {
      change: (f) => {
        f.retention.missed = 1
      },
      says: 'missed',
    },
  },
})

it('neither passes nor fails on an installation that is new', () => {
  const retention = { lastEndedAt: null, missed: 0, overdue: false }
  expect(selfRetentionKept.judge({ retention }).map(({ state }) => state)).toEqual(['info'])
})
