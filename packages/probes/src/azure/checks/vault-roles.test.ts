import { examine } from '../../testing/examine.ts'
import { azureKvRbac } from './vault-roles.ts'

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

examine(azureKvRbac, {
  good: { vaults: [vault('a'), vault('b')] },
  bad: {
    'a vault has access policies': {
      change: (f) => {
        f.vaults[1]!.rbac = false
      },
      says: 'policies',
    },
  },
  empty: {
    'there is no vault': (f) => {
      f.vaults = []
    },
  },
})
