import { z } from 'zod'

/** Versions of TLS as facts name them. */
export const tlsFloors = ['1.0', '1.1', '1.2', '1.3'] as const
const floor = z.enum(tlsFloors)

/** What is known of protection by a backup; words of both backup services, in one spelling. */
export const protectionStates = [
  'protected',
  'pending',
  'error',
  'stopped',
  'paused',
  'suspended',
  'invalid',
  'none',
  'deleted',
] as const

/**
 * What Azure says on its control plane. A resource is named `subscription/group/type/name`, with the first eight
 * digits of the subscription, in lower case. No value of a key or secret, no name or mail address of a person.
 */
export const azureFacts = {
  managedApps: z.object({
    /** What this subscription offers to customers. */
    definitions: z.array(
      z.object({
        resource: z.string(),
        mode: z.enum(['managed', 'unmanaged']),
        /** Roles that the publisher gets in each customer's managed group. */
        authorizations: z.int(),
        lock: z.enum(['none', 'can-not-delete', 'read-only']),
      }),
    ),
    /** What was deployed from such a definition, as far as it lies in subscriptions that are looked at. */
    applications: z.array(
      z.object({
        resource: z.string(),
        definition: z.string().nullable(),
        mode: z.enum(['managed', 'unmanaged']),
        authorizations: z.int(),
        /** Access only for a time and on request; null: not switched on. */
        onRequest: z.object({ approval: z.enum(['manual', 'automatic']), maxHours: z.number().nullable() }).nullable(),
        managedGroup: z.string().nullable(),
        /** Storage and databases named in its parameters and outputs. */
        uses: z.array(z.string()),
      }),
    ),
  }),
  vaults: z.array(
    z.object({
      resource: z.string(),
      softDelete: z.boolean(),
      purgeProtection: z.boolean(),
      rbac: z.boolean(),
      publicAccess: z.enum(['enabled', 'disabled', 'perimeter']),
      /** What happens to an address that no rule names. */
      otherwise: z.enum(['allow', 'deny']),
      ipRules: z.array(z.string()),
      privateEndpoints: z.int(),
    }),
  ),
  /** Attributes of keys and secrets on the control plane: their values are never asked for. */
  vaultItems: z.array(
    z.object({
      vault: z.string(),
      kind: z.enum(['key', 'secret']),
      name: z.string(),
      enabled: z.boolean(),
      expires: z.iso.datetime().nullable(),
    }),
  ),
  vaultLogs: z.array(
    z.object({
      resource: z.string(),
      /** Where the audit log goes; empty: nowhere. */
      auditTo: z.array(z.enum(['workspace', 'storage', 'event-hub', 'partner'])),
    }),
  ),
  tlsFloors: z.array(
    z.object({
      resource: z.string(),
      /** null: none is set. */
      floor: floor.nullable(),
      /** Whether plain text is refused; null: this type of resource has no such switch. */
      encryptedOnly: z.boolean().nullable(),
    }),
  ),
  storage: z.array(
    z.object({
      resource: z.string(),
      /** Whether containers may be opened to everybody; null: not said. */
      anonymous: z.boolean().nullable(),
    }),
  ),
  databaseTls: z.array(z.object({ resource: z.string(), required: z.boolean(), floor: floor.nullable() })),
  protection: z.array(
    z.object({
      /** What is protected. */
      workload: z.string(),
      by: z.enum(['vault', 'built-in']),
      state: z.enum(protectionStates),
      /** Days for which the newest daily copy is kept. */
      retentionDays: z.number().nullable(),
    }),
  ),
  backupJobs: z.array(
    z.object({
      /** Vault or server. */
      resource: z.string(),
      /** What the job copies, as the vault names it; `built-in`: copies that the service makes of itself. */
      item: z.string(),
      lastCompleted: z.iso.datetime().nullable(),
      lastFailed: z.iso.datetime().nullable(),
    }),
  ),
  locks: z.object({
    groups: z.array(z.object({ group: z.string() })),
    locks: z.array(
      z.object({
        /** The subscription, the group, or a single resource. */
        on: z.enum(['subscription', 'group', 'resource']),
        subscription: z.string(),
        group: z.string().nullable(),
      }),
    ),
  }),
  owners: z.array(
    z.object({
      subscription: z.string(),
      /** Who holds the role Owner on the subscription or above, by the id of the directory. */
      owners: z.array(
        z.object({ id: z.string(), kind: z.enum(['user', 'group', 'service-principal', 'foreign-group', 'device']) }),
      ),
      /** Ids of roles of one's own that allow everything. */
      wideRoles: z.array(z.string()),
    }),
  ),
  places: z.array(z.object({ type: z.string(), location: z.string(), count: z.int() })),
  healthAlerts: z.array(
    z.object({
      subscription: z.string(),
      /** Alerts on the health of the platform. */
      alerts: z.array(
        z.object({
          resource: z.string(),
          enabled: z.boolean(),
          /** How many are told, over all action groups that are switched on. */
          receivers: z.int(),
          /** Whether further conditions let only some incidents through. */
          narrowed: z.boolean(),
        }),
      ),
    }),
  ),
  secureScore: z.array(z.object({ subscription: z.string(), percent: z.number() })),
}

export type AzureFacts = { readonly [K in keyof typeof azureFacts]: z.output<(typeof azureFacts)[K]> }

/** Whether a floor of TLS lies under the one that is asked for. */
export function isBelow(floor: (typeof tlsFloors)[number], minimum: (typeof tlsFloors)[number]): boolean {
  return tlsFloors.indexOf(floor) < tlsFloors.indexOf(minimum)
}
