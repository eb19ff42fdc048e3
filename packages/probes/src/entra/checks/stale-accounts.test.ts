import { examine } from '../../testing/examine.ts'
import { entraStaleAccounts } from './stale-accounts.ts'

const never = { guest: false, lastUsed: null }

examine(entraStaleAccounts, {
  good: {
    activity: {
      enabled: 20,
      idle: [
        { id: 'rare', guest: false, lastUsed: '2026-09-01T00:00:00Z', created: '2020-01-01T00:00:00Z' },
        { id: 'new', ...never, created: '2026-10-20T00:00:00Z' },
      ],
    },
  },
  parameters: { declared: [{ subject: 'emergency', until: '2027-01-31' }] },
  bad: {
    'an account was not used for a hundred days': {
      change: (f) => {
        f.activity.idle.push({ id: 'old', guest: true, lastUsed: '2026-08-14T00:00:00Z', created: null })
      },
      says: 'idle',
    },
    'an account was never used': {
      change: (f) => {
        f.activity.idle.push({ id: 'unused', ...never, created: '2026-01-01T00:00:00Z' })
      },
      says: 'never',
    },
    'nothing is known of an account': {
      change: (f) => {
        f.activity.idle.push({ id: 'dark', ...never, created: null })
      },
      says: 'never',
    },
    'fewer days are allowed': { change: () => undefined, says: 'idle', parameters: { days: 60 } },
  },
  told: {
    'an emergency account is declared': {
      change: (f) => {
        f.activity.idle.push({ id: 'emergency', ...never, created: '2020-01-01T00:00:00Z' })
      },
      says: 'declared',
    },
  },
  empty: {
    'no account is enabled': (f) => {
      f.activity = { enabled: 0, idle: [] }
    },
  },
})
