import { z } from 'zod'

/** What another tool found, by control: how many of its results passed, failed, or said nothing. */
export const ocsfFacts = {
  report: z.object({
    producer: z.string(),
    /** When the newest result was found. */
    at: z.iso.datetime(),
    results: z.int(),
    /** Records of the file that are no results of a control, and were left out. */
    others: z.int(),
  }),
  controls: z.array(
    z.object({
      control: z.string(),
      severity: z.enum(['informational', 'low', 'medium', 'high', 'critical', 'unknown']),
      pass: z.int(),
      fail: z.int(),
      /** Looked at by a person, or without a result since information was missing. */
      unknown: z.int(),
      /** Suppressed in the tool itself. */
      suppressed: z.int(),
    }),
  ),
}

export type OcsfFacts = { readonly [K in keyof typeof ocsfFacts]: z.output<(typeof ocsfFacts)[K]> }
export type Control = OcsfFacts['controls'][number]
