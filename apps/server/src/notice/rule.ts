/** The measure of the catalogue that runs stand behind. */
export const measure = 'retention-deletion'

/** How a run ended: only `done` counts. `not-looked` says nothing of what is there, neither for nor against. */
export const outcomes = ['done', 'partial', 'failed', 'not-looked'] as const
/** How a run ended. */
export type Outcome = (typeof outcomes)[number]

/** Why a record was kept: words, so that nothing about a person can be among them. */
export const reasons = ['not-due', 'legal-hold', 'retention-duty', 'dispute', 'consent', 'in-use'] as const
/** Why a record was kept. */
export type Reason = (typeof reasons)[number]

/** Why a run did not do all of it. */
export const causes = ['no-access', 'time-out', 'unavailable', 'refused', 'not-started', 'fault'] as const

/** How often a run is due, and how long after that it counts as missed. */
export interface Rhythm {
  readonly every_hours: number
  readonly grace_hours: number
  readonly since: Date
}

/** A time without a run that deleted. */
export interface Gap {
  readonly from: Date
  /** Null: it goes on. */
  readonly until: Date | null
}

/** How a rule stands. */
export interface Standing {
  readonly state: 'waiting' | 'on-time' | 'due' | 'overdue'
  readonly due: Date
  /** From here on it is overdue. */
  readonly over: Date
}

const hour = 3_600_000

/** How a rule stands at an instant: nothing but a run that did all of it moves its due moment. */
export function standingOf(rule: Rhythm, lastDone: Date | null, now: Date): Standing {
  const due = new Date((lastDone ?? rule.since).getTime() + rule.every_hours * hour)
  const over = new Date(due.getTime() + rule.grace_hours * hour)
  const state = now > over ? 'overdue' : now > due ? 'due' : lastDone === null ? 'waiting' : 'on-time'
  return { state, due, over }
}

/** Every time for which no run deleted although one was due, the newest first. `done`: the runs that count, in any order. */
export function gapsOf(rule: Rhythm, done: readonly Date[], now: Date): Gap[] {
  const most = (rule.every_hours + rule.grace_hours) * hour
  const points = [rule.since, ...done.toSorted((a, b) => a.getTime() - b.getTime()).filter((at) => at > rule.since)]
  const gaps = points.flatMap((from, index): Gap[] => {
    const until = points[index + 1] ?? null
    return (until ?? now).getTime() - from.getTime() > most ? [{ from, until }] : []
  })
  return gaps.toReversed()
}

/** What a run says of itself. */
export interface Report {
  readonly outcome: Outcome
  readonly examined: number
  readonly deleted: number
  readonly kept: Readonly<Partial<Record<Reason, number>>>
  readonly errors: number
  readonly cause: string | null
}

/** What is wrong with a report; null: nothing. */
export function faultOf({ outcome, examined, deleted, kept, errors, cause }: Report): 'sum' | 'outcome' | null {
  const keptAll = Object.values(kept).reduce((sum, one) => sum + one, 0)
  if (examined !== deleted + keptAll + errors) return 'sum'
  const fits = {
    done: errors === 0 && cause === null,
    partial: errors > 0,
    failed: deleted === 0 && cause !== null,
    'not-looked': examined === 0 && cause !== null,
  }[outcome]
  return fits ? null : 'outcome'
}
