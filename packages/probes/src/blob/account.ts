import { z } from 'zod'
import type { Api } from '../api/api.ts'
import type { BlobFacts } from './facts.ts'

/** The version of the storage provider in which its settings are asked for. */
const version = { 'api-version': '2024-01-01' }

const accountPath =
  '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{account}'

const policyState = z.enum(['Locked', 'Unlocked', 'Disabled'])

const accountSchema = z.object({
  location: z.string(),
  properties: z.object({
    secondaryLocation: z.string().nullish(),
    /** Absent on accounts made before December 2023, for which true is meant. */
    allowBlobPublicAccess: z.boolean().nullish(),
    /** Absent means true. */
    allowSharedKeyAccess: z.boolean().nullish(),
    encryption: z.object({
      keySource: z.string(),
      services: z.object({ blob: z.object({ enabled: z.boolean() }) }),
    }),
    immutableStorageWithVersioning: z
      .object({
        enabled: z.boolean(),
        immutabilityPolicy: z.object({ immutabilityPeriodSinceCreationInDays: z.int(), state: policyState }).nullish(),
      })
      .nullish(),
  }),
})

const retention = z.object({ enabled: z.boolean(), days: z.int().nullish() })

const serviceSchema = z.object({
  properties: z.object({
    isVersioningEnabled: z.boolean().nullish(),
    deleteRetentionPolicy: retention.nullish(),
    containerDeleteRetentionPolicy: retention.nullish(),
  }),
})

const containerSchema = z.object({
  properties: z.object({
    publicAccess: z.enum(['None', 'Blob', 'Container']).nullish(),
    hasImmutabilityPolicy: z.boolean(),
    immutabilityPolicy: z
      .object({ properties: z.object({ immutabilityPeriodSinceCreationInDays: z.int(), state: policyState }) })
      .nullish(),
    hasLegalHold: z.boolean(),
  }),
})

export type Account = z.output<typeof accountSchema>['properties'] & { readonly location: string }
type ContainerOfAccount = z.output<typeof containerSchema>['properties']

/** Where the account is, by its names. */
export type Names = {
  readonly subscription: string
  readonly group: string
  readonly account: string
  readonly container: string
}

/** How the account is set up. */
export async function readAccount(api: Api, params: Names): Promise<Account> {
  const answer = await api.get({ path: accountPath, params: { ...params }, query: version, schema: accountSchema })
  return { ...answer.properties, location: answer.location }
}

/** How the container is set up. */
export async function readContainer(api: Api, params: Names): Promise<ContainerOfAccount> {
  const path = `${accountPath}/blobServices/default/containers/{container}`
  return (await api.get({ path, params: { ...params }, query: version, schema: containerSchema })).properties
}

/** What brings back what was deleted. */
export async function readRecovery(api: Api, params: Names): Promise<BlobFacts['recovery']> {
  const path = `${accountPath}/blobServices/default`
  const { properties } = await api.get({ path, params: { ...params }, query: version, schema: serviceSchema })
  const daysOf = (one: z.output<typeof retention> | null | undefined) => (one?.enabled ? (one.days ?? null) : null)
  return {
    versioning: properties.isVersioningEnabled ?? false,
    blobDays: daysOf(properties.deleteRetentionPolicy),
    containerDays: daysOf(properties.containerDeleteRetentionPolicy),
  }
}

/** The rule of the container; where it has none, the one that the account gives to new copies. */
export function immutabilityOf(container: ContainerOfAccount, account: Account): BlobFacts['immutability'] {
  const own = container.hasImmutabilityPolicy ? container.immutabilityPolicy?.properties : undefined
  const general = account.immutableStorageWithVersioning
  const shared = general?.enabled ? (general.immutabilityPolicy ?? undefined) : undefined
  const [found, from] = own === undefined ? [shared, 'account' as const] : [own, 'container' as const]
  const isInForce = found !== undefined && found.state !== 'Disabled'
  return {
    policy: isInForce
      ? {
          days: found.immutabilityPeriodSinceCreationInDays,
          state: found.state === 'Locked' ? 'locked' : 'unlocked',
          from,
        }
      : null,
    legalHold: container.hasLegalHold,
  }
}

const opened = { None: 'none', Blob: 'blobs', Container: 'all' } as const

/** Who may get in. */
export function exposureOf(container: ContainerOfAccount, account: Account): BlobFacts['exposure'] {
  return {
    accountAllows: account.allowBlobPublicAccess ?? true,
    container: opened[container.publicAccess ?? 'None'],
    accountKeys: account.allowSharedKeyAccess ?? true,
  }
}

/** Blob Storage encrypts with AES of 256 bits; what differs is whose key it is. */
export function encryptionOf({ encryption }: Account): BlobFacts['encryption'] {
  return {
    algorithm: encryption.services.blob.enabled ? 'AES256' : null,
    ownKey: encryption.keySource.toLowerCase() === 'microsoft.keyvault',
  }
}
