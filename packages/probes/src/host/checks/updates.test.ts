import { examine } from '../../testing/examine.ts'
import { hostUpdates } from './updates.ts'

examine(hostUpdates, {
  good: { updates: { security: [], others: 3, rebootRequired: false, listsAt: '2026-11-22T04:00:00.000Z' } },
  bad: {
    'a security update is pending': {
      change: (f) => {
        f.updates.security = ['openssl']
      },
      says: 'pending',
    },
    'the lists are old': {
      change: (f) => {
        f.updates.listsAt = '2026-11-10T04:00:00.000Z'
      },
      says: 'old',
    },
    'the lists were never fetched': {
      change: (f) => {
        f.updates.listsAt = null
      },
      says: 'never',
    },
    'a restart is due': {
      change: (f) => {
        f.updates.rebootRequired = true
      },
      says: 'restart',
    },
  },
})
