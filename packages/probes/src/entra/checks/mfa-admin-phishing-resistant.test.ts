import { examine } from '../../testing/examine.ts'
import type { EntraFacts, Policy } from '../facts.ts'
import { entraMfaAdminPhishingResistant } from './mfa-admin-phishing-resistant.ts'

const role = '62e90394-69f5-4237-9190-012177145e10'
const other = 'e8611ab8-c189-46e8-94e1-60213ab1f814'

const rule = (given: Partial<Policy> = {}): Policy => ({
  id: 'admins',
  state: 'enabled',
  users: { all: false, included: [`role:${role}`, `role:${other}`], excluded: [] },
  apps: { all: true, excluded: [] },
  clients: ['all'],
  narrowedBy: [],
  grant: { operator: 'OR', controls: [], strength: 'resistant', others: 0 },
  ...given,
})
const only = (facts: { policies: EntraFacts['policies'] }, change: Partial<Policy>) => {
  facts.policies.policies = [rule(change)]
}

examine(entraMfaAdminPhishingResistant, {
  good: {
    policies: {
      policies: [rule()],
      strengths: [
        {
          id: 'resistant',
          mfa: true,
          combinations: ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'],
        },
        { id: 'plain', mfa: true, combinations: ['fido2', 'password,sms'] },
      ],
    },
  },
  parameters: { roles: [role, other], declared: [{ subject: 'emergency', until: '2027-01-31' }] },
  bad: {
    'there is no rule': {
      change: (f) => {
        f.policies.policies = []
      },
      says: 'none',
    },
    'any second factor does': {
      change: (f) => only(f, { grant: { operator: 'OR', controls: ['mfa'], strength: null, others: 0 } }),
      says: 'none',
    },
    'the strength allows codes by text message': {
      change: (f) => only(f, { grant: { operator: 'OR', controls: [], strength: 'plain', others: 0 } }),
      says: 'none',
    },
    'a managed device does as well': {
      change: (f) =>
        only(f, { grant: { operator: 'OR', controls: ['compliantDevice'], strength: 'resistant', others: 0 } }),
      says: 'none',
    },
    'a role is not covered': {
      change: (f) => only(f, { users: { all: false, included: [`role:${role}`], excluded: [] } }),
      says: 'none',
    },
    'a role is left out of a rule for all': {
      change: (f) => only(f, { users: { all: true, included: [], excluded: [`role:${other}`] } }),
      says: 'near',
    },
    'the rule only reports': {
      change: (f) => only(f, { state: 'enabledForReportingButNotEnforced' }),
      says: 'near',
    },
    'the rule is for portals only': { change: (f) => only(f, { apps: { all: false, excluded: [] } }), says: 'near' },
    'the rule is for browsers only': { change: (f) => only(f, { clients: ['browser'] }), says: 'near' },
    'an account is left out': {
      change: (f) => only(f, { users: { all: true, included: [], excluded: ['user:somebody'] } }),
      says: 'excluded',
    },
  },
  told: {
    'an emergency account is declared': {
      change: (f) => only(f, { users: { all: true, included: [], excluded: ['user:emergency'] } }),
      says: 'declared',
    },
  },
})
