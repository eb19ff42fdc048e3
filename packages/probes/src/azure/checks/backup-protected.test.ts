import { examine } from '../../testing/examine.ts'
import { azureBackupProtected } from './backup-protected.ts'

const vm = '11111111/rg-prod/virtualmachines/vm-prod'

examine(azureBackupProtected, {
  good: {
    protection: [
      { workload: vm, by: 'vault', state: 'stopped', retentionDays: 30 },
      { workload: vm, by: 'vault', state: 'protected', retentionDays: 30 },
      { workload: '11111111/rg-prod/flexibleservers/pg-prod', by: 'built-in', state: 'protected', retentionDays: 14 },
      { workload: '11111111/rg-prod/storageaccounts/old', by: 'vault', state: 'stopped', retentionDays: 30 },
    ],
  },
  parameters: { workloads: ['VM-Prod', 'pg-prod'] },
  bad: {
    'a machine is no longer protected': {
      change: (f) => {
        f.protection[1]!.state = 'error'
      },
      says: 'unprotected',
    },
    'copies are kept too short': {
      change: (f) => {
        f.protection[2]!.retentionDays = 3
      },
      says: 'short',
    },
    'the statement promises more': {
      change: (f) => {
        f.protection[2]!.retentionDays = 14
      },
      says: 'short',
      parameters: { workloads: ['pg-prod'], minRetentionDays: 30 },
    },
    'nothing backs a declared server up': {
      change: (f) => {
        f.protection[2]!.workload = '11111111/rg-prod/flexibleservers/pg-other'
      },
      says: 'missing',
    },
    'nothing is declared, and something is stopped': {
      change: (f) => {
        f.protection[3]!.state = 'stopped'
      },
      says: 'unprotected',
      parameters: {},
    },
  },
  told: {
    'nobody says how long copies are kept': {
      change: (f) => {
        f.protection[2]!.retentionDays = null
      },
      says: 'unknown',
    },
  },
})
