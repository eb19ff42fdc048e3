import { examine } from '../../testing/examine.ts'
import { selfTenantIsolation } from './tenant-isolation.ts'

examine(selfTenantIsolation, {
  good: { tenants: { count: 2, ownDatabases: 2, ownRoles: 2, ownKeys: 2, crossTenant: { tried: 2, denied: 2 } } },
  bad: {
    'a database is shared': {
      change: (f) => {
        f.tenants.ownDatabases = 1
      },
      says: 'shared',
    },
    'a role is shared': {
      change: (f) => {
        f.tenants.ownRoles = 1
      },
      says: 'shared',
    },
    'a key is shared': {
      change: (f) => {
        f.tenants.ownKeys = 1
      },
      says: 'shared',
    },
    'an attempt got through': {
      change: (f) => {
        f.tenants.crossTenant.denied = 1
      },
      says: 'reached',
    },
  },
  told: {
    'there is one tenant only': {
      change: (f) => {
        f.tenants = { count: 1, ownDatabases: 1, ownRoles: 1, ownKeys: 1, crossTenant: { tried: 0, denied: 0 } }
      },
      says: 'untried',
    },
    'there is no tenant': {
      change: (f) => {
        f.tenants.count = 0
      },
      says: 'none',
    },
  },
})
