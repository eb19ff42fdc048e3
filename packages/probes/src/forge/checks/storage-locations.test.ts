import { examine } from '../../testing/examine.ts'
import { forgeStorageLocations } from './storage-locations.ts'

const parameters = { remotes: ['https://store.example.com/'] }

examine(forgeStorageLocations, {
  good: {
    deployed: {
      version: '3.2.0',
      at: '2026-11-02T10:00:00.000Z',
      scopes: [],
      egress: [],
      content: [],
      modules: [],
      storage: {
        hosted: { classifications: ['UGC'], locations: ['EU'] },
        remotes: [{ key: 'store', baseUrl: 'https://store.example.com', locations: ['DE'] }],
      },
    },
  },
  parameters,
  bad: {
    'the storage of Forge lies elsewhere': {
      change: (f) => {
        f.deployed.storage.hosted?.locations.push('US')
      },
      says: 'elsewhere',
      parameters,
    },
    'a remote lies elsewhere': {
      change: (f) => {
        for (const remote of f.deployed.storage.remotes) remote.locations = ['SG']
      },
      says: 'elsewhere',
      parameters,
    },
    'a remote that stores is not declared': {
      change: (f) => {
        f.deployed.storage.remotes.push({ key: 'other', baseUrl: 'https://other.example.com', locations: ['EU'] })
      },
      says: 'remote',
      parameters,
    },
    'no remote is declared': { change: () => undefined, says: 'remote', parameters: {} },
  },
  told: {
    'no place is named': {
      change: (f) => {
        f.deployed.storage = { hosted: { classifications: [], locations: [] }, remotes: [] }
      },
      says: 'unnamed',
    },
  },
})
