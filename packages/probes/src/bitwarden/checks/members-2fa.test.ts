import { examine } from '../../testing/examine.ts'
import type { BitwardenFacts } from '../facts.ts'
import { bwMembers2fa } from './members-2fa.ts'

const member = (id: string, change: Partial<BitwardenFacts['members'][number]> = {}) => ({
  id,
  status: 'confirmed' as const,
  role: 'user' as const,
  twoFactor: true,
  ...change,
})
const sso = {
  name: 'require-sso',
  enabled: true,
  minLength: null,
  enforcedOnLogin: false,
  timeoutMinutes: null,
} as const

examine(bwMembers2fa, {
  good: {
    members: [
      member('a', { role: 'owner' }),
      member('b'),
      member('c', { status: 'invited', twoFactor: false }),
      member('d', { status: 'revoked', twoFactor: false }),
    ],
    policies: [],
  },
  bad: {
    'a member has none': {
      change: (f) => {
        f.members = [member('a', { twoFactor: false }), member('b', { role: 'admin', twoFactor: false })]
      },
      says: 'off',
    },
    'the policy for SSO does not bind the owner': {
      change: (f) => {
        f.members = [member('a', { role: 'owner', twoFactor: false }), member('b')]
        f.policies = [sso]
      },
      says: 'off',
    },
    'the policy for SSO is off': {
      change: (f) => {
        f.members = [member('b', { twoFactor: false }), member('a', { role: 'owner', twoFactor: false })]
        f.policies = [{ ...sso, enabled: false }]
      },
      says: 'off',
    },
  },
  told: {
    'members sign in through the organisation': {
      change: (f) => {
        f.members = [member('a', { role: 'owner' }), member('b', { twoFactor: false })]
        f.policies = [sso]
      },
      says: 'sso',
    },
  },
  empty: {
    'nobody is confirmed': (f) => {
      f.members = [member('c', { status: 'invited' })]
    },
  },
})
