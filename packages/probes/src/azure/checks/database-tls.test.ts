import { examine } from '../../testing/examine.ts'
import { azurePgTls } from './database-tls.ts'

examine(azurePgTls, {
  good: { databaseTls: [{ resource: '11111111/rg-prod/flexibleservers/pg', required: true, floor: '1.2' }] },
  bad: {
    'plain connections are accepted': {
      change: (f) => {
        f.databaseTls[0]!.required = false
      },
      says: 'off',
    },
    'no version is set': {
      change: (f) => {
        f.databaseTls[0]!.floor = null
      },
      says: 'unset',
    },
    'an old version is accepted': {
      change: (f) => {
        f.databaseTls[0]!.floor = '1.0'
      },
      says: 'old',
    },
    'the statement promises more': {
      change: (f) => {
        f.databaseTls[0]!.floor = '1.2'
      },
      says: 'old',
      parameters: { minVersion: '1.3' },
    },
  },
  empty: {
    'there is no server': (f) => {
      f.databaseTls = []
    },
  },
})
