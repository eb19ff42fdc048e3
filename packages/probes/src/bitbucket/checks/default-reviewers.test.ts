import { examine } from '../../testing/examine.ts'
import { bbDefaultReviewers } from './default-reviewers.ts'

examine(bbDefaultReviewers, {
  good: {
    reviewers: [
      { repository: 'shop', reviewers: 2 },
      { repository: 'site', reviewers: 3 },
    ],
  },
  bad: {
    'one repository has one only': {
      change: (f) => {
        f.reviewers.push({ repository: 'tools', reviewers: 1 })
      },
      says: 'few',
    },
    'more are needed': { change: () => undefined, says: 'few', parameters: { reviewers: 3 } },
  },
  empty: {
    'there is no repository': (f) => {
      f.reviewers = []
    },
  },
})
