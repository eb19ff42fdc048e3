import { examine } from '../../testing/examine.ts'
import { backupJobHistory } from './job-history.ts'

const night = (day: number, exit = 0) => ({
  at: `2026-11-${String(day).padStart(2, '0')}T01:00:00.000Z`,
  seconds: 60,
  exit,
})
const nights = Array.from({ length: 20 }, (_, index) => night(index + 3))

examine(backupJobHistory, {
  good: {
    declared: { sources: ['db1'], tenants: [] },
    jobs: [
      { source: 'db1', tenant: null, runs: nights },
      { source: 'files', tenant: 't1', runs: nights.filter(({ at }) => at > '2026-11-19') },
    ],
  },
  bad: {
    'a run failed': {
      change: (f) => {
        f.jobs = f.jobs.map((one) => ({
          ...one,
          runs: one.runs.map((run) => (run.at.includes('11-20') ? night(20, 3) : run)),
        }))
      },
      says: 'failed',
    },
    'a night is missing': {
      change: (f) => {
        f.jobs = f.jobs.map((one) => ({ ...one, runs: one.runs.filter(({ at }) => !at.includes('11-20')) }))
      },
      says: 'gap',
    },
    'the last night is missing': {
      change: (f) => {
        f.jobs = f.jobs.map((one) => ({ ...one, runs: one.runs.filter(({ at }) => at < '2026-11-21') }))
      },
      says: 'gap',
    },
    'all runs are long ago': {
      change: (f) => {
        f.jobs = [{ source: 'db1', tenant: null, runs: [{ ...night(1), at: '2026-01-01T00:00:00.000Z' }] }]
      },
      says: 'gap',
    },
    'a declared source has no run': {
      change: (f) => {
        f.declared.sources = [...f.declared.sources, 'mail']
      },
      says: 'silent',
    },
    'runs are promised every hour': { change: () => undefined, says: 'gap', parameters: { maxGapHours: 1 } },
  },
})
