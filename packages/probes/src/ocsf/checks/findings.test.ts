import { examine } from '../../testing/examine.ts'
import type { Control } from '../facts.ts'
import { ocsfFindings } from './findings.ts'

const control: Control = { control: 's3_bucket_public', severity: 'high', pass: 3, fail: 0, unknown: 0, suppressed: 1 }
const first = (f: { controls: Control[] }) => f.controls[0] ?? control

examine(ocsfFindings, {
  good: {
    report: { producer: 'Prowler 5.0.0', at: '2026-11-20T12:00:00.000Z', results: 4, others: 0 },
    controls: [control],
  },
  bad: {
    'a result failed': {
      change: (f) => {
        first(f).fail = 1
      },
      says: 'failed',
    },
    'a result of unknown severity failed': {
      change: (f) => {
        Object.assign(first(f), { fail: 1, severity: 'unknown' })
      },
      says: 'failed',
    },
    'the results are old': {
      change: (f) => {
        f.report.at = '2026-11-01T12:00:00.000Z'
      },
      says: 'old',
    },
  },
  told: {
    'a result of low severity failed': {
      change: (f) => {
        Object.assign(first(f), { fail: 1, severity: 'low' })
      },
      says: 'minor',
    },
    'only graver results are to fail': {
      change: (f) => {
        first(f).fail = 1
      },
      parameters: { from: 'critical' },
      says: 'minor',
    },
    'a control has no result': {
      change: (f) => {
        first(f).unknown = 1
      },
      says: 'unknown',
    },
    'all of a control is suppressed': {
      change: (f) => {
        first(f).pass = 0
      },
      says: 'suppressed',
    },
  },
  empty: {
    'there is no result': (f) => {
      f.report.results = 0
      f.controls = []
    },
  },
})
