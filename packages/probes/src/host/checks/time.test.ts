import { examine } from '../../testing/examine.ts'
import { hostTime } from './time.ts'

examine(hostTime, {
  good: { time: { synchronised: true } },
  bad: {
    'the clock runs by itself': {
      change: (f) => {
        f.time.synchronised = false
      },
      says: 'free',
    },
  },
})
