import { examine } from '../../testing/examine.ts'
import { atlassianOrgUsers } from './org-users.ts'

const person = (id: string) => ({
  id,
  managed: true,
  admin: false,
  secondFactor: true as boolean | null,
  addedAt: '2026-11-01T00:00:00.000Z' as string | null,
})
const parameters = { external: ['auditor'] }

examine(atlassianOrgUsers, {
  good: {
    managed: [
      { id: 'a', lastActive: '2026-11-20T00:00:00.000Z' },
      { id: 'new', lastActive: null },
    ],
    people: [person('a'), person('new'), { ...person('auditor'), managed: false, secondFactor: null }],
  },
  parameters,
  bad: {
    'somebody was away for long': {
      change: (f) => {
        f.managed.push({ id: 'b', lastActive: '2026-08-01T00:00:00.000Z' })
      },
      says: 'inactive',
      parameters,
    },
    'somebody was added long ago and never came': {
      change: (f) => {
        f.managed.push({ id: 'b', lastActive: null })
        f.people.push({ ...person('b'), addedAt: '2026-01-01T00:00:00.000Z' })
      },
      says: 'never',
      parameters,
    },
    'somebody is not managed': {
      change: (f) => {
        f.people.push({ ...person('c'), managed: false })
      },
      says: 'unmanaged',
      parameters,
    },
    'an administrator is not managed': {
      change: (f) => {
        f.people.push({ ...person('d'), managed: false, admin: true })
      },
      says: 'unmanaged-admin',
      parameters,
    },
    'nobody is declared as external': { change: () => undefined, says: 'unmanaged', parameters: {} },
    'a second factor is required and missing': {
      change: (f) => {
        f.people.push({ ...person('e'), secondFactor: false })
      },
      says: 'single',
      parameters: { ...parameters, secondFactor: 'require' },
    },
    'fewer days were promised': {
      change: () => undefined,
      says: 'inactive',
      parameters: { ...parameters, inactiveDays: 1 },
    },
    'there is nobody at all': {
      change: (f) => {
        f.managed = []
        f.people = []
      },
      says: 'empty',
    },
  },
  told: {
    'nobody knows when somebody was there': {
      change: (f) => {
        f.managed.push({ id: 'b', lastActive: null })
        f.people.push({ ...person('b'), addedAt: null })
      },
      says: 'unknown',
      parameters,
    },
    'a second factor is missing, and not required': {
      change: (f) => {
        for (const one of f.people) if (one.managed) one.secondFactor = false
      },
      says: 'singles',
      parameters,
    },
  },
})
