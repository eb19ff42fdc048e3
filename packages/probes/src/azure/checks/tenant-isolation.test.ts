import { examine } from '../../testing/examine.ts'
import { azureMgaTenantIsolation } from './tenant-isolation.ts'

const application = (name: string) => ({
  resource: `11111111/rg/applications/${name}`,
  definition: null,
  mode: 'managed' as const,
  authorizations: 0,
  onRequest: null,
  managedGroup: `11111111/mrg-${name}` as string | null,
  uses: [`11111111/mrg-${name}/storageaccounts/st${name}`],
})

examine(azureMgaTenantIsolation, {
  good: { managedApps: { definitions: [], applications: [application('one'), application('two')] } },
  bad: {
    'two share a group': {
      change: (f) => {
        f.managedApps.applications.push({ ...application('three'), managedGroup: '11111111/mrg-one' })
      },
      says: 'shared-group',
    },
    'two share a store': {
      change: (f) => {
        f.managedApps.applications.push({ ...application('four'), uses: ['11111111/mrg-one/storageaccounts/stone'] })
      },
      says: 'shared-store',
    },
    'one has no group': {
      change: (f) => {
        f.managedApps.applications.push({ ...application('five'), managedGroup: null })
      },
      says: 'groupless',
    },
  },
  told: {
    'there is only one': {
      change: (f) => {
        f.managedApps.applications.pop()
      },
      says: 'alone',
    },
  },
  empty: {
    'there is none': (f) => {
      f.managedApps.applications = []
    },
  },
})
