import { z } from 'zod'
import { parseReading } from './engine/connector.ts'
import { judge, rollUp } from './engine/judge.ts'
import type { Outcome, OutcomeState } from './engine/judge.ts'
import { whys } from './engine/reading.ts'
import { checkOf, connectorOf } from './registry.ts'
import { releaseOf } from './releases.ts'

const unseenSchema = z.object({ read: z.literal('no'), why: z.enum(whys), detail: z.string() })
const groupSchema = z.union([
  z.object({ read: z.literal('ok'), complete: z.boolean(), facts: z.unknown() }),
  unseenSchema,
])
const look = { at: z.iso.datetime(), source: z.string() }
const readingSchema = z.union([
  z.object({ read: z.literal('ok'), complete: z.boolean(), facts: z.record(z.string(), groupSchema), ...look }),
  unseenSchema.extend(look),
])

/** A verdict as it is kept, with all that it was made of. Foreign bytes, taken strictly. */
const keptSchema = z.object({
  check: z.string(),
  version: z.int(),
  parameters: z.record(z.string(), z.unknown()),
  judgedAt: z.iso.datetime(),
  state: z.string(),
  facts: readingSchema,
})

/** What came of computing a kept verdict by this release. */
export type RecomputedVerdict =
  | { readonly can: 'no'; readonly why: 'form' }
  | { readonly can: 'no'; readonly why: 'no-check'; readonly check: string }
  | {
      readonly can: 'no'
      readonly why: 'other-version'
      readonly check: string
      readonly version: number
      readonly running: number
      /** Where the version of that day lies. */
      readonly release: string | null
    }
  | {
      readonly can: 'yes'
      readonly check: string
      readonly version: number
      /** What is kept. */
      readonly kept: string
      readonly state: OutcomeState
      readonly outcomes: readonly Outcome[]
    }

/**
 * Computes a kept verdict by the check of this release, if it has the version of that day. Pure.
 *
 * @param value what `outcome.facts` answers; attacker-controlled
 */
export function recomputeVerdict(value: unknown): RecomputedVerdict {
  const parsed = keptSchema.safeParse(value)
  if (!parsed.success) return { can: 'no', why: 'form' }
  const { check: id, version, parameters, judgedAt, state: kept, facts } = parsed.data
  const check = checkOf(id)
  if (!check) return { can: 'no', why: 'no-check', check: id }
  if (check.version !== version)
    return {
      can: 'no',
      why: 'other-version',
      check: id,
      version,
      running: check.version,
      release: releaseOf(id, version),
    }
  const connector = connectorOf(facts.source.split(' ')[0] ?? '')
  const outcomes = judge(check, connector ? parseReading(connector, facts) : facts, {
    system: 'recomputed',
    now: new Date(judgedAt),
    parameters,
  })
  return { can: 'yes', check: id, version, kept, state: rollUp(outcomes), outcomes }
}
