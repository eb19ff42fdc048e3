import { z } from 'zod'
import { seen, whys } from '../engine/reading.ts'
import type { Reading } from '../engine/reading.ts'
import { drillFacts } from './facts.ts'

/** The format of what a drill sends. A change that older readers cannot read gets another number. */
export const drillFormat = 'art32.drill/1'

/** The name by which a drill is connected: `shop-db`. */
export const drillName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/)

const Unseen = z.strictObject({ read: z.literal('no'), why: z.enum(whys), detail: z.string().min(1).max(300) })
const Ok = z.strictObject({ read: z.literal('ok'), complete: z.literal(true), facts: drillFacts.drill })

/** What `art32 drill run` prints and sends: facts, and no verdict. Whether they are enough is judged where they arrive. */
export const DrillPush = z
  .strictObject({
    format: z.literal(drillFormat),
    drill: drillName,
    /** Random, so that what was sent once is known again. */
    id: z.uuid(),
    /** When the drill ended, by the clock of the machine on which it ran. */
    at: z.iso.datetime(),
    /** Which program: `art32 0.1.0`. */
    collector: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/),
    groups: z.strictObject({
      plan: z.strictObject({ read: z.literal('ok'), complete: z.literal(true), facts: drillFacts.plan }),
      drill: z.discriminatedUnion('read', [Ok, Unseen]),
    }),
  })
  .superRefine(({ at, groups: { plan, drill } }, context) => {
    if (drill.read === 'no') return
    const { facts } = drill
    const wrong = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['groups', 'drill', 'facts', field], message })
    const spanMs = Date.parse(facts.endedAt) - Date.parse(facts.startedAt)
    if (facts.endedAt !== at) wrong('endedAt', 'is not the time of the whole')
    if (spanMs < 0) wrong('startedAt', 'is later than the end')
    if (facts.rtoSeconds !== null && facts.rtoSeconds * 1_000 > spanMs + 5_000)
      wrong('rtoSeconds', 'is longer than the drill')
    if (facts.problems.length === 0 && facts.expectations.length !== plan.facts.expectations)
      wrong('expectations', 'are not as many as in the plan')
  })

/** What a drill sends. */
export type DrillPush = z.output<typeof DrillPush>

/** The reading that it is. @param at when it counts as seen */
export function readingOfDrill({ groups, collector }: DrillPush, at: Date): Reading {
  return { ...seen({ ...groups }, groups.drill.read === 'ok'), at: at.toISOString(), source: `drill ${collector}` }
}
