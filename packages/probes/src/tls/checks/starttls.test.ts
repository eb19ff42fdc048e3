import { examine } from '../../testing/examine.ts'
import { tlsStarttls } from './starttls.ts'

examine(tlsStarttls, {
  good: { upgrade: { protocol: 'smtp', offered: true } },
  bad: {
    'the upgrade is not offered': {
      change: (f) => {
        f.upgrade.offered = false
      },
      says: 'missing',
    },
  },
  empty: {
    'TLS begins at once': (f) => {
      f.upgrade.protocol = 'none'
    },
  },
})
