import { examine } from '../../testing/examine.ts'
import { azureKvExpiry } from './vault-expiry.ts'

const vault = '11111111/rg-prod/vaults/kv-prod'

examine(azureKvExpiry, {
  good: {
    vaultItems: [
      { vault, kind: 'key', name: 'data', enabled: true, expires: '2027-03-01T00:00:00.000Z' },
      { vault, kind: 'secret', name: 'data', enabled: true, expires: '2027-06-01T00:00:00.000Z' },
      { vault, kind: 'secret', name: 'old', enabled: false, expires: null },
    ],
  },
  bad: {
    'a secret never expires': {
      change: (f) => {
        f.vaultItems[1]!.expires = null
      },
      says: 'never',
    },
    'a key has expired and is enabled': {
      change: (f) => {
        f.vaultItems[0]!.expires = '2026-11-22T11:59:59.000Z'
      },
      says: 'expired',
    },
    'a date lies too far ahead': {
      change: (f) => {
        f.vaultItems[0]!.expires = '2036-11-22T12:00:00.000Z'
      },
      says: 'far',
    },
    'a date lies further ahead than is allowed here': {
      change: (f) => {
        f.vaultItems[0]!.expires = '2027-03-02T00:00:00.000Z'
      },
      says: 'far',
      parameters: { maxDays: 90 },
    },
    'what was switched off is used again': {
      change: (f) => {
        f.vaultItems[2]!.enabled = true
      },
      says: 'never',
    },
  },
  told: {
    'a date is near': {
      change: (f) => {
        f.vaultItems[0]!.expires = '2026-12-01T00:00:00.000Z'
      },
      says: 'soon',
    },
  },
  empty: {
    'nothing is enabled': (f) => {
      for (const item of f.vaultItems) item.enabled = false
    },
  },
})
