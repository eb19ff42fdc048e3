import { examine } from '../../testing/examine.ts'
import { mailSpfDmarc } from './spf-dmarc.ts'

examine(mailSpfDmarc, {
  good: {
    spf: { records: 1, all: '-', lookups: 3 },
    dmarc: { records: 1, policy: 'reject', percent: 100, domain: 'example.com' },
  },
  bad: {
    'there is no SPF': {
      change: (f) => {
        f.spf = { records: 0, all: null, lookups: 0 }
      },
      says: 'spf-missing',
    },
    'there are two SPF records': {
      change: (f) => {
        f.spf.records = 2
      },
      says: 'spf-double',
    },
    'SPF is open': {
      change: (f) => {
        f.spf.all = '?'
      },
      says: 'spf-open',
    },
    'SPF does not end': {
      change: (f) => {
        f.spf.all = null
      },
      says: 'spf-open',
    },
    'SPF costs too much': {
      change: (f) => {
        f.spf.lookups = 11
      },
      says: 'spf-costly',
    },
    'there is no DMARC': {
      change: (f) => {
        f.dmarc = { records: 0, policy: null, percent: 100, domain: null }
      },
      says: 'dmarc-missing',
    },
    'DMARC only watches': {
      change: (f) => {
        f.dmarc.policy = 'none'
      },
      says: 'dmarc-weak',
    },
    'DMARC holds for a part': {
      change: (f) => {
        f.dmarc.percent = 50
      },
      says: 'dmarc-weak',
    },
    'quarantine is less than promised': {
      change: (f) => {
        f.dmarc.policy = 'quarantine'
      },
      says: 'dmarc-weak',
      parameters: { minPolicy: 'reject' },
    },
  },
})
