import { examine } from '../../testing/examine.ts'
import { tlsCiphers } from './ciphers.ts'

examine(tlsCiphers, {
  good: {
    ciphers: [
      { version: '1.3', name: 'TLS_AES_256_GCM_SHA384' },
      { version: '1.2', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' },
    ],
  },
  bad: {
    'RC4 is offered': {
      change: (f) => {
        f.ciphers.push({ version: '1.2', name: 'TLS_RSA_WITH_RC4_128_SHA' })
      },
      says: 'broken',
    },
    '3DES is offered': {
      change: (f) => {
        f.ciphers.push({ version: '1.2', name: 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA' })
      },
      says: 'broken',
    },
    'an export suite is offered': {
      change: (f) => {
        f.ciphers.push({ version: '1.2', name: 'TLS_RSA_EXPORT_WITH_RC4_40_MD5' })
      },
      says: 'broken',
    },
    'an anonymous suite is offered': {
      change: (f) => {
        f.ciphers.push({ version: '1.2', name: 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA' })
      },
      says: 'broken',
    },
    'a suite without encryption is offered': {
      change: (f) => {
        f.ciphers.push({ version: '1.2', name: 'TLS_RSA_WITH_NULL_SHA256' })
      },
      says: 'broken',
    },
    'a suite without forward secrecy is offered': {
      change: (f) => {
        f.ciphers.push({ version: '1.2', name: 'TLS_RSA_WITH_AES_256_GCM_SHA384' })
      },
      says: 'no-forward-secrecy',
    },
    'CBC with SHA-1 is offered': {
      change: (f) => {
        f.ciphers.push({ version: '1.2', name: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA' })
      },
      says: 'cbc-sha1',
    },
  },
  empty: {
    'no suite was listed': (f) => {
      f.ciphers = []
    },
  },
})
