import { examine } from '../../testing/examine.ts'
import { forgeScopesMinimal } from './forge-scopes.ts'

examine(forgeScopesMinimal, {
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
  parameters: { approved: ['read:jira-work'] },
  bad: {
    'a scope is not approved': {
      change: (f) => {
        f.forge.scopes.push('write:jira-work')
      },
      says: 'unapproved',
      parameters: { approved: ['read:jira-work'] },
    },
    'a broad scope is asked for': {
      change: (f) => {
        f.forge.scopes.push('manage:jira-configuration')
      },
      says: 'broad',
      parameters: {},
    },
  },
  told: {
    'nothing was approved': {
      change: (f) => {
        f.forge.scopes = ['read:jira-work']
      },
      says: 'asked',
      parameters: {},
    },
  },
  empty: {
    'there is no Forge app': (f) => {
      f.forge.present = false
    },
  },
})
