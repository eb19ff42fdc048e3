import type { MeasureId } from '@art32/catalogue'
import { z } from 'zod'
import type { Facts } from './connector.ts'
import type { Text, TextParams } from './text.ts'

/** How much harm the fault can do, for sorting and for the default period of mending. */
export type Severity = 'low' | 'medium' | 'high' | 'critical'

/**
 * Values which, declared in a list, would let a subject that fails pass. Offered where a person may rightly declare them, never
 * as the remedy: that is for the check to say.
 */
export type NearMiss = {
  /** The list: a parameter of the check, or a setting of the connection, which needs another look. */
  readonly list: string
  readonly values: readonly string[]
  /** Of a setting, the label that its form shows; a parameter has its own. */
  readonly setting?: Text
  /** They were declared, until a day that is over. */
  readonly over?: boolean
}

/** A judgement over one subject. A check can say no more than this. */
export type Verdict = {
  /** What was judged inside the system, stable over time: `1.0`, `table:public.invoice`. Never a credential. */
  readonly subject: string
  readonly state: 'pass' | 'fail' | 'info'
  /** Paths of the facts that led to the verdict, `group.field.index`. */
  readonly because: readonly string[]
  /** A key of the messages of the check and what fills its places. */
  readonly say: { readonly key: string; readonly params: TextParams }
  /** Only with `fail`: what would let the subject pass, where it is near. */
  readonly near?: NearMiss
}

/** A measure of the catalogue for which a pass speaks. */
export type Service = {
  readonly measure: MeasureId
  /** `proves`: a pass shows the promise itself. `supports`: it makes it more credible, never shows it alone. */
  readonly as: 'proves' | 'supports'
  /** Parameters of the statement that go into the check: `{ tls: 'minVersion' }`. */
  readonly takes?: Readonly<Record<string, string>>
}

/** A pure judgement over facts, and everything that a person wants to know about it. */
export type Check<
  F extends Facts = Facts,
  K extends keyof F & string = keyof F & string,
  P extends z.ZodObject = z.ZodObject,
> = {
  /** `vendor.thing.required-state`; never renamed, only retired. */
  readonly id: string
  /** Raised whenever the same facts could be judged differently. */
  readonly version: number
  readonly connector: string
  /** Further connectors that deliver the same groups of facts. */
  readonly also?: readonly string[]
  /** What holds when the check passes. */
  readonly title: Text
  readonly why: Text
  readonly remedy: Text
  readonly severity: Severity
  readonly serves: readonly Service[]
  /** Parameters with defaults; an empty object parses. */
  readonly params: P
  /** Groups of facts that it needs. One that was not seen completely makes the outcome `not-evaluated`. */
  readonly reads: readonly K[]
  /** How long an outcome is fresh, as ISO 8601 duration. */
  readonly maxAge: string
  /** What it means that facts were read completely and nothing is there to judge. */
  readonly onEmpty: 'fail' | 'not-applicable' | 'pass'
  /** Clauses of standards that ask for it. */
  readonly refs: readonly string[]
  /** Pages that say so. */
  readonly sources: readonly string[]
  /** Known ways to judge wrongly, and what this check does about them; for the guide page. */
  readonly pitfalls: readonly string[]
  readonly messages: Readonly<Record<string, Text>>
  /** Parameters from facts that a person approved, for checks that compare with an approved state. */
  baseline?(approved: Pick<F, K>): Readonly<Record<string, unknown>>
  judge(facts: Pick<F, K>, params: z.output<P>, now: Date): readonly Verdict[]
}

/** Whether a check judges what a connector sees. */
export function isFor({ connector, also }: Pick<Check, 'connector' | 'also'>, id: string): boolean {
  return connector === id || (also ?? []).includes(id)
}

/** Shared by all verdicts whose sentence has no places. */
const noPlaces: TextParams = {}

type Say = (subject: string, because: string | readonly string[], key: string, params?: TextParams) => Verdict

const say =
  (state: Verdict['state']): Say =>
  (subject, because, key, params = noPlaces) => ({
    subject,
    state,
    because: typeof because === 'string' ? [because] : because,
    say: { key, params },
  })

/** The subject is as it should be. */
export const pass = say('pass')
/** The subject is not as it should be. */
export const fail = say('fail')
/** Worth knowing; neither good nor bad. */
export const info = say('info')

/** Adds to a fail what would let it pass; what does not fail stays as it is. */
export function unlessDeclared(verdict: Verdict, near: NearMiss): Verdict {
  if (verdict.state !== 'fail') return verdict
  const { subject, state, because, say: says } = verdict
  return { subject, state, because, say: says, near }
}

/** For checks without parameters. */
export const noParams = z.object({})
