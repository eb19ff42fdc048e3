import type { ComputerView } from '../api/api.ts'

/** First those that nobody knows, then what fails, then what has not sent for too long; by name within. */
export function inOrder(computers: readonly ComputerView[]): ComputerView[] {
  const rank = ({ declared, counts, stale }: ComputerView) => (!declared ? 0 : counts.fail > 0 ? 1 : stale > 0 ? 2 : 3)
  return computers.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

/** A clock this far off is worth a word; less is the time on the way. */
const toldSeconds = 120

/** How far the clock is off, or how long the facts were on their way; null where that is not worth a word. */
export function timeOff(
  skewSeconds: number,
): { readonly isAhead: boolean; readonly unit: 'minute' | 'hour' | 'day'; readonly count: number } | null {
  const seconds = Math.abs(skewSeconds)
  if (seconds < toldSeconds) return null
  const [unit, length] =
    seconds < 2 * 3_600
      ? (['minute', 60] as const)
      : seconds < 2 * 86_400
        ? (['hour', 3_600] as const)
        : (['day', 86_400] as const)
  return { isAhead: skewSeconds > 0, unit, count: Math.round(seconds / length) }
}
