import { examine } from '../../testing/examine.ts'
import { verDetected } from './detected.ts'

const lifecycle = () => ({
  cycle: '26',
  endOfLife: '2029-04-30' as string | boolean,
  latest: '26.10.0' as string | null,
  latestDate: '2026-08-01' as string | null,
})
const node = () => ({
  product: 'nodejs',
  version: '26.10.0' as string | null,
  observed: true,
  origin: 'upstream' as const,
  lifecycle: lifecycle(),
})

examine(verDetected, {
  good: { components: [node()] },
  bad: {
    'a declared component was not found': {
      change: (f) => {
        f.components = [node(), { ...node(), product: 'nginx', version: null, observed: false, lifecycle: null }]
      },
      says: 'missing',
    },
  },
  told: {
    'a version was only written down': {
      change: (f) => {
        f.components = [{ ...node(), observed: false }]
      },
      says: 'written',
    },
  },
  empty: {
    'nothing is there': (f) => {
      f.components = []
    },
  },
})
