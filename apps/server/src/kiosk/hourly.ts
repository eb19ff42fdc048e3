/** How many are remembered at once: a flood of made-up names must not fill the memory. */
const remembered = 50_000
const hourMs = 3_600_000

/** Counts by the hour, in the memory of this process only, since its names are addresses. */
export function openHourly(most: number, now: () => number): { take(who: string): boolean } {
  const counts = new Map<string, { readonly since: number; count: number }>()
  return {
    take(who) {
      const known = counts.get(who)
      const isOver = !known || Math.abs(now() - known.since) > hourMs
      const own = isOver ? { since: now(), count: 0 } : known
      counts.delete(who)
      counts.set(who, own)
      for (const oldest of counts.keys()) {
        if (counts.size <= remembered) break
        counts.delete(oldest)
      }
      own.count++
      return own.count <= most
    },
  }
}
