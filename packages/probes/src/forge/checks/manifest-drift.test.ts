import { examine } from '../../testing/examine.ts'
import { forgeManifestDrift } from './manifest-drift.ts'

const egress = () => [
  { address: 'https://api.example.com/', inScopeEndUserData: true },
  { address: 'https://img.example.com', inScopeEndUserData: false },
]
const modules = () => [{ type: 'jira:issuePanel', key: 'panel' }]

examine(forgeManifestDrift, {
  good: {
    deployed: {
      version: '3.2.0',
      at: '2026-11-02T10:00:00.000Z',
      scopes: ['read:jira-work', 'write:jira-work'],
      egress: [...egress(), { address: 'https://remote.example.com', inScopeEndUserData: true }],
      content: ['unsafe-inline'],
      modules: modules(),
      storage: {
        hosted: null,
        remotes: [{ key: 'remote', baseUrl: 'https://remote.example.com', locations: [] }],
      },
    },
    manifest: {
      tag: 'v3.2.0',
      scopes: ['write:jira-work', 'read:jira-work'],
      egress: [...egress(), { address: 'https://remote.example.com', inScopeEndUserData: false }],
      content: ['unsafe-inline'],
      modules: modules(),
    },
  },
  bad: {
    'a scope came on top': {
      change: (f) => {
        f.deployed.scopes.push('manage:jira-configuration')
      },
      says: 'more',
    },
    'a scope of the review is not there': {
      change: (f) => {
        f.manifest.scopes.push('read:jira-user')
      },
      says: 'less',
    },
    'an address came on top': {
      change: (f) => {
        f.deployed.egress.push({ address: 'https://elsewhere.example.org', inScopeEndUserData: false })
      },
      says: 'more',
    },
    'an address gets end-user data of which the review knew nothing': {
      change: (f) => {
        for (const one of f.manifest.egress) one.inScopeEndUserData = false
      },
      says: 'people',
    },
    'a source of scripts came on top': {
      change: (f) => {
        f.deployed.content.push('https://cdn.example.net')
      },
      says: 'more',
    },
    'a module came on top': {
      change: (f) => {
        f.deployed.modules.push({ type: 'webtrigger', key: 'back-door' })
      },
      says: 'more',
    },
    'an address with a variable does not fit': {
      change: (f) => {
        f.manifest.egress.push({ address: 'https://${HOST}.example.net', inScopeEndUserData: false })
        f.deployed.egress.push({ address: 'https://a.example.org', inScopeEndUserData: false })
      },
      says: 'less',
    },
  },
  told: {
    'an address is filled in': {
      change: (f) => {
        f.manifest.egress.push({ address: 'https://${HOST}.example.net', inScopeEndUserData: false })
        f.deployed.egress.push({ address: 'https://a.example.net', inScopeEndUserData: false })
      },
      says: 'variable',
    },
  },
})
