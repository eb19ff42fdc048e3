import { examine } from '../../testing/examine.ts'
import { hostFirewall } from './firewall.ts'

examine(hostFirewall, {
  good: { firewall: { source: 'nftables', defaultDeny: true } },
  bad: {
    'traffic is allowed by default': {
      change: (f) => {
        f.firewall.defaultDeny = false
      },
      says: 'open',
    },
    'there is none': {
      change: (f) => {
        f.firewall = { source: 'none', defaultDeny: false }
      },
      says: 'none',
    },
  },
})
