/** How a guideline stands on a day. */
export const states = ['draft', 'coming', 'in-force', 'review-overdue', 'withdrawn'] as const

/** How a guideline stands on a day. */
export type GuidelineState = (typeof states)[number]

/** What of a version decides how it stands. Days are `YYYY-MM-DD` where the tenant is. */
export interface Dated {
  readonly number: number
  readonly effective_from: string
  /** The last day on which it counts as reviewed, by its approval or its last review. */
  readonly review_due: string
  readonly withdrawn: boolean
}

/** A text may be approved to take effect this far ahead. */
export const furthestStartMonths = 12

/**
 * The version that people must follow on a day: the newest that has taken effect. Where that one is withdrawn there is none:
 * an older one does not come back by itself.
 */
export function inForce<V extends Dated>(versions: readonly V[], today: string): V | undefined {
  const newest = versions
    .filter(({ effective_from: from }) => from <= today)
    .toSorted((a, b) => b.number - a.number)
    .at(0)
  return newest?.withdrawn === false ? newest : undefined
}

/** How a guideline stands, by its versions. */
export function stateOf(versions: readonly Dated[], today: string): GuidelineState {
  if (versions.length === 0) return 'draft'
  const current = inForce(versions, today)
  if (current) return current.review_due < today ? 'review-overdue' : 'in-force'
  const isComing = versions.some((one) => !one.withdrawn && one.effective_from > today)
  return isComing ? 'coming' : 'withdrawn'
}

/** A place that is still to be filled in: `{{…}}`, or what a person left as `[…fill in…]`. */
export function openPlace(text: string): string | undefined {
  const parts = text.split('}')
  const at = parts.findIndex((part, i) => part.includes('{{') && parts[i + 1] === '' && i + 2 < parts.length)
  const part = parts[at]
  return part === undefined ? undefined : `${part.slice(part.indexOf('{{'))}}}`
}
