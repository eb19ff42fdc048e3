import { z } from 'zod'

/** What load tests measured, one entry for each report, the newest first. */
export const loadFacts = {
  runs: z.array(
    z.object({
      tool: z.enum(['k6', 'autocannon']),
      /** When the test ended, by its own words or by the time of the file. */
      at: z.iso.datetime({ offset: true }),
      requests: z.number(),
      /** Requests in a second, on average over the test. */
      perSecond: z.number(),
      /** Requests without a good answer, from 0 to 1. */
      errorRate: z.number(),
      latency: z.object({
        ms: z.number(),
        /** autocannon knows no p95; its p97.5 is never smaller. */
        percentile: z.enum(['p95', 'p97.5']),
      }),
      /** Limits that the test itself set before, and those that it did not keep; null: the tool has none. */
      thresholds: z.object({ set: z.int(), broken: z.array(z.string()) }).nullable(),
    }),
  ),
}

export type LoadFacts = { readonly [K in keyof typeof loadFacts]: z.output<(typeof loadFacts)[K]> }
export type LoadRun = LoadFacts['runs'][number]
