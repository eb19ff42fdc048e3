import { examine } from '../../testing/examine.ts'
import { entraMfaRegistered } from './mfa-registered.ts'

examine(entraMfaRegistered, {
  good: { registration: { members: 12, incapable: [] } },
  parameters: { declared: [{ subject: 'emergency', until: '2026-11-22' }] },
  bad: {
    'an account has no second factor': {
      change: (f) => {
        f.registration.incapable.push({ id: 'somebody', admin: false })
      },
      says: 'missing',
    },
    'an administrator has none': {
      change: (f) => {
        f.registration.incapable.push({ id: 'boss', admin: true })
      },
      says: 'missingAdmin',
    },
    'the declaration has ended': {
      change: (f) => {
        f.registration.incapable.push({ id: 'emergency', admin: true })
      },
      says: 'missingAdmin',
      parameters: { declared: [{ subject: 'emergency', until: '2026-11-21' }] },
    },
  },
  told: {
    'an emergency account is declared': {
      change: (f) => {
        f.registration.incapable.push({ id: 'emergency', admin: true })
      },
      says: 'declared',
    },
  },
  empty: {
    'there are no members': (f) => {
      f.registration.members = 0
    },
  },
})
