import { examine } from '../../testing/examine.ts'
import { bwCoverage } from './coverage.ts'

examine(bwCoverage, {
  good: { coverage: { listed: '2026-10-31', staff: 12, withoutSeat: [], strangers: [] } },
  bad: {
    'the list is old': {
      change: (f) => {
        f.coverage = { ...f.coverage, listed: '2026-10-20' }
      },
      says: 'old',
    },
    'somebody has no seat': {
      change: (f) => {
        f.coverage = { ...f.coverage, withoutSeat: ['P-7'] }
      },
      says: 'missing',
    },
    'somebody who left has one': {
      change: (f) => {
        f.coverage = { ...f.coverage, strangers: ['m-1', 'm-2'] }
      },
      says: 'stranger',
      parameters: { others: ['m-1'] },
    },
  },
})
