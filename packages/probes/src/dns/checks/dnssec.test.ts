import { examine } from '../../testing/examine.ts'
import { dnsDnssec } from './dnssec.ts'

examine(dnsDnssec, {
  good: { dnssec: { state: 'secure' } },
  bad: {
    'the domain is not signed': {
      change: (f) => {
        f.dnssec.state = 'insecure'
      },
      says: 'insecure',
    },
    'the signature does not hold': {
      change: (f) => {
        f.dnssec.state = 'bogus'
      },
      says: 'bogus',
    },
  },
})
