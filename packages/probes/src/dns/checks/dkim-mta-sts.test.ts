import { examine } from '../../testing/examine.ts'
import { mailDkimMtaSts } from './dkim-mta-sts.ts'

const key = (selector: string) => ({
  selector,
  records: 1,
  state: 'valid' as const,
  kind: 'rsa' as const,
  bits: 2_048,
  testing: false,
})

examine(mailDkimMtaSts, {
  good: {
    dkim: [key('s1'), { ...key('s2'), kind: 'ed25519', bits: 256 }],
    mtaSts: { servers: 2, records: 1, fault: null, policy: { mode: 'enforce', maxAgeSeconds: 604_800, uncovered: 0 } },
    receiving: { servers: 2, reports: 1, reportsTo: 1 },
  },
  bad: {
    'a named key is not there': {
      change: (f) => {
        f.dkim.push({ ...key('a'), records: 0, state: 'revoked', bits: null })
      },
      says: 'key-missing',
    },
    'a key stands there twice': {
      change: (f) => {
        f.dkim.push({ ...key('b'), records: 2 })
      },
      says: 'key-double',
    },
    'a key was revoked': {
      change: (f) => {
        f.dkim.push({ ...key('c'), state: 'revoked', bits: null })
      },
      says: 'key-revoked',
    },
    'a key cannot be read': {
      change: (f) => {
        f.dkim.push({ ...key('d'), state: 'broken', bits: null })
      },
      says: 'key-broken',
    },
    'a key is short': {
      change: (f) => {
        f.dkim.push({ ...key('e'), bits: 1_024 })
      },
      says: 'key-short',
    },
    'a key is a test': {
      change: (f) => {
        f.dkim.push({ ...key('f'), testing: true })
      },
      says: 'key-testing',
    },
    'a policy is required, and there is none': {
      change: (f) => {
        f.mtaSts = { servers: 2, records: 0, fault: null, policy: null }
      },
      parameters: { policy: true },
      says: 'sts-missing',
    },
    'there are two records': {
      change: (f) => {
        f.mtaSts = { servers: 2, records: 2, fault: null, policy: null }
      },
      says: 'sts-double',
    },
    'the policy cannot be had': {
      change: (f) => {
        f.mtaSts = { servers: 2, records: 1, fault: 'certificate', policy: null }
      },
      says: 'sts-unusable',
    },
    'the policy is a test': {
      change: (f) => {
        if (f.mtaSts.policy?.mode === 'enforce') f.mtaSts.policy.mode = 'testing'
      },
      says: 'sts-weak',
    },
    'the policy is switched off': {
      change: (f) => {
        if (f.mtaSts.policy !== null) f.mtaSts.policy.mode = 'none'
      },
      parameters: { mode: 'testing', policy: true },
      says: 'sts-weak',
    },
    'a mail server is not named': {
      change: (f) => {
        if (f.mtaSts.policy !== null) f.mtaSts.policy.uncovered = 1
      },
      says: 'sts-uncovered',
    },
    'the policy is forgotten within the hour': {
      change: (f) => {
        if (f.mtaSts.policy !== null) f.mtaSts.policy.maxAgeSeconds = 3_600
      },
      says: 'sts-short',
    },
    'reports are required and go nowhere': {
      change: (f) => {
        f.receiving.reportsTo = 0
      },
      parameters: { reports: true, policy: true },
      says: 'unreported',
    },
  },
  told: {
    'there is no policy': {
      change: (f) => {
        f.mtaSts = { servers: 2, records: 0, fault: null, policy: null }
      },
      says: 'sts-missing',
    },
    'nobody is told of failures': {
      change: (f) => {
        f.receiving.reports = 0
      },
      says: 'unreported',
    },
  },
  empty: {
    'the domain has nothing to do with mail': (f) => {
      f.dkim = []
      f.mtaSts = { servers: 0, records: 0, fault: null, policy: null }
      f.receiving = { servers: 0, reports: 0, reportsTo: 0 }
    },
  },
})
