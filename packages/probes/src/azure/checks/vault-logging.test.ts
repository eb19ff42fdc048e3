import { examine } from '../../testing/examine.ts'
import { azureKvLogging } from './vault-logging.ts'

examine(azureKvLogging, {
  good: {
    vaultLogs: [
      { resource: '11111111/rg-prod/vaults/a', auditTo: ['workspace', 'storage'] },
      { resource: '11111111/rg-prod/vaults/b', auditTo: ['event-hub'] },
    ],
  },
  bad: {
    'the log of a vault goes nowhere': {
      change: (f) => {
        f.vaultLogs[1]!.auditTo = []
      },
      says: 'nowhere',
    },
  },
  empty: {
    'there is no vault': (f) => {
      f.vaultLogs = []
    },
  },
})
