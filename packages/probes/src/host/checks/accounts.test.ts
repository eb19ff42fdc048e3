import { examine } from '../../testing/examine.ts'
import { hostAccounts } from './accounts.ts'

examine(hostAccounts, {
  good: { accounts: { rootEquivalent: ['root'], administrators: 2, emptyPasswords: 0 } },
  bad: {
    'a second account is root': {
      change: (f) => {
        f.accounts.rootEquivalent = ['root', 'toor']
      },
      says: 'more-roots',
    },
    'a password is empty': {
      change: (f) => {
        f.accounts.emptyPasswords = 1
      },
      says: 'no-password',
    },
    'too many are administrators': {
      change: (f) => {
        f.accounts.administrators = 4
      },
      says: 'many',
    },
  },
})
