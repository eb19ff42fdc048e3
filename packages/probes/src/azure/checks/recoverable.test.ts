import { examine } from '../../testing/examine.ts'
import { azureKvRecoverable } from './recoverable.ts'

const vault = (name: string) => ({
  resource: `11111111/rg-prod/vaults/${name}`,
  softDelete: true,
  purgeProtection: true,
  rbac: true,
  publicAccess: 'disabled' as const,
  otherwise: 'deny' as const,
  ipRules: [],
  privateEndpoints: 1,
})

examine(azureKvRecoverable, {
  good: { vaults: [vault('a'), vault('b')] },
  bad: {
    'soft delete is off': {
      change: (f) => {
        f.vaults[0]!.softDelete = false
      },
      says: 'no-soft-delete',
    },
    'purge protection is off': {
      change: (f) => {
        f.vaults[1]!.purgeProtection = false
      },
      says: 'no-purge-protection',
    },
  },
  empty: {
    'there is no vault': (f) => {
      f.vaults = []
    },
  },
})
