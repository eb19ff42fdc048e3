import { z } from 'zod'
import { TenantName } from '../tenant/index.ts'

/** The name and version of the format. */
export const exportFormat = 'art32.tenant-export/1'

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Column = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)

/** What `manifest.json` says: whose export it is, and of each file its size, lines and hash. */
export const Manifest = z.strictObject({
  format: z.literal(exportFormat),
  /** The art32 that made it. */
  version: z.string().max(100),
  madeAt: z.iso.datetime(),
  tenant: z.strictObject({
    name: TenantName,
    slug: z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/),
    language: z.enum(['en', 'de']),
    publicId: z.string().regex(/^[a-z2-7]{12}$/),
    since: z.iso.datetime(),
  }),
  ledger: z.strictObject({
    origin: z.string().max(200),
    vkey: z.string().max(4_000),
    size: z.int().min(1),
    root: z.string().max(100),
  }),
  /** Columns of each table, whose rows are in `tables/<name>.ndjson`. */
  tables: z.record(Column, z.strictObject({ columns: z.array(Column).min(1).max(500) })),
  leftOut: z.record(Column, z.string().max(1_000)),
  /** What is secret and must be entered again. */
  enterAgain: z
    .array(z.strictObject({ table: Column, id: z.string().max(100), what: z.string().max(2_000) }))
    .max(100_000),
  files: z
    .array(
      z.strictObject({
        path: z.string().max(200),
        bytes: z.int().min(0),
        sha256: Hash,
        rows: z.int().min(0).optional(),
      }),
    )
    .max(60_000),
})

/** A member, as an export tells it. */
export const Person = z.strictObject({
  account: z.string().max(100),
  name: z.string().min(1).max(200),
  email: z.email().max(320),
  role: z.string().max(40),
  since: z.string().max(40),
})

/** Whether a name may stand in an export. */
export function mayBeNamed(name: string): boolean {
  return /^(?:manifest\.json|people\.ndjson|tables\/[a-z_][a-z0-9_]{0,62}\.ndjson|ledger\/(?:entries|openings|checkpoints)\.ndjson|ledger\/vkey|files\/[0-9a-f]{64})$/.test(
    name,
  )
}
