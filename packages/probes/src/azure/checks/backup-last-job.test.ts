import { examine } from '../../testing/examine.ts'
import { azureBackupLastJob } from './backup-last-job.ts'

const resource = '11111111/rg-prod/vaults/rsv-prod'

examine(azureBackupLastJob, {
  good: {
    backupJobs: [
      { resource, item: 'vm', lastCompleted: '2026-11-22T02:00:00.000Z', lastFailed: '2026-11-21T02:00:00.000Z' },
      { resource, item: 'sql', lastCompleted: '2026-11-22T03:00:00.000Z', lastFailed: null },
    ],
  },
  bad: {
    'the last one is too old': {
      change: (f) => {
        f.backupJobs[1]!.lastCompleted = '2026-11-21T09:59:59.000Z'
      },
      says: 'old',
    },
    'one failed since': {
      change: (f) => {
        f.backupJobs[0]!.lastFailed = '2026-11-22T10:00:00.000Z'
      },
      says: 'failed',
    },
    'none was ever done': {
      change: (f) => {
        f.backupJobs[1]!.lastCompleted = null
      },
      says: 'never',
    },
    'a shorter time is promised': {
      change: (f) => {
        f.backupJobs[1]!.lastFailed = null
      },
      says: 'old',
      parameters: { maxHours: 4 },
    },
  },
})
