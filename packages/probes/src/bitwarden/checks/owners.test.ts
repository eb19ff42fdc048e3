import { examine } from '../../testing/examine.ts'
import type { BitwardenFacts } from '../facts.ts'
import { bwOwners } from './owners.ts'

const member = (id: string, change: Partial<BitwardenFacts['members'][number]> = {}) => ({
  id,
  status: 'confirmed' as const,
  role: 'owner' as const,
  twoFactor: true,
  ...change,
})
const owners = (count: number) => Array.from({ length: count }, (_one, index) => member(`owner-${index}`))

examine(bwOwners, {
  good: { members: [...owners(2), member('u', { role: 'user' })] },
  bad: {
    'there is one owner': {
      change: (f) => {
        f.members = [...owners(1), member('i', { status: 'invited' })]
      },
      says: 'few',
    },
    'there are many': {
      change: (f) => {
        f.members = owners(4)
      },
      says: 'many',
    },
    'there is no owner': {
      change: (f) => {
        f.members = [member('u', { role: 'user' })]
      },
      says: 'few',
    },
  },
  told: {
    'administrators stand beside them': {
      change: (f) => {
        f.members = [...owners(2), member('x', { role: 'admin' })]
      },
      says: 'admins',
    },
  },
  empty: {
    'nobody is confirmed': (f) => {
      f.members = [member('i', { status: 'invited' })]
    },
  },
})
