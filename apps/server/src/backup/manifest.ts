import { z } from 'zod'

/** The name and version of the format of a whole backup. */
export const setFormat = 'art32.backup/1'

/** The name and version of the format of one database in it. */
export const archiveFormat = 'art32.backup-archive/1'

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Name = z.string().regex(/^[a-z_][A-Za-z0-9_]{0,62}$/)
const Column = z.string().min(1).max(63)
const Count = z.int().min(0)

/** The head of a ledger: its name, how many entries it has, and the root over them in base64. */
const Ledger = z.strictObject({
  origin: z.string().max(300),
  size: Count,
  root: z.string().max(100),
  note: z.string().max(100_000),
})

/** Begins an archive: which database it is of, and what there is to come. */
export const Head = z.strictObject({
  format: z.literal(archiveFormat),
  /** The art32 that made it. */
  version: z.string().max(100),
  kind: z.enum(['control', 'tenant']),
  /** The public id of the installation. */
  installation: z.string().max(40),
  /** Whose database it is; null: the control database. */
  tenant: z.strictObject({ id: z.uuid(), publicId: z.string().max(40) }).nullable(),
  /** The instant of the database that it holds. */
  at: z.iso.datetime(),
  migrations: z.array(z.strictObject({ id: z.string().max(200), sha256: Hash })).max(10_000),
  tables: z.array(z.strictObject({ name: Name, columns: z.array(Column).min(1).max(1_000) })).max(10_000),
  sequences: z
    .array(z.strictObject({ name: Name, value: z.string().regex(/^-?\d{1,19}$/), called: z.boolean() }))
    .max(10_000),
  ledger: Ledger.nullable(),
})

/** Ends an archive: what there was of each table, and the hash of how it began. */
export const Totals = z.strictObject({
  head: Hash,
  tables: z.record(Name, z.strictObject({ rows: Count, bytes: Count, sha256: Hash })),
})

/** One file of a backup. */
const SetFile = z.strictObject({
  /** Below the folder of the backup. */
  name: z.string().regex(/^[a-z0-9-]{1,60}\.age$/),
  bytes: Count,
  sha256: Hash,
  /** Null: the control database. */
  tenant: z.strictObject({ id: z.uuid(), publicId: z.string().max(40) }).nullable(),
  rows: Count,
  tables: Count,
  at: z.iso.datetime(),
  ledger: Ledger.omit({ note: true }).nullable(),
})

/** What a backup says of itself in the clear, signed: no name of anybody, and nothing of what its files hold. */
export const SetManifest = z.strictObject({
  format: z.literal(setFormat),
  version: z.string().max(100),
  installation: z.string().max(40),
  set: z.string().regex(/^\d{8}T\d{9}Z$/),
  at: z.iso.datetime(),
  files: z.array(SetFile).min(1).max(1_000_000),
  /** Tenants of which there is none, with the reason as a code. */
  missed: z.array(z.strictObject({ id: z.uuid(), problem: z.string().max(60) })),
})

/** The keys to which the parts of tenants are sealed, each under the master key. Only the newest are kept. */
export const KeysFile = z.strictObject({
  format: z.literal('art32.backup-keys/1'),
  at: z.iso.datetime(),
  keys: z.array(z.strictObject({ tenant: z.uuid(), key: z.base64() })),
})

/** The file that says that a backup is whole: it is written last. */
export const manifestName = 'manifest'

/** The file of a database. */
export function fileNameOf(tenant: { readonly publicId: string } | null): string {
  return tenant === null ? 'control.age' : `tenant-${tenant.publicId}.age`
}

/** The name of a backup: its time in UTC, to the millisecond. */
export function setNameOf(at: Date): string {
  return at.toISOString().replace(/[-:.]/g, '')
}

/** The time in the name of a backup. */
export function timeOfSet(name: string): Date {
  const [, y, mo, d, h, mi, s, ms] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/.exec(name) ?? []
  return new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}.${ms}Z`)
}
