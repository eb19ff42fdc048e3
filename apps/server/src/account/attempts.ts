/** Attempts to sign in, counted so that guessing is slow. */
export interface Attempts {
  /** Counts an attempt. @returns whether it may be made */
  take(who: string): boolean
  /** After a success the count begins anew. */
  forget(who: string): void
}

const windowMs = 60_000
const most = 10
/** How many are remembered at once: a flood of made-up addresses must not fill the memory. */
const remembered = 10_000

/** Opens the count: at most ten attempts a minute, in the memory of this process only, since it holds addresses. */
export function openAttempts(now: () => Date): Attempts {
  const counts = new Map<string, { since: number; made: number }>()
  return {
    take(who) {
      const at = now().getTime()
      const known = counts.get(who)
      const count = known && at - known.since < windowMs ? known : { since: at, made: 0 }
      count.made++
      // Put at the end: whoever tried longest ago is forgotten first.
      counts.delete(who)
      counts.set(who, count)
      for (const oldest of counts.keys()) {
        if (counts.size <= remembered) break
        counts.delete(oldest)
      }
      return count.made <= most
    },
    forget: (who) => void counts.delete(who),
  }
}
