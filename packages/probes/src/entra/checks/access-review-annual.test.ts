import { examine } from '../../testing/examine.ts'
import { entraAccessReviewAnnual } from './access-review-annual.ts'

examine(entraAccessReviewAnnual, {
  good: { reviews: [{ id: 'admins', completed: '2025-11-23T00:00:00Z' }] },
  bad: {
    'the newest is older than a year': {
      change: (f) => {
        f.reviews[0] = { id: 'admins', completed: '2025-11-20T00:00:00Z' }
      },
      says: 'old',
    },
    'one was never completed': {
      change: (f) => {
        f.reviews.push({ id: 'guests', completed: null })
      },
      says: 'never',
    },
    'half a year is the most': { change: () => undefined, says: 'old', parameters: { maxDays: 180 } },
  },
  empty: {
    'no review is set up': (f) => {
      f.reviews = []
    },
  },
})
