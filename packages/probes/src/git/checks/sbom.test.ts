import { examine } from '../../testing/examine.ts'
import { depsSbom } from './sbom.ts'

examine(depsSbom, {
  good: { sboms: [{ path: 'bom.json', format: 'CycloneDX', components: 12, at: '2026-10-01T00:00:00Z' }] },
  bad: {
    'it cannot be read': {
      change: (f) => {
        f.sboms = [{ path: 'bom.json', format: 'unreadable', components: 0, at: null }]
      },
      says: 'unreadable',
    },
    'it lists nothing': {
      change: (f) => {
        f.sboms = f.sboms.map((one) => ({ ...one, components: 0 }))
      },
      says: 'empty',
    },
    'it is old': {
      change: (f) => {
        f.sboms = f.sboms.map((one) => ({ ...one, at: '2025-11-01T00:00:00Z' }))
      },
      says: 'old',
    },
  },
  empty: {
    'there is none': (f) => {
      f.sboms = []
    },
  },
})
