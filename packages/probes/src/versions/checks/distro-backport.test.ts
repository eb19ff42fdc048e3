import { examine } from '../../testing/examine.ts'
import { verDistroBackport } from './distro-backport.ts'

const lifecycle = () => ({
  cycle: '13',
  endOfLife: '2028-08-09' as string | boolean,
  latest: '13.1',
  latestDate: '2026-09-06',
})
const debian = () => ({
  product: 'debian',
  version: '13.1',
  observed: true,
  origin: 'upstream' as const,
  lifecycle: lifecycle(),
})
const nginx = () => ({
  product: 'nginx',
  version: '1.22.1',
  observed: true,
  origin: 'distribution' as const,
  lifecycle: { ...lifecycle(), endOfLife: '2023-04-11' },
})

examine(verDistroBackport, {
  good: { components: [debian(), nginx()] },
  bad: {
    'the distribution is past its end': {
      change: (f) => {
        f.components = [{ ...debian(), lifecycle: { ...lifecycle(), endOfLife: '2026-07-11' } }, nginx()]
      },
      says: 'orphaned',
    },
  },
  empty: {
    'no distribution is known': (f) => {
      f.components = [nginx()]
    },
    'no package is there': (f) => {
      f.components = [debian()]
    },
  },
})
