import { examine } from '../../testing/examine.ts'
import type { Run } from '../facts.ts'
import { ciScanSteps } from './scan-steps.ts'

const revision = '0123456789abcdef0123456789abcdef01234567'
const run: Run = {
  tool: 'CodeQL',
  at: '2026-11-20T12:00:00Z',
  hasResults: true,
  succeeded: true,
  revisions: [revision],
  minor: 0,
  suppressed: 0,
}
const first = (f: { runs: Run[] }) => f.runs[0] ?? run

examine(ciScanSteps, {
  good: { runs: [run], deployed: { revision: revision.slice(0, 12) } },
  bad: {
    'another commit is deployed': {
      change: (f) => {
        f.deployed.revision = 'fedcba9876543210'
      },
      says: 'other',
    },
    'the tool did not come to an end': {
      change: (f) => {
        first(f).succeeded = false
      },
      says: 'missing',
    },
    'a tool that must run has no log': {
      change: () => undefined,
      parameters: { tools: ['CodeQL', 'Semgrep'] },
      says: 'missing',
    },
    'one part looked at another commit': {
      change: (f) => {
        f.runs.push({ ...run, revisions: ['fedcba9876543210'] })
      },
      says: 'other',
    },
  },
  told: {
    'the log names no commit': {
      change: (f) => {
        first(f).revisions = []
      },
      says: 'unknown',
    },
  },
  empty: {
    'there is no analysis': (f) => {
      f.runs = []
    },
  },
})
