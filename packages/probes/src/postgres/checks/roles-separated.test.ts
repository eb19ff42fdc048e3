import { examine } from '../../testing/examine.ts'
import { pgRolesSeparated } from './roles-separated.ts'

const role = (name: string) => ({
  name,
  login: true,
  superuser: false,
  becomesSuperuser: false,
  bypassRls: false,
  createDatabase: false,
  createRole: false,
  ownedTables: 0,
})

examine(pgRolesSeparated, {
  good: { roles: [{ ...role('postgres'), superuser: true }, role('app')] },
  bad: {
    'a role passes row security': {
      change: (f) => {
        f.roles.push({ ...role('a'), bypassRls: true })
      },
      says: 'wide',
    },
    'a role makes roles': {
      change: (f) => {
        f.roles.push({ ...role('b'), createRole: true })
      },
      says: 'wide',
    },
    'a role makes databases': {
      change: (f) => {
        f.roles.push({ ...role('c'), createDatabase: true })
      },
      says: 'wide',
    },
    'a role can become superuser': {
      change: (f) => {
        f.roles.push({ ...role('d'), becomesSuperuser: true })
      },
      says: 'wide',
    },
    'a named role owns tables': {
      change: (f) => {
        f.roles = [{ ...role('app'), ownedTables: 2 }]
      },
      says: 'owner',
      parameters: { appRoles: ['app'] },
    },
    'a named role is missing': {
      change: (f) => {
        f.roles = [role('app')]
      },
      says: 'missing',
      parameters: { appRoles: ['gone'] },
    },
    'only superusers log in': {
      change: (f) => {
        f.roles = [{ ...role('postgres'), superuser: true }]
      },
      says: 'none',
    },
  },
  told: {
    'a role owns tables': {
      change: (f) => {
        f.roles = [{ ...role('migrator'), ownedTables: 7 }, role('app')]
      },
      says: 'owner',
    },
  },
  empty: {
    'no role was read': (f) => {
      f.roles = []
    },
  },
})
