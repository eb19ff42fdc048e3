import { examine } from '../../testing/examine.ts'
import { selfNoUndeclaredOutbound } from './no-undeclared-outbound.ts'

examine(selfNoUndeclaredOutbound, {
  good: { outbound: { undeclared: [] } },
  bad: {
    'a destination was not set up': {
      change: (f) => {
        f.outbound.undeclared = ['telemetry.example.com']
      },
      says: 'undeclared',
    },
  },
})
