import { examine } from '../../testing/examine.ts'
import { hostLogs } from './logs.ts'

examine(hostLogs, {
  good: { logs: { journal: 'persistent', syslog: false, forwarded: true } },
  bad: {
    'the journal is lost at a restart': {
      change: (f) => {
        f.logs.journal = 'volatile'
      },
      says: 'lost',
    },
    'nothing is logged': {
      change: (f) => {
        f.logs.journal = 'none'
      },
      says: 'lost',
    },
    'logs must leave the machine and stay': {
      change: (f) => {
        f.logs.forwarded = false
      },
      says: 'local',
      parameters: { forward: true },
    },
  },
  told: {
    'logs stay on the machine': {
      change: (f) => {
        f.logs.forwarded = false
      },
      says: 'local',
    },
  },
})
