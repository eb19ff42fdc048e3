import { examine } from '../../testing/examine.ts'
import { forgeInstallations } from './installations.ts'

const customer = (name: number, version: string | null) => ({
  context: `ari:cloud:jira::site/customer-${name}`,
  environment: 'production',
  type: 'PRODUCTION' as const,
  version,
})
const parameters = { ownSites: ['own'] }

examine(forgeInstallations, {
  good: {
    installations: [
      customer(1, '3.2.0'),
      customer(2, '3.0.1'),
      customer(3, '3.2.0'),
      customer(4, '3.2.0'),
      customer(5, '2.9.0'),
      { context: 'ari:cloud:jira::site/own', environment: 'staging', type: 'STAGING', version: '4.0.0' },
    ],
  },
  parameters,
  bad: {
    'a customer uses staging': {
      change: (f) => {
        f.installations.push({ ...customer(6, '4.0.0'), environment: 'staging', type: 'STAGING' })
      },
      says: 'foreign',
      parameters,
    },
    'an own site is not declared': {
      change: () => undefined,
      says: 'foreign',
      parameters: {},
    },
    'the end of a name is like that of an own site': {
      change: (f) => {
        f.installations.push({ ...customer(6, '4.0.0'), context: 'x/not-own', type: 'DEVELOPMENT' })
      },
      says: 'foreign',
      parameters,
    },
    'too many stay behind': {
      change: (f) => {
        f.installations.push(customer(6, '1.0.0'))
      },
      says: 'old',
      parameters,
    },
    'versions are not told': {
      change: (f) => {
        f.installations = [customer(1, null)]
      },
      says: 'untold',
      parameters,
    },
  },
  empty: {
    'nobody has installed it': (f) => {
      f.installations = []
    },
  },
})
