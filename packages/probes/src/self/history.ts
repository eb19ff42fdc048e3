import type { Comparison } from '../engine/compare.ts'
import { withoutNonces } from '../http/history.ts'

/** How two looks are compared: what is counted as tenants and leaves come and go is no change of the installation. */
export const selfHistory = {
  volatile: [
    'tenants.count',
    'tenants.schemas',
    'tenants.ownDatabases',
    'tenants.ownRoles',
    'tenants.ownKeys',
    'tenants.crossTenant',
    'passwords.otherwiseStored',
    'ledger.leaves',
    'ledger.lastCheckpointAt',
    'ledger.tooLarge',
    'ledger.round',
    'evidence.round',
    'retention',
    'backup',
    'runtime.lifecycle.latest',
    'runtime.lifecycle.latestDate',
  ],
  named: { 'web.listens': ['address', 'port'] },
  steady: (_group, facts) => withoutNonces(facts),
} satisfies Comparison
