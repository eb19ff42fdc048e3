import { examine } from '../../testing/examine.ts'
import type { LoadRun } from '../facts.ts'
import { loadPassed } from './passed.ts'

const run: LoadRun = {
  tool: 'k6',
  at: '2026-11-01T12:00:00Z',
  requests: 60_000,
  perSecond: 200,
  errorRate: 0.001,
  latency: { ms: 240, percentile: 'p95' },
  thresholds: { set: 2, broken: [] },
}
const first = (f: { runs: LoadRun[] }) => f.runs[0] ?? run

examine(loadPassed, {
  good: { runs: [run, { ...run, at: '2026-05-01T12:00:00Z', errorRate: 0.5 }] },
  parameters: { peakPerSecond: 150 },
  bad: {
    'the test is old': {
      change: (f) => {
        first(f).at = '2026-04-01T12:00:00Z'
        f.runs.splice(1)
      },
      says: 'old',
    },
    'answers are slow': {
      change: (f) => {
        first(f).latency = { ms: 1_200, percentile: 'p97.5' }
      },
      says: 'slow',
    },
    'requests fail': {
      change: (f) => {
        first(f).errorRate = 0.011
      },
      says: 'errors',
    },
    'the load was below the peak': {
      change: (f) => {
        first(f).perSecond = 149
      },
      says: 'weak',
    },
    'a limit of the test was broken': {
      change: (f) => {
        first(f).thresholds = { set: 2, broken: ['http_req_duration p(95)<200'] }
      },
      says: 'broken',
    },
    'nothing was sent': {
      change: (f) => {
        Object.assign(first(f), { requests: 0, errorRate: 0 })
      },
      says: 'nothing',
    },
    'the newest of several failed': {
      change: (f) => {
        f.runs.push({ ...run, at: '2026-11-02T12:00:00Z', errorRate: 1 })
      },
      says: 'errors',
    },
  },
  told: {
    'the test has no limits of its own': {
      change: (f) => {
        first(f).thresholds = null
      },
      says: 'unlimited',
    },
  },
  empty: {
    'there is no load test': (f) => {
      f.runs = []
    },
  },
})
