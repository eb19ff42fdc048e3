import { examine } from '../../testing/examine.ts'
import { pgTlsOn } from './tls-on.ts'

examine(pgTlsOn, {
  good: { transport: { tls: true, minVersion: 'TLSv1.2', local: false } },
  bad: {
    'TLS is off': {
      change: (f) => {
        f.transport.tls = false
      },
      says: 'off',
    },
    'old versions are allowed': {
      change: (f) => {
        f.transport.minVersion = 'TLSv1'
      },
      says: 'old',
    },
    'any version is allowed': {
      change: (f) => {
        f.transport.minVersion = ''
      },
      says: 'old',
    },
    'only TLS 1.3 was promised': {
      change: (f) => {
        f.transport.tls = true
      },
      says: 'old',
      parameters: { minVersion: '1.3' },
    },
  },
  empty: {
    'nobody comes from the network': (f) => {
      f.transport.local = true
    },
  },
})
