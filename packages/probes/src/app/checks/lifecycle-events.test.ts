import { examine } from '../../testing/examine.ts'
import { appLifecycleEvents } from './lifecycle-events.ts'

examine(appLifecycleEvents, {
  good: {
    lifecycle: [
      { kind: 'user', objects: 12, unrecorded: 0 },
      { kind: 'environment', objects: 3, unrecorded: 0 },
    ],
  },
  bad: {
    'a user has no event': {
      change: (f) => {
        f.lifecycle.push({ kind: 'role', objects: 4, unrecorded: 1 })
      },
      says: 'missing',
    },
  },
  empty: {
    'nothing was ever created': (f) => {
      f.lifecycle = []
    },
  },
})
