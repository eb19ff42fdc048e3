import { examine } from '../../testing/examine.ts'
import { tlsClientCert } from './client-cert.ts'

examine(tlsClientCert, {
  good: { clientCertificate: { wish: 'required' } },
  parameters: { expected: true },
  bad: {
    'a certificate is only asked for': {
      change: (f) => {
        f.clientCertificate.wish = 'optional'
      },
      says: 'optional',
    },
    'none is asked for': {
      change: (f) => {
        f.clientCertificate.wish = 'not-required'
      },
      says: 'not-required',
    },
  },
})
