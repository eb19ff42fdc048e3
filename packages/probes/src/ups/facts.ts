import { z } from 'zod'

/** What an uninterruptible power supply says about itself through NUT. */
export const upsFacts = {
  power: z.object({
    /** Flags of NUT: OL on line, OB on battery, LB battery low, RB replace battery … */
    status: z.array(z.string()),
    chargePercent: z.number().nullable(),
    runtimeSeconds: z.number().nullable(),
    lastTest: z.enum(['passed', 'failed', 'unknown']),
    /** The day of the last self-test, where it is told in a form that can be read. */
    testedAt: z.iso.date().nullable(),
  }),
  /** How many machines are told when the power goes. */
  monitors: z.object({ count: z.int().min(0) }),
}

export type UpsFacts = { readonly [K in keyof typeof upsFacts]: z.output<(typeof upsFacts)[K]> }
