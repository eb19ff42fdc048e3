import { examine } from '../../testing/examine.ts'
import { azureKvNetwork } from './vault-network.ts'

const vault = {
  softDelete: true,
  purgeProtection: true,
  rbac: true,
  ipRules: [] as string[],
  privateEndpoints: 0,
}

examine(azureKvNetwork, {
  good: {
    vaults: [
      { ...vault, resource: '11111111/rg-prod/vaults/closed', publicAccess: 'disabled', otherwise: 'allow' },
      {
        ...vault,
        resource: '11111111/rg-prod/vaults/named',
        publicAccess: 'enabled',
        otherwise: 'deny',
        ipRules: ['192.0.2.7/32', '198.51.100.0/24'],
      },
    ],
  },
  parameters: { allowedAddresses: ['192.0.2.7', '198.51.100.0/24'] },
  bad: {
    'a vault is open to all': {
      change: (f) => {
        f.vaults[0]!.publicAccess = 'enabled'
      },
      says: 'open',
    },
    'an address is let in that nobody declared': {
      change: (f) => {
        f.vaults[1]!.ipRules.push('203.0.113.9')
      },
      says: 'undeclared',
    },
    'the addresses are not declared': {
      change: (f) => {
        f.vaults[0]!.privateEndpoints = 1
      },
      says: 'undeclared',
      parameters: {},
    },
  },
  told: {
    'a perimeter decides': {
      change: (f) => {
        f.vaults[0]!.publicAccess = 'perimeter'
      },
      says: 'perimeter',
    },
  },
  empty: {
    'there is no vault': (f) => {
      f.vaults = []
    },
  },
})
