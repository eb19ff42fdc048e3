import { examine } from '../../testing/examine.ts'
import { bwEventsFlow } from './events-flow.ts'

const exported = { at: '2026-11-20T10:00:00.000Z', vault: 'organisation' as const, actor: 'user-1' as string | null }

examine(bwEventsFlow, {
  good: { events: { newest: '2026-11-22T09:00:00.000Z', from: '2026-11-15T12:00:00.000Z', exports: [] } },
  bad: {
    'there is no event': {
      change: (f) => {
        f.events = { ...f.events, newest: null }
      },
      says: 'never',
    },
    'the log has gone silent': {
      change: (f) => {
        f.events = { ...f.events, newest: '2026-10-20T09:00:00.000Z' }
      },
      says: 'silent',
    },
    'somebody exported the organisation': {
      change: (f) => {
        f.events = { ...f.events, exports: [exported] }
      },
      says: 'exported',
    },
    'nobody knows who exported': {
      change: (f) => {
        f.events = { ...f.events, exports: [{ ...exported, vault: 'member', actor: null }] }
      },
      says: 'exported',
    },
  },
  told: {
    'the export was declared': {
      change: (f) => {
        f.events = { ...f.events, exports: [exported] }
      },
      says: 'allowed',
      parameters: { exporters: ['user-1'] },
    },
  },
})
