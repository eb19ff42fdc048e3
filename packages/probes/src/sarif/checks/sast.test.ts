import { examine } from '../../testing/examine.ts'
import type { Finding, Run } from '../facts.ts'
import { sdlcSast } from './sast.ts'

const run: Run = {
  tool: 'CodeQL',
  at: '2026-11-20T12:00:00Z',
  hasResults: true,
  succeeded: true,
  revisions: [],
  minor: 3,
  suppressed: 1,
}
const finding: Finding = {
  tool: 'CodeQL',
  rule: 'js/xss',
  cwe: ['CWE-79'],
  path: 'src/page.ts',
  count: 1,
  score: 7.8,
  since: '2026-11-10T12:00:00Z',
  isNew: false,
}
type Facts = { runs: Run[]; findings: Finding[] }
const first = (f: Facts) => f.findings[0] ?? finding
const ran = (f: Facts) => f.runs[0] ?? run

examine(sdlcSast, {
  good: { runs: [run], findings: [finding] },
  bad: {
    'a finding is past its deadline': {
      change: (f) => {
        first(f).since = '2026-10-01T12:00:00Z'
      },
      says: 'late',
    },
    'a critical finding is past its shorter deadline': {
      change: (f) => {
        first(f).score = 9.1
      },
      says: 'late',
    },
    'a finding does not say since when': {
      change: (f) => {
        first(f).since = null
      },
      says: 'undated',
    },
    'the tool did not come to an end': {
      change: (f) => {
        ran(f).succeeded = false
      },
      says: 'broken',
    },
    'nothing was analysed': {
      change: (f) => {
        ran(f).hasResults = false
      },
      says: 'not-scanned',
    },
    'the analysis is old': {
      change: (f) => {
        ran(f).at = '2026-08-01T12:00:00Z'
      },
      says: 'old',
    },
    'a second part of the analysis broke': {
      change: (f) => {
        f.runs.push({ ...run, succeeded: false })
      },
      says: 'broken',
    },
  },
  told: {
    'a finding is within its deadline': { change: () => undefined, says: 'in-time' },
    'a finding is new': {
      change: (f) => {
        Object.assign(first(f), { since: null, isNew: true })
      },
      says: 'new',
    },
  },
  empty: {
    'there is no analysis': (f) => {
      f.runs = []
      f.findings = []
    },
  },
})
