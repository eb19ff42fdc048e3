import { examine } from '../../testing/examine.ts'
import type { BitbucketFacts } from '../facts.ts'
import { bbPermissions } from './permissions.ts'

const good: { access: BitbucketFacts['access'] } = {
  access: {
    owners: ['557058:c3', '557058:b2'],
    repositories: [
      { repository: 'shop', admins: ['557058:c3', '557058:a1'], direct: ['557058:f6'], strangers: ['557058:f6'] },
      { repository: 'site', admins: [], direct: [], strangers: [] },
    ],
  },
}
const site = (f: typeof good, more: object) => Object.assign(f.access.repositories[1] ?? {}, more)
const parameters = { declared: ['557058:f6'], maxAdmins: 2 }

examine(bbPermissions, {
  good,
  parameters,
  bad: {
    'the workspace has too many administrators': {
      change: (f) => f.access.owners.push('557058:d4'),
      says: 'many',
      parameters,
    },
    'a repository has too many administrators': {
      change: (f) => site(f, { admins: ['557058:a1', '557058:d4', '557058:e5'] }),
      says: 'manyHere',
      parameters,
    },
    'somebody has a right of their own': {
      change: (f) => site(f, { direct: ['557058:a1'] }),
      says: 'direct',
      parameters,
    },
    'somebody comes from outside': {
      change: (f) => site(f, { strangers: ['557058:d4'] }),
      says: 'stranger',
      parameters,
    },
    'nothing is declared': { change: () => undefined, says: 'stranger', parameters: { declared: [] } },
  },
})
