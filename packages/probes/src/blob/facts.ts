import { z } from 'zod'
import { s3Facts } from '../s3/facts.ts'

/** What a container that keeps copies says about itself. Names of blobs are not kept. */
export const blobFacts = {
  copies: s3Facts.copies,
  encryption: s3Facts.encryption,
  place: s3Facts.place,
  /** What keeps copies from being overwritten and deleted. */
  immutability: z.object({
    /** The rule for new copies, of the container or of the whole account; null: there is none. */
    policy: z
      .object({ days: z.int(), state: z.enum(['locked', 'unlocked']), from: z.enum(['container', 'account']) })
      .nullable(),
    /** Nothing can be deleted until somebody lifts the hold. */
    legalHold: z.boolean(),
  }),
  /** What brings deleted copies back. Days for which they are kept; null: not at all. */
  recovery: z.object({
    versioning: z.boolean(),
    blobDays: z.int().nullable(),
    containerDays: z.int().nullable(),
  }),
  exposure: z.object({
    /** Whether the account lets any container be open to everybody. */
    accountAllows: z.boolean(),
    /** What of the container is open to everybody where the account lets it. */
    container: z.enum(['none', 'blobs', 'all']),
    /** Whether the keys of the account are accepted, which may do everything with every container. */
    accountKeys: z.boolean(),
  }),
}

export type BlobFacts = { readonly [K in keyof typeof blobFacts]: z.output<(typeof blobFacts)[K]> }
