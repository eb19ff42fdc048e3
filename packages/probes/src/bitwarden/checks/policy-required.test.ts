import { examine } from '../../testing/examine.ts'
import type { BitwardenFacts } from '../facts.ts'
import { bwPolicyRequired } from './policy-required.ts'

type Policy = BitwardenFacts['policies'][number]
const policy = (name: Policy['name'], change: Partial<Policy> = {}): Policy => ({
  name,
  enabled: true,
  minLength: null,
  enforcedOnLogin: false,
  timeoutMinutes: null,
  ...change,
})
const length = (change: Partial<Policy> = {}) =>
  policy('master-password', { minLength: 14, enforcedOnLogin: true, ...change })
const all = (...others: Policy[]) => [policy('two-factor'), policy('single-organisation'), ...others]
const withTimeout = { required: ['two-factor', 'master-password', 'single-organisation', 'vault-timeout'] }

examine(bwPolicyRequired, {
  good: { policies: all(length()) },
  bad: {
    'a policy is not there': {
      change: (f) => {
        f.policies = [policy('two-factor'), length()]
      },
      says: 'off',
    },
    'a policy is off': {
      change: (f) => {
        f.policies = [policy('two-factor', { enabled: false }), policy('single-organisation'), length()]
      },
      says: 'off',
    },
    'short master passwords are allowed': {
      change: (f) => {
        f.policies = all(length({ minLength: 8 }))
      },
      says: 'short',
    },
    'the policy asks for no length': {
      change: (f) => {
        f.policies = all(length({ minLength: null }))
      },
      says: 'noLength',
    },
    'the vault may stay open for a day': {
      change: (f) => {
        f.policies = all(length({ minLength: 10 }), policy('vault-timeout', { timeoutMinutes: 1440 }))
      },
      says: 'slow',
      parameters: withTimeout,
    },
    'the timeout names no time': {
      change: (f) => {
        f.policies = all(length({ minLength: 10 }), policy('vault-timeout'))
      },
      says: 'noTimeout',
      parameters: withTimeout,
    },
  },
  told: {
    'existing master passwords are not reached': {
      change: (f) => {
        f.policies = all(length({ enforcedOnLogin: false }))
      },
      says: 'newOnly',
    },
  },
})
