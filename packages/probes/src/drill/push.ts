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
export const DrillPush = z.strictObject({
  format: z.literal(drillFormat),
  drill: drillName,
  /** Random, so that what was sent once is known again. */
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  /** When the drill ended, by the clock of the machine on which it ran. */
  at: z.iso.datetime(),
  /** Which program: `art32 0.1.0`. */
  collector: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/),
  groups: z.strictObject({
    plan: z.strictObject({ read: z.literal('ok'), complete: z.literal(true), facts: drillFacts.plan }),
    drill: z.discriminatedUnion('read', [Ok, Unseen]),
  }),
})

/** What a drill sends. */
export type DrillPush = z.output<typeof DrillPush>

/** The reading that it is. @param at when it counts as seen */
export function readingOfDrill({ groups, collector }: DrillPush, at: Date): Reading {
  return { ...seen({ ...groups }, groups.drill.read === 'ok'), at: at.toISOString(), source: `drill ${collector}` }
}

/** Where what a drill sent contradicts itself: nothing that a drill of ours sends; null: nowhere. */
export function contradictionIn({ at, groups: { plan, drill } }: DrillPush): string | null {
  if (drill.read === 'no') return null
  const { startedAt, endedAt, rtoSeconds, problems, expectations } = drill.facts
  const spanMs = Date.parse(endedAt) - Date.parse(startedAt)
  if (endedAt !== at) return 'endedAt'
  if (spanMs < 0) return 'startedAt'
  // Two clocks measure it: one that is set meanwhile may be some seconds off.
  if (rtoSeconds !== null && rtoSeconds * 1_000 > spanMs + 5_000) return 'rtoSeconds'
  return problems.length === 0 && expectations.length !== plan.facts.expectations ? 'expectations' : null
}
