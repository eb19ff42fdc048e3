import { examine } from '../../testing/examine.ts'
import { selfTenantIsolation } from './tenant-isolation.ts'

examine(selfTenantIsolation, {
  good: {
    tenants: {
      count: 2,
      schemas: 0,
      ownDatabases: 2,
      ownRoles: 2,
      ownKeys: 2,
      registryClosed: true,
      crossTenant: {
        looked: 2,
        of: 2,
        days: 7,
        overdue: 0,
        ways: [
          { way: 'database', refused: 2, reached: 0, unseen: 0 },
          { way: 'files', refused: 9, reached: 0, unseen: 1 },
        ],
      },
    },
  },
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
    'the registry stands open': {
      change: (f) => {
        f.tenants.registryClosed = false
      },
      says: 'open',
    },
    'an attempt got through': {
      change: (f) => {
        f.tenants.crossTenant.ways.push({ way: 'locks', refused: 1, reached: 1, unseen: 0 })
      },
      says: 'reached-locks',
    },
  },
  told: {
    'there is one tenant only': {
      change: (f) => {
        f.tenants = {
          count: 1,
          schemas: 0,
          ownDatabases: 1,
          ownRoles: 1,
          ownKeys: 1,
          registryClosed: true,
          crossTenant: { looked: 1, of: 1, days: 7, overdue: 0, ways: [] },
        }
      },
      says: 'untried',
    },
    'a way could be tried with none': {
      change: (f) => {
        f.tenants.crossTenant.ways.push({ way: 'locks', refused: 0, reached: 0, unseen: 2 })
      },
      says: 'unseen-locks',
    },
    'there is no tenant': {
      change: (f) => {
        f.tenants.count = 0
      },
      says: 'none',
    },
  },
})
