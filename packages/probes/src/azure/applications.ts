/** Managed applications: what the publisher may do in the groups of its customers, and whether customers are apart. */
import { z } from 'zod'
import { findDurationMs } from '../engine/duration.ts'
import { Unreadable, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { findLabel, groupLabel, labelOf, listed, together, word } from './arm.ts'
import type { Azure, Rows } from './arm.ts'
import type { AzureFacts } from './facts.ts'

type ManagedApps = AzureFacts['managedApps']

const query = { 'api-version': '2021-07-01' }
const authorizations = z.array(z.object({ principalId: z.string(), roleDefinitionId: z.string() })).nullish()
const mode = word(['managed', 'unmanaged', 'notspecified'])

const Definition = z.object({
  id: z.string(),
  properties: z.object({
    authorizations,
    lockLevel: word(['none', 'cannotdelete', 'readonly']),
    managementPolicy: z.object({ mode: mode.nullish() }).nullish(),
  }),
})

const Application = z.object({
  id: z.string(),
  properties: z.object({
    applicationDefinitionId: z.string().nullish(),
    authorizations,
    jitAccessPolicy: z
      .object({
        jitAccessEnabled: z.boolean(),
        jitApprovalMode: word(['autoapprove', 'manualapprove', 'notspecified']).nullish(),
        maximumJitAccessDuration: z.string().nullish(),
      })
      .nullish(),
    managedResourceGroupId: z.string().nullish(),
    managementMode: mode.nullish(),
    parameters: z.unknown(),
    outputs: z.unknown(),
  }),
})

export async function readManagedApps(azure: Azure): Promise<Seen<ManagedApps>> {
  const each = async <T>(path: string, item: z.ZodType<T>): Promise<Rows<T>> =>
    together(
      await Promise.all(
        azure.subscriptions.map((subscription) => listed(azure, { path, params: { subscription }, query }, item)),
      ),
    )
  const [definitions, applications] = await Promise.all([
    each('/subscriptions/{subscription}/providers/Microsoft.Solutions/applicationDefinitions', Definition),
    each('/subscriptions/{subscription}/providers/Microsoft.Solutions/applications', Application),
  ])
  return seen(
    { definitions: definitions.items.map(definitionOf), applications: applications.items.map(applicationOf) },
    definitions.complete && applications.complete,
  )
}

const locks = { none: 'none', cannotdelete: 'can-not-delete', readonly: 'read-only' } as const

function definitionOf({ id, properties }: z.output<typeof Definition>): ManagedApps['definitions'][number] {
  return {
    resource: labelOf(id),
    mode: modeOf(properties.managementPolicy?.mode),
    authorizations: properties.authorizations?.length ?? 0,
    lock: locks[properties.lockLevel],
  }
}

function applicationOf({ id, properties }: z.output<typeof Application>): ManagedApps['applications'][number] {
  const { jitAccessPolicy: jit, managedResourceGroupId } = properties
  return {
    resource: labelOf(id),
    definition: findLabel(properties.applicationDefinitionId),
    mode: modeOf(properties.managementMode),
    authorizations: properties.authorizations?.length ?? 0,
    onRequest: jit?.jitAccessEnabled
      ? {
          approval: jit.jitApprovalMode === 'manualapprove' ? 'manual' : 'automatic',
          maxHours: hoursOf(jit.maximumJitAccessDuration),
        }
      : null,
    managedGroup: managedResourceGroupId == null ? null : groupLabel(managedResourceGroupId),
    uses: storesIn([properties.parameters, properties.outputs]),
  }
}

/** Without a word, the publisher manages: that is Azure's default. */
function modeOf(said: z.output<typeof mode> | null | undefined): 'managed' | 'unmanaged' {
  return said === 'unmanaged' ? 'unmanaged' : 'managed'
}

function hoursOf(duration: string | null | undefined): number | null {
  if (duration == null) return null
  const ms = findDurationMs(duration)
  if (ms === undefined) throw new Unreadable('contract', 'the time of access on request is not a duration')
  return ms / 3_600_000
}

const stores = new Set([
  'microsoft.storage/storageaccounts',
  'microsoft.sql/servers',
  'microsoft.sql/servers/databases',
  'microsoft.dbforpostgresql/flexibleservers',
  'microsoft.dbforpostgresql/flexibleservers/databases',
  'microsoft.dbformysql/flexibleservers',
  'microsoft.documentdb/databaseaccounts',
  'microsoft.keyvault/vaults',
])

/** Ids of stores of data, and nothing else that parameters may hold. */
function storesIn(value: unknown): string[] {
  const ids = JSON.stringify(value).match(/\/subscriptions\/[^"\\/\s]+\/resourceGroups\/[\w.()/-]+/gi) ?? []
  const labels = ids.flatMap((id) => {
    const type = /\/providers\/([\w.]+)\/(.+)$/i.exec(id)
    const parts = type?.[2]?.split('/') ?? []
    const name = [type?.[1], ...parts.filter((_part, index) => index % 2 === 0)].join('/').toLowerCase()
    const label = stores.has(name) && parts.length % 2 === 0 ? findLabel(id) : null
    return label === null ? [] : [label]
  })
  return [...new Set(labels)].sort()
}
