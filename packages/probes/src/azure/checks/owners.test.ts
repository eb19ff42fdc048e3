import { examine } from '../../testing/examine.ts'
import { azureRbacOwners } from './owners.ts'

examine(azureRbacOwners, {
  good: {
    owners: [
      {
        subscription: '11111111-1111-4111-8111-111111111111',
        owners: [
          { id: 'aaaaaaaa-0000-4000-8000-000000000001', kind: 'user' },
          { id: 'aaaaaaaa-0000-4000-8000-000000000002', kind: 'group' },
        ],
        wideRoles: [],
      },
    ],
  },
  bad: {
    'there are too many': {
      change: (f) => {
        for (const id of ['3', '4']) f.owners[0]!.owners.push({ id, kind: 'service-principal' })
      },
      says: 'many',
    },
    'fewer are allowed here': {
      change: (f) => {
        f.owners[0]!.owners[1]!.kind = 'user'
      },
      says: 'many',
      parameters: { maxOwners: 1 },
    },
    'a group of another directory is one': {
      change: (f) => {
        f.owners[0]!.owners[1]!.kind = 'foreign-group'
      },
      says: 'foreign',
    },
    'a role of its own allows everything': {
      change: (f) => {
        f.owners[0]!.wideRoles.push('bbbbbbbb-0000-4000-8000-000000000001')
      },
      says: 'wide',
    },
  },
  empty: {
    'no subscription is there': (f) => {
      f.owners = []
    },
  },
})
