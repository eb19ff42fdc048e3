import type { Check } from './check.ts'
import { judge } from './judge.ts'
import type { Outcome, OutcomeState } from './judge.ts'
import type { Reading } from './reading.ts'
import type { Text } from './text.ts'

/** What would be said of a subject with other parameters. */
export type Turn = {
  readonly subject: string
  /** null: it is not judged with these. */
  readonly from: OutcomeState | null
  readonly to: OutcomeState | null
  /** What would be said with the others, else what is said. */
  readonly say: Text
}

type Asked = Readonly<Record<string, unknown>>

/**
 * The subjects of a reading of which a check would say something else with other parameters: what a declaration would
 * mend, and what it would break. Pure, as `judge` is.
 */
export function judgedOtherwise(
  check: Check,
  reading: Reading,
  options: { readonly system: string; readonly now: Date; readonly parameters: Asked; readonly others: Asked },
): Turn[] {
  const { system, now } = options
  const saidWith = (parameters: Asked) =>
    new Map(judge(check, reading, { system, now, parameters }).map((outcome) => [outcome.subject, outcome]))
  const [before, after] = [saidWith(options.parameters), saidWith(options.others)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((subject) => {
    const [from, to] = [before.get(subject), after.get(subject)]
    if (from?.state === to?.state) return []
    return { subject, from: from?.state ?? null, to: to?.state ?? null, say: sentenceOf(to ?? from) }
  })
}

const sentenceOf = (outcome: Outcome | undefined): Text => ({ en: outcome?.say.en ?? '', de: outcome?.say.de ?? '' })
