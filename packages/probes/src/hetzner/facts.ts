import { z } from 'zod'
import { lifecycleSchema } from '../versions/end-of-life.ts'

/** Where something stands. The country decides on the law, the name on whether two things burn together. */
const place = z.object({ name: z.string(), country: z.string(), zone: z.string() })
const labels = z.record(z.string(), z.string())
/** By the number of the vendor, which stays when a thing is renamed; the name is for people. */
const thing = { id: z.int(), name: z.string() }

/** What a project of Hetzner Cloud holds, as far as it is judged. */
export const hetznerFacts = {
  servers: z.array(
    z.object({
      ...thing,
      created: z.iso.datetime({ offset: true }),
      place,
      labels,
      /** Reachable by an address of its own from the internet: IPv4, IPv6 or a floating one. */
      public: z.boolean(),
      firewalls: z.array(z.object({ id: z.int(), applied: z.boolean() })),
      networks: z.array(z.int()),
      volumes: z.array(z.int()),
      /** Null: automatic backups are off. */
      backupWindow: z.string().nullable(),
      deleteProtection: z.boolean(),
      /** What it was made from; null where the image is gone. */
      image: z
        .object({
          flavour: z.string(),
          version: z.string().nullable(),
          /** Null: the support data does not know it. */
          lifecycle: lifecycleSchema.nullable(),
        })
        .nullable(),
    }),
  ),
  volumes: z.array(z.object({ ...thing, place, labels, server: z.int().nullable(), deleteProtection: z.boolean() })),
  loadBalancers: z.array(
    z.object({
      ...thing,
      place,
      labels,
      /** Whether it takes connections from the internet. */
      public: z.boolean(),
      /** Servers to which it passes them on, by name or by label. */
      servers: z.array(z.int()),
    }),
  ),
  primaryIps: z.array(z.object({ ...thing, place })),
  networks: z.array(z.object({ ...thing, labels })),
  firewalls: z.array(
    z.object({
      ...thing,
      /** Applied to a server or to a label, even one that no server bears yet. */
      used: z.boolean(),
      /** Rules for what comes in. Addresses are not kept, only how wide they are: an office or a home may stand there. */
      inbound: z.array(
        z.object({
          protocol: z.string(),
          /** Null: the protocol has no ports. */
          from: z.int().nullable(),
          to: z.int().nullable(),
          /** Shortest prefix of its sources, for each kind of address; null: there is none. */
          widest4: z.int().nullable(),
          widest6: z.int().nullable(),
        }),
      ),
    }),
  ),
  certificates: z.array(
    z.object({
      ...thing,
      managed: z.boolean(),
      /** Null while it is not issued yet. */
      until: z.iso.datetime({ offset: true }).nullable(),
      issuance: z.string().nullable(),
      renewal: z.string().nullable(),
      used: z.boolean(),
    }),
  ),
  /** The newest finished automatic backup of each server that has one. */
  backups: z.array(z.object({ server: z.int(), newest: z.iso.datetime({ offset: true }), count: z.int() })),
  storageBoxes: z.array(
    z.object({
      ...thing,
      place,
      labels,
      active: z.boolean(),
      reachableExternally: z.boolean(),
      samba: z.boolean(),
      webdav: z.boolean(),
      ssh: z.boolean(),
      /** Snapshots that are kept by the plan; null: there is no plan. */
      planned: z.int().nullable(),
      deleteProtection: z.boolean(),
    }),
  ),
  /** How old the data on support periods is. */
  supportData: z.object({ date: z.iso.date() }),
}

export type HetznerFacts = { readonly [K in keyof typeof hetznerFacts]: z.output<(typeof hetznerFacts)[K]> }
