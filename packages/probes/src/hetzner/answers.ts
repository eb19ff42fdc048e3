import { z } from 'zod'

// Answers of the vendor, as far as they are read.

const meta = z.object({ pagination: z.object({ next_page: z.int().nullable() }) })
/** `location` only: `datacenter`, which older descriptions still demand, is gone since July 2026. */
const location = z.object({ name: z.string(), country: z.string(), network_zone: z.string() })
const labels = z.record(z.string(), z.string())
const thing = { id: z.int(), name: z.string() }
const protection = z.object({ delete: z.boolean() })
const date = z.iso.datetime({ offset: true })
const reference = z.object({ id: z.int() })

export const serversPage = z.object({
  servers: z.array(
    z.object({
      ...thing,
      created: date,
      location,
      labels,
      public_net: z.object({
        ipv4: z.object({}).nullable(),
        ipv6: z.object({}).nullable(),
        floating_ips: z.array(z.int()),
        firewalls: z.array(z.object({ id: z.int(), status: z.string() })),
      }),
      private_net: z.array(z.object({ network: z.int() })),
      volumes: z.array(z.int()).default([]),
      backup_window: z.string().nullable(),
      protection,
      image: z.object({ os_flavor: z.string(), os_version: z.string().nullable() }).nullable(),
    }),
  ),
  meta,
})
export type Server = z.output<typeof serversPage>['servers'][number]

export const volumesPage = z.object({
  volumes: z.array(z.object({ ...thing, location, labels, server: z.int().nullable(), protection })),
  meta,
})

const target = z.object({ server: reference.optional() })
export const loadBalancersPage = z.object({
  load_balancers: z.array(
    z.object({
      ...thing,
      location,
      labels,
      public_net: z.object({ enabled: z.boolean() }),
      targets: z.array(target.extend({ targets: z.array(target).optional() })),
    }),
  ),
  meta,
})
export type LoadBalancer = z.output<typeof loadBalancersPage>['load_balancers'][number]

export const primaryIpsPage = z.object({ primary_ips: z.array(z.object({ ...thing, location })), meta })

export const networksPage = z.object({ networks: z.array(z.object({ ...thing, labels })), meta })

export const firewallsPage = z.object({
  firewalls: z.array(
    z.object({
      ...thing,
      applied_to: z.array(z.object({})),
      rules: z.array(
        z.object({
          direction: z.enum(['in', 'out']),
          protocol: z.string(),
          port: z.string().nullish(),
          source_ips: z.array(z.string()),
        }),
      ),
    }),
  ),
  meta,
})
export type Rule = z.output<typeof firewallsPage>['firewalls'][number]['rules'][number]

export const certificatesPage = z.object({
  certificates: z.array(
    z.object({
      ...thing,
      type: z.string(),
      not_valid_after: date.nullable(),
      status: z.object({ issuance: z.string(), renewal: z.string() }).nullish(),
      used_by: z.array(z.object({})),
    }),
  ),
  meta,
})

export const imagesPage = z.object({
  images: z.array(z.object({ created: date, status: z.string(), bound_to: z.int().nullable() })),
  meta,
})

export const storageBoxesPage = z.object({
  storage_boxes: z.array(
    z.object({
      ...thing,
      location,
      labels,
      status: z.string(),
      access_settings: z.object({
        reachable_externally: z.boolean(),
        samba_enabled: z.boolean(),
        webdav_enabled: z.boolean(),
        ssh_enabled: z.boolean(),
      }),
      snapshot_plan: z.object({ max_snapshots: z.int() }).nullable(),
      protection,
    }),
  ),
  meta,
})

/** Where a list goes on. */
export type Paged = { readonly meta: z.output<typeof meta> }
