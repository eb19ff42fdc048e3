import { z } from 'zod'

/** What a platform says about its incidents, and what was said about them here. */
export const statusFacts = {
  incidents: z.array(
    z.object({
      /** As the platform names it, or a hash of that where it is no mere name. */
      id: z.string(),
      /** When it was published. */
      publishedAt: z.iso.datetime(),
      /** Declared components that it touches; `*`: the platform does not say which, or none is declared. */
      touches: z.array(z.string()),
      /** Where to read about it; null: no address on the host of the feed. */
      link: z.string().nullable(),
      /** What the platform calls it in public, without mail addresses; null: it says nothing. */
      title: z.string().nullable(),
      /** Whether it lasts; null: the platform does not say. */
      state: z.enum(['ongoing', 'resolved']).nullable(),
    }),
  ),
  acknowledgements: z.array(z.object({ incident: z.string(), by: z.string(), at: z.iso.datetime({ offset: true }) })),
}

export type StatusFacts = { readonly [K in keyof typeof statusFacts]: z.output<(typeof statusFacts)[K]> }
