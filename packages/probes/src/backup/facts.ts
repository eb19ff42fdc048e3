import { z } from 'zod'

/** What was backed up, and for which tenant: null where a snapshot does not name one. */
const series = { source: z.string(), tenant: z.string().nullable() }

/** What a repository of backups says about itself, and what was declared about it. */
export const backupFacts = {
  /** What has to be backed up. */
  declared: z.object({ sources: z.array(z.string()).min(1), tenants: z.array(z.string()) }),
  /** The newest backup of each source and tenant. */
  snapshots: z.array(z.object({ ...series, newest: z.iso.datetime() })),
  /** Sizes of the newest backups of each source and tenant, the newest first. */
  sizes: z.array(z.object({ ...series, bytes: z.array(z.int().min(0)).min(1) })),
  /** The newest runs of each source and tenant. */
  jobs: z.array(
    z.object({
      ...series,
      runs: z.array(z.object({ at: z.iso.datetime(), seconds: z.number().min(0).nullable(), exit: z.int() })).min(1),
    }),
  ),
  /** Where the repository lies, seen from what is backed up. */
  location: z.object({
    /** The repository lies on a machine that is backed up into it. */
    sameMachine: z.boolean(),
    /** Declared places; equal in spelling means the same place. */
    sourcePlace: z.string().nullable(),
    repositoryPlace: z.string().nullable(),
    /** Declared: whoever runs the source cannot delete the backups. */
    separateCredentials: z.boolean().nullable(),
  }),
  encryption: z.object({ encrypted: z.boolean(), mode: z.string() }),
  /** How a backup is kept from being overwritten. `seen` in the repository, or only declared. */
  immutability: z.object({ by: z.enum(['append-only', 'object-lock', 'offline', 'none']), seen: z.boolean() }),
  /** Runs of the program that verifies the repository. */
  verified: z.array(z.object({ at: z.iso.datetime(), exit: z.int() })),
  /** Files and folders that hold configuration, and the newest backup in which each lies. */
  configuration: z.array(z.object({ path: z.string(), newest: z.iso.datetime().nullable() })),
}

export type BackupFacts = { readonly [K in keyof typeof backupFacts]: z.output<(typeof backupFacts)[K]> }
