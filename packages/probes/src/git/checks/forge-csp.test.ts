import { examine } from '../../testing/examine.ts'
import { forgeCsp } from './forge-csp.ts'

examine(forgeCsp, {
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
    'evaluated code may run': {
      change: (f) => {
        f.forge.content.push('unsafe-eval')
      },
      says: 'unsafe',
    },
    'scripts of another host may run': {
      change: (f) => {
        f.forge.content.push('https://cdn.example.com')
      },
      says: 'unsafe',
    },
  },
  told: {
    'inline styles are allowed': {
      change: (f) => {
        f.forge.content = ['unsafe-inline']
      },
      says: 'style',
    },
  },
  empty: {
    'there is no Forge app': (f) => {
      f.forge.present = false
    },
  },
})
