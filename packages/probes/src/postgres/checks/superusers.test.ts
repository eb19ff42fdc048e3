import { examine } from '../../testing/examine.ts'
import { pgSuperusers } from './superusers.ts'

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

examine(pgSuperusers, {
  good: { roles: [{ ...role('postgres'), superuser: true }, role('app')] },
  bad: {
    'a second role is superuser': {
      change: (f) => {
        f.roles.push({ ...role('admin'), superuser: true })
      },
      says: 'many',
    },
    'a role can become one': {
      change: (f) => {
        f.roles.push({ ...role('member'), becomesSuperuser: true })
      },
      says: 'many',
    },
  },
  empty: {
    'no role was read': (f) => {
      f.roles = []
    },
  },
})
