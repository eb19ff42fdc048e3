import { examine } from '../../testing/examine.ts'
import { verNotEol } from './not-eol.ts'

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

examine(verNotEol, {
  good: { components: [node()], data: { date: '2026-08-22', source: 'https://endoflife.date' } },
  bad: {
    'support has ended': {
      change: (f) => {
        f.components = [{ ...node(), lifecycle: { ...lifecycle(), endOfLife: '2026-11-21' } }]
      },
      says: 'ended',
    },
    'support is over without a day': {
      change: (f) => {
        f.components = [{ ...node(), lifecycle: { ...lifecycle(), endOfLife: true } }]
      },
      says: 'over',
    },
    'one of two is past its end': {
      change: (f) => {
        f.components = [
          node(),
          { ...node(), product: 'debian', lifecycle: { ...lifecycle(), endOfLife: '2026-07-11' } },
        ]
      },
      says: 'ended',
    },
  },
  told: {
    'the end comes soon': {
      change: (f) => {
        f.components = [{ ...node(), lifecycle: { ...lifecycle(), endOfLife: '2026-12-31' } }]
      },
      says: 'soon',
    },
    'the product is not known': {
      change: (f) => {
        f.components = [{ ...node(), lifecycle: null }]
      },
      says: 'unknown',
    },
    'a distribution patches it': {
      change: (f) => {
        f.components = [{ ...node(), origin: 'distribution', lifecycle: { ...lifecycle(), endOfLife: '2023-04-11' } }]
      },
      says: 'distribution',
    },
  },
  empty: {
    'nothing is there': (f) => {
      f.components = []
    },
  },
})
