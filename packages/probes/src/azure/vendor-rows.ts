/** What stands in Azure on the loopback, as Resource Graph would say it. */

export const production = '11111111-1111-4111-8111-111111111111'
export const second = '22222222-2222-4222-8222-222222222222'

export const rg = `/subscriptions/${production}/resourceGroups/rg-prod`
export const vaultId = `${rg}/providers/Microsoft.KeyVault/vaults/kv-prod`
const pgId = `${rg}/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-prod`
const storageId = `${rg}/providers/Microsoft.Storage/storageAccounts/stprod`
const siteId = `${rg}/providers/Microsoft.Web/sites/site-prod`
const vmId = `${rg}/providers/Microsoft.Compute/virtualMachines/vm-prod`
const backupVault = `${rg}/providers/Microsoft.RecoveryServices/vaults/rsv-prod`
const dataVault = `${rg}/providers/Microsoft.DataProtection/backupVaults/bv-prod`
const actionGroup = `${rg}/providers/Microsoft.Insights/actionGroups/ops`
const unset = { minimum: null, minimal: null, httpsTraffic: null, httpsOnly: null, plainPort: null, anonymous: null }

/** A row of Resource Graph. */
export type Row = Readonly<Record<string, unknown>>

/** Rows of Resource Graph, by a word that only one query holds. */
export const goodRows = {
  'keyvault/vaults': [
    {
      id: vaultId,
      softDelete: null,
      purgeProtection: true,
      rbac: true,
      publicAccess: 'Enabled',
      acls: { bypass: 'None', defaultAction: 'Deny', ipRules: [{ value: '192.0.2.7/32' }], virtualNetworkRules: [] },
      endpoints: [{ id: `${vaultId}/x`, properties: { privateLinkServiceConnectionState: { status: 'Approved' } } }],
    },
  ],
  'storage/storageaccounts': [
    {
      ...unset,
      id: storageId,
      type: 'microsoft.storage/storageaccounts',
      minimum: 'TLS1_2',
      httpsTraffic: true,
      anonymous: false,
    },
    { ...unset, id: siteId, type: 'microsoft.web/sites', httpsOnly: true },
    {
      ...unset,
      id: `${rg}/providers/Microsoft.DocumentDB/databaseAccounts/cosmos-prod`,
      type: 'microsoft.documentdb/databaseaccounts',
      minimal: 'Tls12',
    },
  ],
  'dbforpostgresql/flexibleservers': [{ id: pgId, retentionDays: 14 }],
  protecteditems: [
    {
      id: `${backupVault}/backupFabrics/Azure/protectionContainers/c;vm-prod/protectedItems/vm;vm-prod`,
      name: 'vm-prod',
      source: vmId,
      state: 'Protected',
      policy: `${backupVault}/backupPolicies/Daily`,
    },
    {
      id: `${backupVault}/backupFabrics/Azure/protectionContainers/c;vm-prod/protectedItems/sql;orders`,
      name: 'Orders',
      source: vmId,
      state: 'Protected',
      policy: `${backupVault}/backuppolicies/sql`,
    },
    {
      id: `${dataVault}/backupInstances/stprod`,
      name: 'stprod',
      source: storageId,
      state: 'ProtectionConfigured',
      policy: `${dataVault}/backupPolicies/blobs`,
    },
  ],
  backuppolicies: [
    {
      id: `${backupVault}/backupPolicies/daily`,
      retention: {
        retentionPolicyType: 'LongTermRetentionPolicy',
        dailySchedule: { retentionTimes: [], retentionDuration: { count: 30, durationType: 'Days' } },
        weeklySchedule: { retentionDuration: { count: 12, durationType: 'Weeks' } },
      },
      parts: null,
      rules: null,
    },
    {
      id: `${backupVault}/backupPolicies/sql`,
      retention: null,
      parts: [
        {
          policyType: 'Log',
          retentionPolicy: { retentionDuration: { count: 15, durationType: 'Days' } },
        },
        {
          policyType: 'Full',
          retentionPolicy: { weeklySchedule: { retentionDuration: { count: 4, durationType: 'Weeks' } } },
        },
      ],
      rules: null,
    },
    {
      id: `${dataVault}/backupPolicies/blobs`,
      retention: null,
      parts: null,
      rules: [
        { objectType: 'AzureBackupRule', name: 'BackupDaily' },
        {
          objectType: 'AzureRetentionRule',
          isDefault: true,
          lifecycles: [{ deleteAfter: { objectType: 'AbsoluteDeleteOption', duration: 'P3M' } }],
        },
      ],
    },
    { id: `${backupVault}/backupPolicies/unused`, retention: { forEver: true }, parts: null, rules: null },
  ],
  backupjobs: [
    job(backupVault, 'vm-prod', 'Failed', '2026-11-20T02:10:00.5Z'),
    job(backupVault, 'vm-prod', 'CompletedWithWarnings', '2026-11-22T02:10:00.5Z'),
    job(backupVault, 'vm-prod', 'Completed', '2026-11-21T02:10:00+01:00'),
    job(backupVault, 'vm-prod', 'InProgress', ''),
    job(dataVault, 'pg-prod/orders', 'Completed', '2026-11-22T03:00:00Z'),
  ],
  resourcecontainers: [{ id: rg }, { id: `/subscriptions/${second}/resourceGroups/RG-Test` }],
  summarize: [
    { type: 'microsoft.keyvault/vaults', location: 'germanywestcentral', number: 1 },
    { type: 'microsoft.insights/activitylogalerts', location: 'global', number: 1 },
  ],
  'mv-expand': [{ id: `${rg}/providers/x/y/z`, location: 'West Europe' }],
  activitylogalerts: [production, second].map((subscription) => ({
    id: `/subscriptions/${subscription}/resourceGroups/rg-prod/providers/Microsoft.Insights/activityLogAlerts/health`,
    enabled: true,
    scopes: [`/subscriptions/${subscription}`],
    conditions: [{ field: 'category', equals: 'ServiceHealth' }],
    groups: [{ actionGroupId: actionGroup, webhookProperties: {} }],
  })),
  actiongroups: [{ id: actionGroup.toLowerCase(), enabled: true, receivers: 2 }],
} as const satisfies Record<string, readonly Row[]>

function job(vault: string, item: string, status: string, ended: string) {
  const [set, name = item] = item.includes('/') ? item.split('/') : ['']
  return { id: `${vault}/backupJobs/${status}-${ended}`, operation: 'Backup', set, item: name, status, ended }
}
