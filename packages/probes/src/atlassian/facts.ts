import { z } from 'zod'

/** Who has an account in an Atlassian organisation; by Atlassian's own ids, without names and mail addresses. */
export const atlassianFacts = {
  /** Accounts that the organisation manages and that can sign in. */
  managed: z.array(
    z.object({
      id: z.string(),
      /** null: Atlassian knows of no activity. */
      lastActive: z.iso.datetime().nullable(),
    }),
  ),
  /** Everybody with access to something of the organisation, managed or not. */
  people: z.array(
    z.object({
      id: z.string(),
      managed: z.boolean(),
      admin: z.boolean(),
      /** null: Atlassian does not say. */
      secondFactor: z.boolean().nullable(),
      addedAt: z.iso.datetime().nullable(),
    }),
  ),
}

export type AtlassianFacts = { readonly [K in keyof typeof atlassianFacts]: z.output<(typeof atlassianFacts)[K]> }
