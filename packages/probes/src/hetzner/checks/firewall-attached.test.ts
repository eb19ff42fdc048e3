import { examine } from '../../testing/examine.ts'
import { database, server } from '../samples.ts'
import { hzFirewallAttached } from './firewall-attached.ts'

examine(hzFirewallAttached, {
  good: { servers: [server(), database()] },
  bad: {
    'a public server has no firewall': {
      change: (f) => {
        f.servers = [server({ firewalls: [] }), database()]
      },
      says: 'open',
    },
    'the firewall is not in effect yet': {
      change: (f) => {
        f.servers = [server({ firewalls: [{ id: 41, applied: false }] }), database()]
      },
      says: 'pending',
    },
  },
  empty: {
    'there are no servers': (f) => {
      f.servers = []
    },
  },
})
