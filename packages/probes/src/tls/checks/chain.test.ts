import { examine } from '../../testing/examine.ts'
import { tlsChain } from './chain.ts'

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

examine(tlsChain, {
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
    'it vouches for itself': {
      change: (f) => {
        f.certificate = { ...f.certificate, anchor: 'self-signed', trustError: 'DEPTH_ZERO_SELF_SIGNED_CERT' }
      },
      says: 'self-signed',
    },
    'the root is unknown': {
      change: (f) => {
        f.certificate = { ...f.certificate, anchor: 'unknown-root' }
      },
      says: 'unknown-root',
    },
    'an intermediate is missing': {
      change: (f) => {
        f.certificate = { ...f.certificate, anchor: 'missing-intermediate' }
      },
      says: 'missing-intermediate',
    },
    'the runtime does not verify it': {
      change: (f) => {
        f.certificate.trustError = 'CERT_SIGNATURE_FAILURE'
      },
      says: 'not-verified',
    },
    'it names another host': {
      change: (f) => {
        f.certificate.nameMatches = false
      },
      says: 'misnamed',
    },
    'its key is short': {
      change: (f) => {
        f.certificate.chain = [{ ...certificate(), keyBits: 1024 }, certificate()]
      },
      says: 'key-weak',
    },
    'a curve is short': {
      change: (f) => {
        f.certificate.chain = [{ ...certificate(), keyType: 'ec', keyBits: 192 }, certificate()]
      },
      says: 'key-weak',
    },
    'an intermediate is signed with SHA-1': {
      change: (f) => {
        f.certificate.chain = [certificate(), { ...certificate(), signatureAlgorithm: 'sha1WithRSAEncryption' }]
      },
      says: 'signature-weak',
    },
  },
  ordered: ['chain'],
})
