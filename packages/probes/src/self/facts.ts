import { z } from 'zod'
import { wayFacts } from '../crossing/ways.ts'
import { httpFacts } from '../http/facts.ts'
import { lifecycleSchema } from '../versions/end-of-life.ts'

/** How far looks that go from tenant to tenant, some at a time, have come. */
const round = z.object({
  /** Tenants in this look. */
  looked: z.int().min(0),
  of: z.int().min(0),
  /** The time within which every tenant has its turn. */
  days: z.int().min(1),
  /** Tenants whose turn is longer ago than that. */
  overdue: z.int().min(0),
})

/**
 * What the running installation says about itself, filled by the server from live looks, not from its configuration
 * file. A group that the server cannot look at is left out: its checks are then `not-evaluated (not-configured)`.
 */
export const selfFacts = {
  runtime: z.object({
    /** Always `nodejs` today; a product of the end-of-life data. */
    product: z.string(),
    version: z.string(),
  }),
  database: z.object({
    version: z.string(),
    /** The values of fsync, full_page_writes and synchronous_commit in force. */
    fsync: z.boolean(),
    fullPageWrites: z.boolean(),
    synchronousCommit: z.string(),
    checksums: z.boolean(),
    /** How the server talks to it. */
    transport: z.enum(['socket', 'loopback', 'tls', 'plain']),
  }),
  tenants: z.object({
    count: z.int().min(0),
    /** How many of them lie as a schema of a database that tenants share. */
    schemas: z.int().min(0).default(0),
    /**
     * How many tenants have a database, or a schema, that only their own login may enter, a login that is no member of anything else
     * and has no further power, and a key of their own. Of all tenants, by the catalogue of the server, at each look.
     */
    ownDatabases: z.int().min(0),
    ownRoles: z.int().min(0),
    ownKeys: z.int().min(0),
    /** No tenant's login is let into the database of the registry, accounts and jobs. */
    registryClosed: z.boolean(),
    /** Live proof: as one tenant, every way to another was tried. */
    crossTenant: round.extend({ ways: z.array(wayFacts) }),
  }),
  passwords: z.object({
    algorithm: z.string(),
    memoryKiB: z.int(),
    iterations: z.int(),
    minLength: z.int(),
    /** Stored verifiers that do not have this form. */
    otherwiseStored: z.int().min(0),
  }),
  resetTokens: z.object({ ttlSeconds: z.int(), hashed: z.boolean(), singleUse: z.boolean() }),
  sessions: z.object({
    cookieSecure: z.boolean(),
    cookieHttpOnly: z.boolean(),
    cookieSameSite: z.enum(['strict', 'lax', 'none']),
    /** Idle sessions end after this time. */
    idleSeconds: z.int(),
  }),
  web: z.object({
    /** The Content-Security-Policy as sent with the first page. */
    contentSecurityPolicy: z.string(),
    /** Where the server listens: addresses, and whether TLS is spoken there or by a declared proxy. */
    listens: z.array(z.object({ address: z.string(), port: z.int(), tls: z.enum(['own', 'proxy', 'none']) })),
  }),
  ledger: z.object({
    /** The role of the server was refused when it tried to change or delete a leaf. */
    appendOnly: z.boolean(),
    /** The tree was recomputed from its leaves and equals the signed head. */
    consistent: z.boolean(),
    signed: z.boolean(),
    /** Of the tenants of this look. */
    leaves: z.int().min(0),
    lastCheckpointAt: z.iso.datetime().nullable(),
    /** Ledgers of this look with too many leaves to compute their trees again. */
    tooLarge: z.int().min(0),
    round,
  }),
  evidence: z.object({ encrypted: z.boolean(), algorithm: z.string(), keyPerTenant: z.boolean(), round }),
  masterKey: z.object({
    source: z.enum(['file', 'environment', 'vault']),
    /** Permission bits of the file, for example 384 for 0600; null where it is not a file. */
    mode: z.int().nullable(),
    ownedByProcess: z.boolean().nullable(),
  }),
  /** The daily deletion of what ran out. */
  retention: z.object({
    /** When the last run that ended began. */
    lastEndedAt: z.iso.datetime().nullable(),
    /** Databases that it could not reach. */
    missed: z.int().min(0),
    /** No run ended for two days, on an installation that is older. */
    overdue: z.boolean(),
  }),
  /** Backups of the installation; no place: none are set up. */
  backup: z.object({
    places: z.array(
      z.object({
        /** From one: the first place, the second. */
        place: z.int().min(1),
        kind: z.enum(['folder', 's3', 'sftp']),
        /** When the newest whole backup there was begun. */
        newestAt: z.iso.datetime().nullable(),
        /** A night was missed. */
        late: z.boolean(),
        /** When the last drill that ended there began, and whether all was what had been backed up. */
        drilledAt: z.iso.datetime().nullable(),
        drillPassed: z.boolean().nullable(),
        /** No drill passed for more than a week, on backups that are older. */
        drillLate: z.boolean(),
        /** Of the last drill: until the last database answered, and how old what it gave back was. */
        rtoSeconds: z.number().min(0).nullable(),
        rpoSeconds: z.number().min(0).nullable(),
      }),
    ),
    tenants: z.int().min(0),
    /** Tenants of which the newest backup has nothing. */
    withoutPart: z.int().min(0),
    /** Databases of which it has much less or much more than usual. */
    odd: z.int().min(0),
  }),
  /** The page `/privacy`, as anybody gets it. */
  notice: httpFacts.notice,
  outbound: z.object({
    /** Destinations that are contacted without somebody having set them up. */
    undeclared: z.array(z.string()),
  }),
  logs: z.object({
    /** The log accepts only a closed list of field types. */
    closedFields: z.boolean(),
    retentionDays: z.int().nullable(),
  }),
}

type SelfFactGroups = { readonly [K in keyof typeof selfFacts]: z.output<(typeof selfFacts)[K]> }

/** What `context.self` delivers: every group that the server can look at. */
export type SelfFacts = Partial<SelfFactGroups>

/** The groups as checks see them: the runtime with its support period. */
export const seenSelfFacts = {
  ...selfFacts,
  runtime: selfFacts.runtime.extend({ lifecycle: lifecycleSchema.nullable() }),
}

export type SeenSelfFacts = { readonly [K in keyof typeof seenSelfFacts]: z.output<(typeof seenSelfFacts)[K]> }
