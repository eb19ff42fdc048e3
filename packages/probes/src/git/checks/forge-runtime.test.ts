import { examine } from '../../testing/examine.ts'
import { forgeRuntimeSupported } from './forge-runtime.ts'

examine(forgeRuntimeSupported, {
  good: {
    forge: {
      present: true,
      scopes: ['read:jira-work'],
      egress: [{ address: 'https://api.example.com', inScopeEndUserData: false }],
      content: [],
      runtime: 'nodejs24.x',
      lifecycle: { cycle: '24', endOfLife: '2028-04-30' },
    },
  },
  bad: {
    'the runtime is past its end': {
      change: (f) => {
        f.forge.lifecycle = { cycle: '18', endOfLife: '2025-04-30' }
      },
      says: 'ended',
    },
    'no runtime is named': {
      change: (f) => {
        f.forge.runtime = null
      },
      says: 'legacy',
    },
  },
  told: {
    'the runtime is not known': {
      change: (f) => {
        f.forge.lifecycle = null
      },
      says: 'unknown',
    },
  },
  empty: {
    'there is no Forge app': (f) => {
      f.forge.present = false
    },
  },
})
