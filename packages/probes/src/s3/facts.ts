import { z } from 'zod'

/** What a bucket that keeps copies says about itself. Names of objects are not kept. */
export const s3Facts = {
  /** Each declared folder with what lies in it. */
  copies: z.array(
    z.object({
      prefix: z.string(),
      objects: z.int(),
      bytes: z.number(),
      /** The newest object; null: there is none. */
      newest: z.object({ at: z.iso.datetime(), bytes: z.number() }).nullable(),
    }),
  ),
  versioning: z.object({ state: z.enum(['enabled', 'suspended', 'off']), mfaDelete: z.boolean() }),
  /** `days`: how long each new object is locked by itself; null: there is no such rule. */
  objectLock: z.object({
    enabled: z.boolean(),
    mode: z.enum(['compliance', 'governance']).nullable(),
    days: z.int().nullable(),
  }),
  /** How new objects are encrypted by the storage; null: they are not. */
  encryption: z.object({ algorithm: z.string().nullable(), ownKey: z.boolean() }),
  exposure: z.object({
    /** The bucket disregards lists and policies that would make it public. */
    ignoresPublicAcls: z.boolean(),
    restrictsPublicPolicy: z.boolean(),
    publicPolicy: z.boolean(),
    publicAcl: z.boolean(),
  }),
  place: z.object({
    region: z.string(),
    /** Where the vendor keeps a second copy by itself; null: nowhere, or it does not say. */
    secondary: z.string().nullable().default(null),
    endpoint: z.string(),
  }),
}

export type S3Facts = { readonly [K in keyof typeof s3Facts]: z.output<(typeof s3Facts)[K]> }
