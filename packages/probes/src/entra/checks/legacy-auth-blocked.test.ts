import { examine } from '../../testing/examine.ts'
import type { EntraFacts, Policy } from '../facts.ts'
import { entraLegacyAuthBlocked } from './legacy-auth-blocked.ts'

const block = (id: string, given: Partial<Policy> = {}): Policy => ({
  id,
  state: 'enabled',
  users: { all: true, included: [], excluded: [] },
  apps: { all: true, excluded: [] },
  clients: ['exchangeActiveSync', 'other'],
  narrowedBy: [],
  grant: { operator: 'OR', controls: ['block'], strength: null, others: 0 },
  ...given,
})
const only = (facts: { signIn: EntraFacts['signIn'] }, change: Partial<Policy>) => {
  facts.signIn.policies = [block('old', change)]
}

examine(entraLegacyAuthBlocked, {
  good: { signIn: { securityDefaults: false, policies: [block('old')], strengths: [] } },
  parameters: { declared: [{ subject: 'user:scanner', until: '2026-12-31' }] },
  bad: {
    'nothing blocks': {
      change: (f) => {
        f.signIn.policies = []
      },
      says: 'open',
    },
    'one kind is open': { change: (f) => only(f, { clients: ['other'] }), says: 'open' },
    'the rule only reports': {
      change: (f) => only(f, { state: 'enabledForReportingButNotEnforced' }),
      says: 'near',
    },
    'the rule is for some users': {
      change: (f) => only(f, { users: { all: false, included: ['group:staff'], excluded: [] } }),
      says: 'near',
    },
    'the rule is for one app': { change: (f) => only(f, { apps: { all: false, excluded: [] } }), says: 'near' },
    'the rule asks for a second factor instead': {
      change: (f) => only(f, { grant: { operator: 'OR', controls: ['mfa'], strength: null, others: 0 } }),
      says: 'open',
    },
    'a group is left out': {
      change: (f) => only(f, { users: { all: true, included: [], excluded: ['group:old'] } }),
      says: 'excluded',
    },
  },
  told: {
    'a declared account is left out': {
      change: (f) => only(f, { users: { all: true, included: [], excluded: ['user:scanner'] } }),
      says: 'declared',
    },
    'two rules share the work': {
      change: (f) => {
        f.signIn.policies = [
          block('one', { clients: ['other'], users: { all: true, included: [], excluded: ['user:scanner'] } }),
          block('two', { clients: ['exchangeActiveSync'] }),
        ]
      },
      says: 'declared',
    },
  },
})

examine(entraLegacyAuthBlocked, {
  good: { signIn: { securityDefaults: true, policies: [], strengths: [] } },
  bad: {
    'security defaults are off': {
      change: (f) => {
        f.signIn.securityDefaults = false
      },
      says: 'open',
    },
  },
})
