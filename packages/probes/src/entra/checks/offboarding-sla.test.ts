import { examine } from '../../testing/examine.ts'
import type { EntraFacts } from '../facts.ts'
import { entraOffboardingSla } from './offboarding-sla.ts'

type Leaver = EntraFacts['leavers'][number]
const leaver = (person: string, left: string, state: Leaver['state'], ended: string | null): Leaver => ({
  person,
  left,
  state,
  ended,
})

examine(entraOffboardingSla, {
  good: {
    leavers: [
      leaver('a', '2026-11-10T16:00:00Z', 'disabled', '2026-11-11T15:00:00Z'),
      leaver('b', '2026-11-10T18:00:00+02:00', 'absent', '2026-11-01T08:00:00Z'),
    ],
  },
  bad: {
    'one is still enabled': {
      change: (f) => {
        f.leavers.push(leaver('c', '2026-11-20T16:00:00Z', 'enabled', null))
      },
      says: 'enabled',
    },
    'one was enabled again': {
      change: (f) => {
        f.leavers.push(leaver('d', '2026-11-10T16:00:00Z', 'enabled', '2026-11-10T17:00:00Z'))
      },
      says: 'enabled',
    },
    'one was disabled after two days': {
      change: (f) => {
        f.leavers.push(leaver('e', '2026-11-10T16:00:00Z', 'disabled', '2026-11-12T16:00:00Z'))
      },
      says: 'late',
    },
    'an hour is the most': { change: () => undefined, says: 'late', parameters: { hours: 1 } },
  },
  told: {
    'the time has not run out': {
      change: (f) => {
        f.leavers.push(leaver('f', '2026-11-22T08:00:00Z', 'enabled', null))
      },
      says: 'waiting',
    },
    'the log does not say': {
      change: (f) => {
        f.leavers.push(leaver('g', '2026-10-01T08:00:00Z', 'disabled', null))
      },
      says: 'unknown',
    },
  },
  empty: {
    'nobody left': (f) => {
      f.leavers = []
    },
  },
})
