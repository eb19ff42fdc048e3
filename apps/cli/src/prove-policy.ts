import type { Outcome, ProveResult, Severity } from '@art32/probes'

/** From which severity on a fault makes the exit status 1; `never` for none. */
export const failOns = ['low', 'medium', 'high', 'critical', 'never'] as const

/** When a run is not in order. */
export interface ProvePolicy {
  readonly failOn: (typeof failOns)[number]
  /** Whether what could not be looked at counts like a fault. */
  readonly failOnNotEvaluated: boolean
  readonly isExcepted: (outcome: Outcome) => boolean
}

/** 0 in order, 1 not in order, 3 nothing at all could be looked at. */
export interface ProveVerdict {
  readonly exit: 0 | 1 | 3
  /** Why, in one sentence. */
  readonly say: string
}

const severities: readonly Severity[] = ['low', 'medium', 'high', 'critical']

/**
 * The exit status of a run. A run that saw nothing is neither in order nor not: it has a status of its own, under every
 * policy, so that a pipeline without a network is never green by mistake.
 */
export function verdictOf(result: ProveResult, policy: ProvePolicy): ProveVerdict {
  const outcomes = result.targets.flatMap(({ checks }) => checks.flatMap((check) => check.outcomes))
  const unseen = outcomes.filter(({ state }) => state === 'not-evaluated' || state === 'stale').length
  if (unseen === outcomes.length) return { exit: 3, say: 'Nothing could be looked at, so nothing is said.' }
  const faults = outcomes.filter(({ state }) => state === 'fail')
  const open = faults.filter((outcome) => !policy.isExcepted(outcome))
  const counted = open.filter(({ severity }) => reaches(severity, policy.failOn))
  const parts = [
    ...(counted.length > 0
      ? [`${counted.length} ${counted.length === 1 ? 'fault' : 'faults'} of severity ${policy.failOn} or more`]
      : []),
    ...(policy.failOnNotEvaluated && unseen > 0 ? [`${unseen} not evaluated`] : []),
  ]
  const aside = [
    ...(open.length > counted.length ? [`${open.length - counted.length} below the policy`] : []),
    ...(faults.length > open.length ? [`${faults.length - open.length} with an exception`] : []),
  ]
  const besides = aside.length === 0 ? '' : ` (${aside.join(', ')})`
  return parts.length > 0
    ? { exit: 1, say: `Not in order: ${parts.join(' and ')}${besides}.` }
    : { exit: 0, say: `In order by this policy${besides}.` }
}

function reaches(severity: Severity, from: ProvePolicy['failOn']): boolean {
  return from !== 'never' && severities.indexOf(severity) >= severities.indexOf(from)
}
