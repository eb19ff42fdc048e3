import { examine } from '../../testing/examine.ts'
import { tlsProtocols } from './protocols.ts'

examine(tlsProtocols, {
  good: {
    protocols: [
      { version: 'SSLv3', accepted: false, refusedBy: 'alert' },
      { version: '1.0', accepted: false, refusedBy: 'alert' },
      { version: '1.1', accepted: false, refusedBy: 'alert' },
      { version: '1.2', accepted: true, refusedBy: null },
      { version: '1.3', accepted: true, refusedBy: null },
    ],
  },
  bad: {
    'SSLv3 is accepted': {
      change: (f) => {
        f.protocols = f.protocols.map((one) => (one.version === 'SSLv3' ? { ...one, accepted: true } : one))
      },
      says: 'old',
    },
    'TLS 1.0 is accepted': {
      change: (f) => {
        f.protocols = f.protocols.map((one) => (one.version === '1.0' ? { ...one, accepted: true } : one))
      },
      says: 'old',
    },
    'TLS 1.1 is accepted': {
      change: (f) => {
        f.protocols = f.protocols.map((one) => (one.version === '1.1' ? { ...one, accepted: true } : one))
      },
      says: 'old',
    },
    'no allowed version is accepted': {
      change: (f) => {
        f.protocols = f.protocols.map((one) => ({ ...one, accepted: false }))
      },
      says: 'none',
    },
    'only TLS 1.3 was promised': {
      change: (f) => {
        f.protocols = [...f.protocols]
      },
      says: 'old',
      parameters: { minVersion: '1.3' },
    },
  },
  told: {
    'an allowed version is not offered': {
      change: (f) => {
        f.protocols = f.protocols.map((one) => (one.version === '1.3' ? { ...one, accepted: false } : one))
      },
      says: 'absent',
    },
  },
})
