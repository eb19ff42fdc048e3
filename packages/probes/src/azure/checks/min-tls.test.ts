import { examine } from '../../testing/examine.ts'
import { azureMinTls } from './min-tls.ts'

examine(azureMinTls, {
  good: {
    tlsFloors: [
      { resource: '11111111/rg-prod/storageaccounts/st', floor: '1.2', encryptedOnly: true },
      { resource: '11111111/rg-prod/servers/sql', floor: '1.3', encryptedOnly: null },
    ],
  },
  bad: {
    'an old version is accepted': {
      change: (f) => {
        f.tlsFloors[0]!.floor = '1.1'
      },
      says: 'old',
    },
    'no floor is set': {
      change: (f) => {
        f.tlsFloors[1]!.floor = null
      },
      says: 'unset',
    },
    'plain text is accepted': {
      change: (f) => {
        f.tlsFloors[0]!.encryptedOnly = false
      },
      says: 'plain',
    },
    'the statement promises more': {
      change: (f) => {
        f.tlsFloors[0]!.floor = '1.2'
      },
      says: 'old',
      parameters: { minVersion: '1.3' },
    },
  },
  empty: {
    'nothing has a floor': (f) => {
      f.tlsFloors = []
    },
  },
})
