import { examine } from '../../testing/examine.ts'
import { azureRegionEu } from './region-eu.ts'

examine(azureRegionEu, {
  good: {
    places: [
      { type: 'microsoft.keyvault/vaults', location: 'germanywestcentral', count: 2 },
      { type: 'microsoft.storage/storageaccounts', location: 'germanywestcentral', count: 1 },
      { type: 'microsoft.network/dnszones', location: 'global', count: 1 },
    ],
  },
  bad: {
    'a resource lies elsewhere': {
      change: (f) => {
        f.places[1]!.location = 'eastus'
      },
      says: 'outside',
    },
    'a copy of a database lies outside the EU': {
      change: (f) => {
        f.places.push({ type: 'copies of databases', location: 'uksouth', count: 1 })
      },
      says: 'outside',
    },
    'only another region is allowed': {
      change: (f) => {
        f.places[0]!.count = 3
      },
      says: 'outside',
      parameters: { regions: ['West Europe'] },
    },
  },
  told: {
    'nothing has a place': {
      change: (f) => {
        for (const place of f.places) place.location = place.count > 1 ? '' : 'global'
      },
      says: 'placeless',
    },
  },
  empty: {
    'there is nothing': (f) => {
      f.places = []
    },
  },
})
