import { examine } from '../../testing/examine.ts'
import { secretsInRepo } from './secrets.ts'

examine(secretsInRepo, {
  good: { secrets: { found: [], commits: 40, scannedAll: true } },
  bad: {
    'a key lies in the history': {
      change: (f) => {
        f.secrets.found = [{ rule: 'private-key', path: 'deploy.pem', commit: 'abc1234' }]
      },
      says: 'found',
    },
  },
  told: {
    'the history is too long to read': {
      change: (f) => {
        f.secrets.scannedAll = false
      },
      says: 'partial',
    },
  },
})
