import type { UpsFacts } from '../facts.ts'
import { examine } from '../../testing/examine.ts'
import { upsOnline } from './online.ts'

const power = (more: Partial<UpsFacts['power']>) => (f: { power: UpsFacts['power'] }) => {
  f.power = { ...f.power, ...more }
}

examine(upsOnline, {
  good: {
    power: {
      status: ['CHRG', 'OL'],
      chargePercent: 98,
      runtimeSeconds: 1800,
      lastTest: 'passed',
      testedAt: '2026-10-01',
    },
    monitors: { count: 2 },
  },
  bad: {
    'the battery is low': { change: power({ status: ['LB', 'OB'] }), says: 'unprotected' },
    'the battery is to be replaced': { change: power({ status: ['OL', 'RB'] }), says: 'unprotected' },
    'it is bypassed': { change: power({ status: ['BYPASS', 'OL'] }), says: 'unprotected' },
    'it tells no state': { change: power({ status: [] }), says: 'offline' },
    'the battery does not last': { change: power({ runtimeSeconds: 60 }), says: 'short' },
    'the battery is nearly empty': { change: power({ chargePercent: 20 }), says: 'empty' },
    'the self-test failed': { change: power({ lastTest: 'failed' }), says: 'test-failed' },
    'the self-test is long ago': { change: power({ testedAt: '2024-01-01' }), says: 'test-old' },
    'nobody listens': {
      change: (f) => {
        f.monitors.count = 0
      },
      says: 'unwatched',
    },
    'the battery has to last longer': { change: () => undefined, says: 'short', parameters: { minSeconds: 3600 } },
  },
  told: {
    'it runs on battery': { change: power({ status: ['DISCHRG', 'OB'] }), says: 'on-battery' },
    'it does not tell of tests': { change: power({ lastTest: 'unknown', testedAt: null }), says: 'test-unknown' },
    'it tells neither time nor charge': {
      change: power({ runtimeSeconds: null, chargePercent: null, lastTest: 'unknown' }),
      says: 'test-unknown',
    },
  },
})
