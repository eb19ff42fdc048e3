import { examine } from '../../testing/examine.ts'
import { hzCerts } from './certs.ts'

const certificate = (change: object = {}) => ({
  id: 71,
  name: 'example.com',
  managed: true,
  until: '2027-01-30T10:00:00Z' as string | null,
  issuance: 'completed' as string | null,
  renewal: 'scheduled' as string | null,
  used: true,
  ...change,
})

examine(hzCerts, {
  good: { certificates: [certificate(), certificate({ id: 72, managed: false, issuance: null, renewal: null })] },
  bad: {
    'it ends soon': {
      change: (f) => {
        f.certificates = [certificate({ until: '2026-12-10T10:00:00Z' })]
      },
      says: 'ending',
    },
    'the renewal failed': {
      change: (f) => {
        f.certificates = [certificate({ renewal: 'failed' })]
      },
      says: 'failed',
    },
    'it could not be issued': {
      change: (f) => {
        f.certificates = [certificate({ issuance: 'failed', until: null })]
      },
      says: 'failed',
    },
  },
  told: {
    'nobody uses it': {
      change: (f) => {
        f.certificates = [certificate({ used: false, until: '2026-11-01T10:00:00Z' })]
      },
      says: 'unused',
    },
    'it is being issued': {
      change: (f) => {
        f.certificates = [certificate({ issuance: 'pending', until: null })]
      },
      says: 'pending',
    },
  },
  empty: {
    'there are none': (f) => {
      f.certificates = []
    },
  },
})
