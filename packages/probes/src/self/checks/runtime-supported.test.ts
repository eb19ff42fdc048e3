import { examine } from '../../testing/examine.ts'
import { selfRuntimeSupported } from './runtime-supported.ts'

const lifecycle = () => ({
  cycle: '26',
  endOfLife: '2029-04-30' as string | boolean,
  latest: '26.10.0' as string | null,
  latestDate: '2026-08-01' as string | null,
})

examine(selfRuntimeSupported, {
  good: { runtime: { product: 'nodejs', version: '26.10.0', lifecycle: lifecycle() } },
  bad: {
    'the runtime is past its end': {
      change: (f) => {
        f.runtime.lifecycle = { ...lifecycle(), endOfLife: '2026-04-30' }
      },
      says: 'ended',
    },
  },
  told: {
    'the runtime is not known': {
      change: (f) => {
        f.runtime.lifecycle = null
      },
      says: 'unknown',
    },
  },
})
