import { examine } from '../../testing/examine.ts'
import { verPatched } from './patched.ts'

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

examine(verPatched, {
  good: { components: [node()], data: { date: '2026-08-22', source: 'https://endoflife.date' } },
  bad: {
    'a patch has been out for long': {
      change: (f) => {
        f.components = [{ ...node(), version: '26.9.1' }]
      },
      says: 'behind',
    },
    'nobody knows since when a patch is out': {
      change: (f) => {
        f.components = [{ ...node(), version: '26.9.1', lifecycle: { ...lifecycle(), latestDate: null } }]
      },
      says: 'behind',
    },
  },
  told: {
    'a patch is fresh': {
      change: (f) => {
        f.components = [{ ...node(), version: '26.9.1', lifecycle: { ...lifecycle(), latestDate: '2026-11-10' } }]
      },
      says: 'recent',
    },
    'the version is too coarse': {
      change: (f) => {
        f.components = [{ ...node(), version: '26' }]
      },
      says: 'coarse',
    },
    'a distribution patches it': {
      change: (f) => {
        f.components = [{ ...node(), version: '26.1.0', origin: 'distribution' }]
      },
      says: 'distribution',
    },
    'the newest is not known': {
      change: (f) => {
        f.components = [{ ...node(), lifecycle: null }]
      },
      says: 'unknown',
    },
  },
  empty: {
    'nothing is there': (f) => {
      f.components = []
    },
  },
})
