import { examine } from '../../testing/examine.ts'
import { azureStoragePrivate } from './storage-private.ts'

examine(azureStoragePrivate, {
  good: {
    storage: [
      { resource: '11111111/rg-prod/storageaccounts/a', anonymous: false },
      { resource: '11111111/rg-prod/storageaccounts/b', anonymous: false },
    ],
  },
  bad: {
    'an account may be opened': {
      change: (f) => {
        f.storage[0]!.anonymous = true
      },
      says: 'open',
    },
    'an account says nothing': {
      change: (f) => {
        f.storage[1]!.anonymous = null
      },
      says: 'unsaid',
    },
  },
  empty: {
    'there is no account': (f) => {
      f.storage = []
    },
  },
})
