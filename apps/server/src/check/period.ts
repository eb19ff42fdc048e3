import type { TenantContext } from '../evidence/index.ts'
import { spansOf } from './span.ts'
import type { SpanRow } from './span.ts'

/** A time in which a look was due and none was made. */
export interface Gap {
  readonly from: Date
  readonly until: Date
}

/** What is known of twelve months, or of fewer. */
export interface PeriodSeen {
  readonly held: number
  readonly failed: number
  readonly notLooked: number
  readonly gaps: readonly Gap[]
}

const dayMs = 86_400_000
/** A look that ends some seconds late is no missed one. */
const toleranceMs = 60_000

/**
 * The holes between spans, and from the end of the last one until now: an outcome counts until it is no longer fresh, and by
 * then the next look should have been. What nobody saw is never filled in afterwards.
 *
 * @param spans of one check on one system with one set of parameters, oldest first
 */
export function gapsBetween(spans: readonly Pick<SpanRow, 'from_at' | 'until_at'>[], now: Date): Gap[] {
  const gaps: Gap[] = []
  let end: Date | null = null
  for (const { from_at: from, until_at: until } of spans) {
    if (end !== null && from.getTime() - end.getTime() > toleranceMs) gaps.push({ from: end, until: from })
    if (end === null || until > end) end = until
  }
  if (end !== null && now.getTime() - end.getTime() > toleranceMs) gaps.push({ from: end, until: now })
  return gaps
}

/**
 * The last twelve months of everything that these outcomes were made by, as one line shows them together: a day held only
 * if all of them held on it, and failed if one did.
 *
 * @param groups commitments of outcomes, those of one line together
 */
export async function listPeriods(
  tx: TenantContext,
  groups: readonly (readonly Buffer[])[],
): Promise<(PeriodSeen | null)[]> {
  const spans = await spansOf(tx, groups.flat())
  return groups.map((group) => {
    const own = group.flatMap((commitment) => {
      const found = spans.get(commitment.toString('base64'))
      return found === undefined ? [] : [found]
    })
    return own.length === 0 ? null : { ...daysOf(own, tx.now), gaps: mergedGaps(own, tx.now) }
  })
}

const isSeen = ({ state }: SpanRow): boolean => state === 'pass' || state === 'info'
/** What a check does not apply to says nothing against the line, and nothing for it. */
const isFine = (span: SpanRow): boolean => isSeen(span) || span.state === 'not-applicable'

function daysOf(checks: readonly (readonly SpanRow[])[], now: Date): Omit<PeriodSeen, 'gaps'> {
  const starts = checks.flat().map(({ from_at: from }) => from.getTime())
  const first = Math.max(Math.min(...starts), now.getTime() - 365 * dayMs)
  const days = { held: 0, failed: 0, notLooked: 0 }
  for (let day = Math.floor(first / dayMs) * dayMs; day <= now.getTime(); day += dayMs) {
    const seen = checks.map((spans) =>
      spans.filter(({ from_at: from, until_at: until }) => from.getTime() < day + dayMs && until.getTime() > day),
    )
    if (seen.some((spans) => spans.some(({ state }) => state === 'fail'))) days.failed += 1
    else if (seen.every((spans) => spans.some(isFine)) && seen.flat().some(isSeen)) days.held += 1
    else days.notLooked += 1
  }
  return days
}

/** The gaps of several checks, where they touch as one. */
function mergedGaps(checks: readonly (readonly SpanRow[])[], now: Date): Gap[] {
  const all = checks.flatMap((spans) => gapsBetween(spans, now)).toSorted((a, b) => a.from.getTime() - b.from.getTime())
  const merged: Gap[] = []
  for (const gap of all) {
    const last = merged.at(-1)
    if (last === undefined || gap.from > last.until) merged.push(gap)
    else if (gap.until > last.until) merged[merged.length - 1] = { from: last.from, until: gap.until }
  }
  return merged
}
