import type { Assurance } from '@art32/press'

/** What Art. 32(2) GDPR names: by accident or unlawfully. */
export const riskEvents = ['destruction', 'loss', 'alteration', 'disclosure', 'access'] as const

/** What can happen to personal data. */
export type RiskEvent = (typeof riskEvents)[number]

/** How high a risk is for the people whom the data are about. */
export const levels = ['low', 'medium', 'high'] as const

/** How high a risk is for the people whom the data are about. */
export type Level = (typeof levels)[number]

/** How likely and how bad: 1 negligible, 2 limited, 3 substantial, 4 great. */
export interface Estimate {
  readonly likelihood: number
  readonly severity: number
}

/**
 * The level of an estimate: low up to a product of 3, high from 9 on. What is worst for people is therefore never low, however
 * unlikely it is.
 *
 * The four steps are those of the German authorities (DSK, short paper no. 18); they leave the lines between the levels to
 * whoever assesses, and these are ours.
 *
 * @throws {RangeError} for a step outside of 1 to 4
 */
export function levelOf({ likelihood, severity }: Estimate): Level {
  for (const step of [likelihood, severity])
    if (!Number.isInteger(step) || step < 1 || step > 4) throw new RangeError(`A step is 1 to 4, not ${step}.`)
  const product = likelihood * severity
  return product <= 3 ? 'low' : product >= 9 ? 'high' : 'medium'
}

/** How a risk stands. */
export const riskStates = ['open', 'accepted', 'review-due', 'retired'] as const

/** How a risk stands. */
export type RiskState = (typeof riskStates)[number]

/** @param reviewDue  of the acceptance of the newest assessment, `YYYY-MM-DD`; null: nobody accepted it */
export function stateOf(isRetired: boolean, reviewDue: string | null, today: string): RiskState {
  if (isRetired) return 'retired'
  if (reviewDue === null) return 'open'
  return reviewDue < today ? 'review-due' : 'accepted'
}

/** What makes no difference to a risk, whatever was written: it is not there, not kept, or its proof is over. */
const hollow: readonly (Assurance | null)[] = [null, 'failing', 'absent', 'planned', 'lapsed']

/** Whether a measure can be counted on; null: no line of the document promises it. */
export function isBacked(assurance: Assurance | null): boolean {
  return !hollow.includes(assurance)
}
