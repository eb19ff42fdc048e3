import { examine } from '../../testing/examine.ts'
import { forgeEgress } from './forge-egress.ts'

examine(forgeEgress, {
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
  parameters: { declared: ['https://api.example.com'] },
  bad: {
    'an address is not declared': {
      change: (f) => {
        f.forge.egress.push({ address: 'https://other.example.com', inScopeEndUserData: false })
      },
      says: 'undeclared',
      parameters: { declared: ['https://api.example.com'] },
    },
    'data may go anywhere': {
      change: (f) => {
        f.forge.egress.push({ address: '*', inScopeEndUserData: false })
      },
      says: 'any',
    },
    'an address is not encrypted': {
      change: (f) => {
        f.forge.egress.push({ address: 'http://api.example.com', inScopeEndUserData: false })
      },
      says: 'plain',
    },
    'end-user data leaves undeclared': {
      change: (f) => {
        f.forge.egress = f.forge.egress.map((one) => ({ ...one, inScopeEndUserData: true }))
      },
      says: 'personal',
      parameters: { declared: ['https://api.example.com'] },
    },
  },
  empty: {
    'there is no Forge app': (f) => {
      f.forge.present = false
    },
  },
})
