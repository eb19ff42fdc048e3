import { z } from 'zod'
import { lifecycleSchema } from '../versions/end-of-life.ts'

/** What a PostgreSQL server tells a role that may read its statistics. */
export const postgresFacts = {
  server: z.object({ version: z.string(), lifecycle: lifecycleSchema.nullable() }),
  transport: z.object({
    tls: z.boolean(),
    minVersion: z.string(),
    /** True where the server listens on sockets and loopback only. */
    local: z.boolean(),
  }),
  /** Connections over the network at the moment of the look. */
  sessions: z.object({ remote: z.int(), plain: z.int() }),
  /** Rules of pg_hba.conf, in order. */
  hba: z.array(
    z.object({
      type: z.string(),
      databases: z.array(z.string()),
      users: z.array(z.string()),
      address: z.string().nullable(),
      method: z.string(),
      broken: z.boolean(),
    }),
  ),
  passwords: z.object({ encryption: z.string(), scram: z.int(), others: z.int() }),
  roles: z.array(
    z.object({
      name: z.string(),
      login: z.boolean(),
      superuser: z.boolean(),
      /** Member of a superuser role, directly or not. */
      becomesSuperuser: z.boolean(),
      bypassRls: z.boolean(),
      createDatabase: z.boolean(),
      createRole: z.boolean(),
      ownedTables: z.int(),
    }),
  ),
  tables: z.array(
    z.object({
      name: z.string(),
      tenantKey: z.boolean(),
      rowSecurity: z.boolean(),
      /** For the owner too. */
      forced: z.boolean(),
      /** Policies that speak of the tenant key. */
      policies: z.int(),
    }),
  ),
  durability: z.object({
    fsync: z.boolean(),
    fullPageWrites: z.boolean(),
    synchronousCommit: z.string(),
    checksums: z.boolean(),
  }),
  logging: z.object({
    connections: z.boolean(),
    disconnections: z.boolean(),
    statements: z.string(),
    audit: z.boolean(),
  }),
}

export type PostgresFacts = { readonly [K in keyof typeof postgresFacts]: z.output<(typeof postgresFacts)[K]> }
