import { examine } from '../../testing/examine.ts'
import { forgeEnvironmentsSeparate } from './environments-separate.ts'

const at = (day: string) => `2026-11-${day}T10:00:00.000Z`

examine(forgeEnvironmentsSeparate, {
  good: {
    environments: [
      { key: 'default', type: 'DEVELOPMENT', deployments: [{ version: '9.0.0', at: at('20') }] },
      {
        key: 'staging',
        type: 'STAGING',
        deployments: [
          { version: '5.0.0', at: at('18') },
          { version: '4.0.0', at: at('09') },
          { version: '3.0.0', at: at('01') },
        ],
      },
      {
        key: 'production',
        type: 'PRODUCTION',
        deployments: [
          { version: '3.0.0', at: at('10') },
          { version: '2.0.0', at: at('02') },
        ],
      },
    ],
  },
  ordered: ['deployments'],
  bad: {
    'there is no staging': {
      change: (f) => {
        f.environments = f.environments.filter(({ type }) => type !== 'STAGING')
      },
      says: 'missing',
    },
    'nothing was deployed to development': {
      change: (f) => {
        for (const one of f.environments) if (one.type === 'DEVELOPMENT') one.deployments = []
      },
      says: 'missing',
    },
    'a release skipped staging': {
      change: (f) => {
        for (const one of f.environments)
          if (one.type === 'STAGING') one.deployments = one.deployments.filter(({ version }) => version !== '4.0.0')
      },
      says: 'unstaged',
    },
    'the first release skipped staging': {
      change: (f) => {
        for (const one of f.environments)
          if (one.type === 'STAGING') one.deployments = one.deployments.filter(({ version }) => version !== '3.0.0')
      },
      says: 'unstaged',
    },
    'there is no environment at all': {
      change: (f) => {
        f.environments = []
      },
      says: 'empty',
    },
  },
  told: {
    'all releases are older than what was read of staging': {
      change: (f) => {
        for (const one of f.environments)
          if (one.type === 'STAGING')
            one.deployments = Array.from({ length: 20 }, () => ({ version: '6.0.0', at: at('21') }))
      },
      says: 'early',
    },
  },
})
