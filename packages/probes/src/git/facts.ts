import { z } from 'zod'

/** What a repository holds, at the head of its branch and in its history. */
export const gitFacts = {
  dependencies: z.array(
    z.object({
      /** The file that names dependencies. */
      manifest: z.string(),
      /** The lockfile that goes with it, here or in a folder above; `null`: none. */
      lockfile: z.string().nullable(),
    }),
  ),
  sboms: z.array(
    z.object({
      path: z.string(),
      format: z.enum(['CycloneDX', 'SPDX', 'unreadable']),
      components: z.int(),
      /** When it was made, by its own words. */
      at: z.string().nullable(),
    }),
  ),
  secrets: z.object({
    /** Lines that look like a secret, by rule and place; never the secret itself. */
    found: z.array(z.object({ rule: z.string(), path: z.string(), commit: z.string() })),
    commits: z.int(),
    /** False where the history was longer than what is read. */
    scannedAll: z.boolean(),
  }),
  forge: z.object({
    /** False: there is no Forge manifest. */
    present: z.boolean(),
    scopes: z.array(z.string()),
    egress: z.array(z.object({ address: z.string(), inScopeEndUserData: z.boolean() })),
    /** Sources for scripts and styles beyond the own ones. */
    content: z.array(z.string()),
    runtime: z.string().nullable(),
    lifecycle: z.object({ cycle: z.string(), endOfLife: z.union([z.iso.date(), z.boolean()]) }).nullable(),
  }),
  /** The second copy of the repository; empty: none was declared. */
  mirrors: z.array(
    z.object({
      /** Without credentials. */
      place: z.string(),
      /** On another host than the first. */
      elsewhere: z.boolean(),
      /** Branches and tags of the first copy. */
      refs: z.int(),
      differing: z.int(),
      /** Those that differ, not all where they are many. `late`: an earlier state of the same history. */
      behind: z.array(
        z.object({
          ref: z.string(),
          how: z.enum(['late', 'missing', 'different']),
          /** The oldest commit that did not arrive; null where there is no such thing. */
          since: z.iso.datetime().nullable(),
        }),
      ),
      /** git found no fault in any object of the second copy. */
      intact: z.boolean(),
    }),
  ),
  releases: z.object({
    /** Tags that look like versions, newest first. */
    tags: z.array(z.object({ name: z.string(), at: z.iso.datetime({ offset: true }) })),
    changelog: z.boolean(),
    securityPolicy: z.boolean(),
  }),
}

export type GitFacts = { readonly [K in keyof typeof gitFacts]: z.output<(typeof gitFacts)[K]> }
