import { z } from 'zod'

/** What tools for static analysis reported: that they ran, on which commit, and the serious findings that are open. */
export const sarifFacts = {
  runs: z.array(
    z.object({
      tool: z.string(),
      /** When the analysis ended, by its own words or by the time of the file. */
      at: z.iso.datetime({ offset: true }),
      /** False: the log holds no results at all, so nothing was analysed. */
      hasResults: z.boolean(),
      /** False where the tool itself says that it did not come to an end. */
      succeeded: z.boolean(),
      /** The commits that were analysed, where the log names them. */
      revisions: z.array(z.string()),
      /** Open findings that are not serious. */
      minor: z.int(),
      /** Findings that were suppressed with the tool's own means. */
      suppressed: z.int(),
    }),
  ),
  findings: z.array(
    z.object({
      tool: z.string(),
      rule: z.string(),
      /** Weakness classes: `CWE-79`. */
      cwe: z.array(z.string()),
      /** Place in the repository. */
      path: z.string(),
      count: z.int(),
      /** From 0 to 10, as code scanning services count; null: the tool says only that it is an error. */
      score: z.number().nullable(),
      /** When the oldest of them was first seen, by the tool; null: it does not say. */
      since: z.iso.datetime({ offset: true }).nullable(),
      /** True where the tool compared with an earlier run and none of them was there. */
      isNew: z.boolean(),
    }),
  ),
  /** The commit that is deployed. */
  deployed: z.object({ revision: z.string() }),
}

export type SarifFacts = { readonly [K in keyof typeof sarifFacts]: z.output<(typeof sarifFacts)[K]> }
export type Finding = SarifFacts['findings'][number]
export type Run = SarifFacts['runs'][number]
