import { examine } from '../../testing/examine.ts'
import type { BitbucketFacts } from '../facts.ts'
import { bbEnvironments } from './environments.ts'

type Good = Pick<BitbucketFacts, 'environments' | 'deployments'>
const kinds = ['Test', 'Staging', 'Production'] as const
const good: Good = {
  environments: kinds.map((kind) => ({
    repository: 'shop',
    name: kind.toLowerCase(),
    kind,
    restricted: kind === 'Production',
  })),
  deployments: kinds.map((kind) => ({
    repository: 'shop',
    environment: kind.toLowerCase(),
    kind,
    at: '2026-11-20T10:00:00Z',
    commit: 'eeeeeeeeeeee',
    builtAt: '2026-11-20T09:00:00Z',
  })),
}

examine(bbEnvironments, {
  good,
  bad: {
    'there is no staging': {
      change: (f) => {
        f.environments = f.environments.filter(({ kind }) => kind !== 'Staging')
      },
      says: 'missing',
    },
    'everybody may deploy to production': {
      change: (f) => {
        for (const one of f.environments) one.restricted = false
      },
      says: 'open',
    },
    'one of two places of production is open': {
      change: (f) => {
        f.environments.push({ repository: 'shop', name: 'second', kind: 'Production', restricted: false })
      },
      says: 'open',
    },
  },
  told: {
    'nothing was deployed to test': {
      change: (f) => {
        f.deployments = f.deployments.filter(({ kind }) => kind !== 'Test')
      },
      says: 'unused',
    },
    'nothing was deployed at all, as in a fresh repository': {
      change: (f) => {
        f.deployments = []
        for (const one of f.environments) one.restricted = false
      },
      says: 'unused',
      parameters: { restricted: false },
    },
  },
  empty: {
    'there is no environment': (f) => {
      f.environments = []
    },
  },
})
