import { examine } from '../../testing/examine.ts'
import type { EntraFacts, Policy } from '../facts.ts'
import { entraMfaEnforced } from './mfa-enforced.ts'

const policy = (id: string, given: Partial<Policy> = {}): Policy => ({
  id,
  state: 'enabled',
  users: { all: true, included: [], excluded: [] },
  apps: { all: true, excluded: [] },
  clients: ['all'],
  narrowedBy: [],
  grant: { operator: 'OR', controls: ['mfa'], strength: null, others: 0 },
  ...given,
})

const strengths = [
  { id: 'strong', mfa: true, combinations: ['fido2'] },
  { id: 'weak', mfa: false, combinations: ['password'] },
]
const first = (facts: { signIn: EntraFacts['signIn'] }, change: Partial<Policy>) => {
  facts.signIn.policies[0] = policy('everybody', change)
}

examine(entraMfaEnforced, {
  good: { signIn: { securityDefaults: false, policies: [policy('everybody')], strengths } },
  parameters: { declared: [{ subject: 'emergency', until: '2027-06-30' }] },
  bad: {
    'there is no rule': {
      change: (f) => {
        f.signIn.policies = []
      },
      says: 'none',
    },
    'the rule only reports': {
      change: (f) => first(f, { state: 'enabledForReportingButNotEnforced' }),
      says: 'near',
    },
    'the rule is off': { change: (f) => first(f, { state: 'disabled' }), says: 'near' },
    'the rule is for some users': {
      change: (f) => first(f, { users: { all: false, included: ['group:staff'], excluded: [] } }),
      says: 'near',
    },
    'the rule is for some apps': { change: (f) => first(f, { apps: { all: false, excluded: [] } }), says: 'near' },
    'the rule ends at trusted places': { change: (f) => first(f, { narrowedBy: ['locations'] }), says: 'near' },
    'the rule is for browsers only': { change: (f) => first(f, { clients: ['browser'] }), says: 'near' },
    'a managed device does as well': {
      change: (f) =>
        first(f, { grant: { operator: 'OR', controls: ['mfa', 'compliantDevice'], strength: null, others: 0 } }),
      says: 'none',
    },
    'the strength asks for no second factor': {
      change: (f) => first(f, { grant: { operator: 'OR', controls: [], strength: 'weak', others: 0 } }),
      says: 'none',
    },
    'a rule only for the session is there': { change: (f) => first(f, { grant: null }), says: 'none' },
    'a user is left out': {
      change: (f) => first(f, { users: { all: true, included: [], excluded: ['user:somebody'] } }),
      says: 'excluded',
    },
    'a group is left out': {
      change: (f) => first(f, { users: { all: true, included: [], excluded: ['group:somebody'] } }),
      says: 'excluded',
    },
    'guests are left out': {
      change: (f) => first(f, { users: { all: true, included: [], excluded: ['guests'] } }),
      says: 'excluded',
    },
    'an app is left out': {
      change: (f) => first(f, { apps: { all: true, excluded: ['app:mail'] } }),
      says: 'excluded',
    },
    'the declaration of an emergency account has ended': {
      change: (f) => first(f, { users: { all: true, included: [], excluded: ['user:emergency'] } }),
      says: 'expired',
      parameters: { declared: [{ subject: 'emergency', until: '2026-11-21' }] },
    },
  },
  told: {
    'an emergency account is declared': {
      change: (f) => first(f, { users: { all: true, included: [], excluded: ['user:emergency'] } }),
      says: 'declared',
    },
  },
})

examine(entraMfaEnforced, {
  good: { signIn: { securityDefaults: true, policies: [], strengths: [] } },
  bad: {
    'security defaults are off': {
      change: (f) => {
        f.signIn.securityDefaults = false
      },
      says: 'none',
    },
  },
})

examine(entraMfaEnforced, {
  good: {
    signIn: {
      securityDefaults: false,
      policies: [
        policy('a', { users: { all: true, included: [], excluded: ['group:some'] } }),
        policy('b', { grant: { operator: 'AND', controls: ['compliantDevice'], strength: 'strong', others: 0 } }),
      ],
      strengths,
    },
  },
  bad: {
    'the rule that leaves nobody out is switched off': {
      change: (f) => {
        f.signIn.policies = f.signIn.policies.map((one) => (one.id === 'b' ? { ...one, state: 'disabled' } : one))
      },
      says: 'excluded',
    },
  },
})
