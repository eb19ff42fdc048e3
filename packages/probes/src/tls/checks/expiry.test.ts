import { examine } from '../../testing/examine.ts'
import { tlsExpiry } from './expiry.ts'

const certificate = () => ({
  fingerprint256: 'aa',
  issuer: 'CN=Example CA',
  validFrom: '2026-09-01T00:00:00.000Z',
  validTo: '2027-03-01T00:00:00.000Z',
  keyType: 'rsa',
  keyBits: 2048,
  signatureAlgorithm: 'sha256WithRSAEncryption',
  selfIssued: false,
})

examine(tlsExpiry, {
  good: {
    certificate: {
      host: 'www.example.com',
      nameMatches: true,
      chain: [certificate(), certificate()],
      anchor: 'trusted',
      trustError: null,
    },
  },
  bad: {
    'it has expired': {
      change: (f) => {
        f.certificate.chain = [{ ...certificate(), validTo: '2026-11-22T11:59:59.000Z' }, certificate()]
      },
      says: 'expired',
    },
    'it is not valid yet': {
      change: (f) => {
        f.certificate.chain = [{ ...certificate(), validFrom: '2026-11-23T00:00:00.000Z' }, certificate()]
      },
      says: 'early',
    },
    'it expires within two weeks': {
      change: (f) => {
        f.certificate.chain = [{ ...certificate(), validTo: '2026-12-06T11:59:59.000Z' }, certificate()]
      },
      says: 'too-soon',
    },
    'an intermediate has expired': {
      change: (f) => {
        f.certificate.chain = [certificate(), { ...certificate(), validTo: '2026-11-01T00:00:00.000Z' }]
      },
      says: 'expired',
    },
  },
  told: {
    'it expires within a month': {
      change: (f) => {
        f.certificate.chain = [{ ...certificate(), validTo: '2026-12-06T12:00:01.000Z' }, certificate()]
      },
      says: 'soon',
    },
  },
  ordered: ['chain'],
})
