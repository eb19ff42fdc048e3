import { z } from 'zod'
import { lifecycleSchema } from '../versions/end-of-life.ts'
import { retentionFacts } from './retention.ts'

/** Kinds of personal data that a name of a column gives away. */
export const personalKinds = ['address', 'birth', 'email', 'iban', 'ip', 'name', 'phone'] as const

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
  /** Databases that one can connect to; `own`: the one that was looked at. */
  databases: z.array(z.object({ name: z.string(), own: z.boolean() })),
  /** Settings that somebody set, by name; those of roles as `role app: search_path`. */
  configuration: z.array(
    z.object({
      name: z.string(),
      /** As SHOW writes it; null where it may hold a secret. */
      value: z.string().nullable(),
      source: z.string(),
      /** Written down and not in force until the server starts again. */
      pendingRestart: z.boolean(),
    }),
  ),
  /** The structure of the database, in an order of its own. */
  schema: z.object({
    /** SHA-256 over all lines of the description. */
    hash: z.string(),
    objects: z.int(),
    /** `lines`: each line of the description. `objects`: one for each object with the hash of its lines. */
    detail: z.enum(['lines', 'objects']),
    entries: z.array(z.string()),
  }),
  /** Columns that are declared, or that look as if they hold personal data; counts only. */
  personal: z.object({
    columns: z.array(
      z.object({
        column: z.string(),
        declared: z.enum(['personal', 'pseudonym', 'no']),
        /** What its name or type says. */
        named: z.enum(personalKinds).nullable(),
        /** Values that were looked at; null where the role may not. */
        sampled: z.int().nullable(),
        emails: z.int(),
        ibans: z.int(),
        phones: z.int(),
        addresses: z.int(),
        /** Of the form of a UUID or a hash. */
        opaque: z.int(),
        /** Further types of personal data, by id of the shield's detector or `name`: numbers of persons, cards, names. */
        others: z
          .array(
            z.object({
              type: z.string(),
              count: z.int(),
              /** A word beside it says what it is. */
              isNamed: z.boolean(),
            }),
          )
          .default([]),
      }),
    ),
    looked: z.int(),
    /** Columns with text that could not be looked into. */
    unread: z.int(),
    /** Declared, and not there. */
    missing: z.array(z.string()),
  }),
  retention: retentionFacts,
  /** How many keys of this database another one knows. */
  copies: z.array(
    z.object({
      column: z.string(),
      /** Keys that were compared. */
      compared: z.int(),
      /** All there are, not only a random part. */
      whole: z.boolean(),
      /** Keys in the other database. */
      original: z.int(),
      shared: z.int(),
    }),
  ),
}

export type PostgresFacts = { readonly [K in keyof typeof postgresFacts]: z.output<(typeof postgresFacts)[K]> }
