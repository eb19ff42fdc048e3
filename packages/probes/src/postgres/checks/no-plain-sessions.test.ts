import { examine } from '../../testing/examine.ts'
import { pgNoPlainSessions } from './no-plain-sessions.ts'

examine(pgNoPlainSessions, {
  good: { sessions: { remote: 4, plain: 0 } },
  bad: {
    'a session is not encrypted': {
      change: (f) => {
        f.sessions.plain = 1
      },
      says: 'plain',
    },
  },
  told: {
    'nobody is connected': {
      change: (f) => {
        f.sessions.remote = 0
      },
      says: 'none',
    },
  },
})
