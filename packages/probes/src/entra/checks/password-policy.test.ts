import { examine } from '../../testing/examine.ts'
import { entraPasswordPolicy } from './password-policy.ts'

examine(entraPasswordPolicy, {
  good: {
    passwords: {
      bannedWords: 3,
      lockoutAfter: 10,
      lockoutSeconds: 60,
      domains: [{ domain: 'example.com', validDays: 2147483647 }],
    },
  },
  bad: {
    'no list is enforced': {
      change: (f) => {
        f.passwords.bannedWords = 0
      },
      says: 'notBanned',
    },
    'fifty attempts are free': {
      change: (f) => {
        f.passwords.lockoutAfter = 50
      },
      says: 'lax',
    },
    'the lock ends at once': {
      change: (f) => {
        f.passwords.lockoutSeconds = 5
      },
      says: 'lax',
    },
    'five attempts are the most': { change: () => undefined, says: 'lax', parameters: { maxAttempts: 5 } },
    'passwords must be changed every quarter': {
      change: (f) => {
        f.passwords.domains.push({ domain: 'example.org', validDays: 90 })
      },
      says: 'expiring',
    },
  },
  told: {
    'the validity is not set': {
      change: (f) => {
        f.passwords.domains = [{ domain: 'example.com', validDays: null }]
      },
      says: 'unset',
    },
  },
})
