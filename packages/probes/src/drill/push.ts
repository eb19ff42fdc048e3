import { z } from 'zod'
import { seen, whys } from '../engine/reading.ts'
import type { Reading } from '../engine/reading.ts'
import { sentFacts } from './facts.ts'
import type { DrillSigning } from './facts.ts'

/** The format of what a drill sends. A change that older readers cannot read gets another number. */
export const drillFormat = 'art32.drill/1'

/** What an envelope around it says that it holds (DSSE). */
export const drillPayloadType = 'application/vnd.art32.drill+json'

/** The name by which a drill is connected: `shop-db`. */
export const drillName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/)

const Unseen = z.strictObject({ read: z.literal('no'), why: z.enum(whys), detail: z.string().min(1).max(300) })
const Ok = z.strictObject({ read: z.literal('ok'), complete: z.literal(true), facts: sentFacts.drill })

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
    plan: z.strictObject({ read: z.literal('ok'), complete: z.literal(true), facts: sentFacts.plan }),
    drill: z.discriminatedUnion('read', [Ok, Unseen]),
  }),
})

/** What a drill sends. */
export type DrillPush = z.output<typeof DrillPush>

/**
 * For whom a result was signed: the address of the server without a path, and the short name of the tenant. It stands inside of what
 * is signed, so that a result is worth nothing at another installation or tenant that knows the same key.
 */
const Audience = z.strictObject({
  server: z
    .string()
    .max(300)
    .regex(/^https?:\/\/[a-z0-9.:[\]-]+$/),
  tenant: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
})

/** For whom a result was signed. */
export type DrillAudience = z.output<typeof Audience>

/** What is inside of an envelope: what a drill sends, and for whom. */
export const SignedDrill = DrillPush.extend({ audience: Audience })

/** What is inside of an envelope. */
export type SignedDrill = z.output<typeof SignedDrill>

/** The address of a server as an audience names it; null: it is none. */
export function audienceServer(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, origin } = new URL(url)
  return protocol === 'http:' || protocol === 'https:' ? origin : null
}

/** A result of 500 comparisons with the longest names is half of it. Characters of base64. */
const longestPayload = 1_000_000

/** A signed result: a DSSE envelope. What its texts hold is for `verifyEnvelope` to say. */
export const DrillEnvelope = z.strictObject({
  payloadType: z.string().regex(/^[a-z0-9.+/-]{1,100}$/),
  payload: z
    .string()
    .max(longestPayload)
    .regex(/^[A-Za-z0-9+/=_\s-]*$/),
  signatures: z
    .array(
      z.strictObject({
        /** A hint that nobody signed. */
        keyid: z
          .string()
          .regex(/^[A-Za-z0-9.+/=:_-]{0,200}$/)
          .optional(),
        sig: z.string().regex(/^[A-Za-z0-9+/=_\s-]{0,200}$/),
      }),
    )
    .max(10),
})

/** A signed result. */
export type DrillEnvelope = z.output<typeof DrillEnvelope>

/** What may be sent in: a result as it is, or the envelope around a signed one. One of both, whole. */
export const DrillSent = z
  .strictObject({ ...DrillPush.partial().shape, ...DrillEnvelope.partial().shape })
  .superRefine((sent, context) => {
    const one = isSigned(sent) ? DrillEnvelope : DrillPush
    for (const { path, message } of one.safeParse(sent).error?.issues ?? [])
      context.addIssue({ code: 'custom', path, message })
  })

/** What may be sent in. */
export type DrillSent = z.output<typeof DrillSent>

/** Takes apart what was sent in: the envelope, or the result itself. @throws {ZodError} neither, which `DrillSent` refuses */
export function readDrillSent(sent: DrillSent): { envelope: DrillEnvelope } | { push: DrillPush } {
  return isSigned(sent) ? { envelope: DrillEnvelope.parse(sent) } : { push: DrillPush.parse(sent) }
}

function isSigned(sent: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(DrillEnvelope.shape).some((name) => sent[name] !== undefined)
}

/**
 * The reading that it is.
 *
 * @param at when it counts as seen
 * @param signing by whom it was signed, as whoever calls this has verified; null: by nobody
 */
export function readingOfDrill({ groups, collector }: DrillPush, at: Date, signing: DrillSigning | null): Reading {
  const { plan, drill } = groups
  const { by, envelope } = signing ?? {}
  const told = {
    plan: by === undefined ? plan : { ...plan, facts: { ...plan.facts, signedBy: by } },
    drill: drill.read === 'no' || envelope === undefined ? drill : { ...drill, facts: { ...drill.facts, envelope } },
  }
  return { ...seen(told, drill.read === 'ok'), at: at.toISOString(), source: `drill ${collector}` }
}

/** Who signed what a drill sent, as `name+id` of the key; null: nobody. Undefined: it is of no drill, or says nothing. */
export function signerIn(reading: Reading): string | null | undefined {
  const plan = reading.read === 'ok' && reading.source.startsWith('drill ') ? reading.facts['plan'] : undefined
  if (plan?.read !== 'ok') return undefined
  return z.object({ signedBy: z.string() }).safeParse(plan.facts).data?.signedBy ?? null
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
