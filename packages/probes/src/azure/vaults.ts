/** Key vaults: how they are set up, when what they keep expires, and where their audit log goes. Control plane only. */
import { z } from 'zod'
import { seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { labelOf, listed, placesOf, rows, together, word } from './arm.ts'
import type { Azure, Rows } from './arm.ts'
import type { AzureFacts } from './facts.ts'

type Vault = AzureFacts['vaults'][number]
type VaultItem = AzureFacts['vaultItems'][number]
type VaultLog = AzureFacts['vaultLogs'][number]

const vaultQuery = `resources
| where type =~ 'microsoft.keyvault/vaults'
| project id, softDelete = properties.enableSoftDelete, purgeProtection = properties.enablePurgeProtection, rbac = properties.enableRbacAuthorization, publicAccess = properties.publicNetworkAccess, acls = properties.networkAcls, endpoints = properties.privateEndpointConnections
| order by id asc`

const Row = z.object({
  id: z.string(),
  softDelete: z.boolean().nullish(),
  purgeProtection: z.boolean().nullish(),
  rbac: z.boolean().nullish(),
  publicAccess: word(['', 'enabled', 'disabled', 'securedbyperimeter']).nullish(),
  acls: z
    .object({
      defaultAction: word(['allow', 'deny']).nullish(),
      ipRules: z.array(z.object({ value: z.string() })).nullish(),
    })
    .nullish(),
  endpoints: z
    .array(
      z.object({
        properties: z.object({ privateLinkServiceConnectionState: z.object({ status: z.string() }).nullish() }),
      }),
    )
    .nullish(),
})

/** Vaults with the ids by which more is asked about them. */
export type VaultRows = Rows<z.output<typeof Row>>

export const askVaults = (azure: Azure): Promise<VaultRows> => rows(azure, vaultQuery, Row)

export function readVaults({ items, complete }: VaultRows): Seen<Vault[]> {
  return seen(items.map(vaultOf), complete)
}

const publicAccess = {
  '': 'enabled',
  enabled: 'enabled',
  disabled: 'disabled',
  securedbyperimeter: 'perimeter',
} as const

/** What a vault does not say has the meaning that Azure's reference gives it: soft delete is on, all else is off. */
function vaultOf(row: z.output<typeof Row>): Vault {
  return {
    resource: labelOf(row.id),
    softDelete: row.softDelete ?? true,
    purgeProtection: row.purgeProtection ?? false,
    rbac: row.rbac ?? false,
    publicAccess: publicAccess[row.publicAccess ?? ''],
    otherwise: row.acls?.defaultAction ?? 'allow',
    ipRules: (row.acls?.ipRules ?? []).map(({ value }) => value),
    privateEndpoints: (row.endpoints ?? []).filter(
      ({ properties }) => properties.privateLinkServiceConnectionState?.status.toLowerCase() === 'approved',
    ).length,
  }
}

const vaultPath = '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.KeyVault/vaults/{name}'

const Item = z.object({
  name: z.string(),
  properties: z.object({
    attributes: z.object({ enabled: z.boolean().nullish(), exp: z.int().nullish() }).nullish(),
  }),
})

/** Only attributes come in: the schema drops everything else that an item says about itself. */
export async function readVaultItems(azure: Azure, vaults: VaultRows): Promise<Seen<VaultItem[]>> {
  const ask = async (id: string, kind: 'key' | 'secret'): Promise<Rows<VaultItem>> => {
    const question = { path: `${vaultPath}/${kind}s`, params: placesOf(id), query: { 'api-version': '2025-05-01' } }
    const { items, complete } = await listed(azure, question, Item)
    const facts = items.map(({ name, properties: { attributes } }) => ({
      vault: labelOf(id),
      kind,
      name,
      enabled: attributes?.enabled ?? true,
      expires: attributes?.exp == null ? null : new Date(attributes.exp * 1_000).toISOString(),
    }))
    return { items: facts, complete }
  }
  const parts = together(await Promise.all(vaults.items.flatMap(({ id }) => [ask(id, 'key'), ask(id, 'secret')])))
  return seen([...parts.items], parts.complete && vaults.complete)
}

const Diagnostic = z.object({
  properties: z.object({
    logs: z
      .array(z.object({ category: z.string().nullish(), categoryGroup: z.string().nullish(), enabled: z.boolean() }))
      .nullish(),
    workspaceId: z.string().nullish(),
    storageAccountId: z.string().nullish(),
    eventHubAuthorizationRuleId: z.string().nullish(),
    marketplacePartnerId: z.string().nullish(),
  }),
})

export async function readVaultLogs(azure: Azure, vaults: VaultRows): Promise<Seen<VaultLog[]>> {
  const path = `${vaultPath}/providers/Microsoft.Insights/diagnosticSettings`
  const query = { 'api-version': '2021-05-01-preview' }
  const asked = await Promise.all(
    vaults.items.map(async ({ id }) => {
      const { items, complete } = await listed(azure, { path, params: placesOf(id), query }, Diagnostic)
      return { log: { resource: labelOf(id), auditTo: [...new Set(items.flatMap(auditOf))].sort() }, complete }
    }),
  )
  return seen(
    asked.map(({ log }) => log),
    vaults.complete && asked.every(({ complete }) => complete),
  )
}

const auditNames = new Set(['auditevent', 'audit', 'alllogs'])

function auditOf({ properties }: z.output<typeof Diagnostic>): VaultLog['auditTo'] {
  const isOn = (properties.logs ?? []).some(
    ({ category, categoryGroup, enabled }) =>
      enabled && auditNames.has((category ?? categoryGroup ?? '').toLowerCase()),
  )
  if (!isOn) return []
  const places = [
    ['workspace', properties.workspaceId],
    ['storage', properties.storageAccountId],
    ['event-hub', properties.eventHubAuthorizationRuleId],
    ['partner', properties.marketplacePartnerId],
  ] as const
  return places.flatMap(([place, id]) => (id == null || id === '' ? [] : [place]))
}
