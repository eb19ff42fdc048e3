import { z } from 'zod'
import { wayFacts } from '../crossing/ways.ts'
import { retentionFacts } from '../postgres/retention.ts'

/** How many stored values have one form. */
const formCount = z.object({ form: z.string(), count: z.int() })

/** What the views of an application tell: forms, counts and times, no value and no person. */
export const appFacts = {
  /** The beginning of each stored password up to its salt, as `$argon2id$v=19$m=19456,t=2,p=1$`; `other` for any else. */
  passwords: z.array(formCount),
  resetTokens: z.object({
    stored: z.int(),
    /** Without an end. */
    endless: z.int(),
    /** From making to end; null where none has an end. */
    longestSeconds: z.number().nullable(),
    forms: z.array(formCount),
  }),
  apiTokens: z.object({
    stored: z.int(),
    endless: z.int(),
    longestSeconds: z.number().nullable(),
    forms: z.array(formCount),
  }),
  /** Objects that were created or deleted, by kind, and those of them that no event tells of. */
  lifecycle: z.array(z.object({ kind: z.string(), objects: z.int(), unrecorded: z.int() })),
  retention: retentionFacts,
  /** As one tenant, every way to another was tried. */
  isolation: z.object({
    /** The two share a database, and rows are all that keeps them apart. */
    shared: z.boolean(),
    ways: z.array(wayFacts),
  }),
  weakPasswords: z.object({ tried: z.int(), accepted: z.int() }),
}

export type AppFacts = { readonly [K in keyof typeof appFacts]: z.output<(typeof appFacts)[K]> }
