import { examine } from '../../testing/examine.ts'
import { azureDefenderSecureScore } from './secure-score.ts'

examine(azureDefenderSecureScore, {
  good: { secureScore: [{ subscription: '11111111-1111-4111-8111-111111111111', percent: 61 }] },
  parameters: { before: 64.5 },
  bad: {
    'it dropped': {
      change: (f) => {
        f.secureScore[0]!.percent = 59.4
      },
      says: 'dropped',
    },
    'it dropped by more than is allowed here': {
      change: (f) => {
        f.secureScore[0]!.percent = 61.5
      },
      says: 'dropped',
      parameters: { before: 64.5, maxDrop: 1 },
    },
  },
  told: {
    'there is nothing to compare with': {
      change: (f) => {
        f.secureScore[0]!.percent = 12
      },
      says: 'score',
      parameters: {},
    },
  },
  empty: {
    'Defender is off': (f) => {
      f.secureScore = []
    },
  },
})
