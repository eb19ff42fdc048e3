import { setTimeout as sleep } from 'node:timers/promises'

/**
 * How often each vendor is asked by each credential, over all looks of the process: vendors count by credential, and two
 * connections with the same one share what it is allowed.
 */
export type Budgets = {
  /** Waits for a turn. @throws when the signal aborts */
  take(key: string, perMinute: number, signal: AbortSignal): Promise<void>
  /** Nobody asks before this time is over: the vendor said so. */
  pause(key: string, ms: number): void
  /** How long the vendor wants to be left alone, in milliseconds; 0: not at all. */
  pauseOf(key: string): number
}

type Bucket = { turns: number; filledAt: number; pausedUntil: number }

/** @param now milliseconds of a clock that never goes back */
export function openBudgets(now: () => number = () => performance.now()): Budgets {
  const buckets = new Map<string, Bucket>()
  const bucketOf = (key: string, most: number): Bucket => {
    const bucket = buckets.get(key) ?? { turns: most, filledAt: now(), pausedUntil: 0 }
    buckets.set(key, bucket)
    return bucket
  }
  return {
    async take(key, perMinute, signal) {
      // A tenth of a minute's turns at once, the others as they come.
      const most = Math.max(1, Math.floor(perMinute / 10))
      const bucket = bucketOf(key, most)
      for (;;) {
        signal.throwIfAborted()
        const at = now()
        bucket.turns = Math.min(most, bucket.turns + ((at - bucket.filledAt) * perMinute) / 60_000)
        bucket.filledAt = at
        if (bucket.turns >= 1) break
        await sleep(Math.ceil(((1 - bucket.turns) * 60_000) / perMinute), undefined, { signal })
      }
      bucket.turns -= 1
    },
    pause(key, ms) {
      const bucket = bucketOf(key, 1)
      bucket.pausedUntil = Math.max(bucket.pausedUntil, now() + ms)
    },
    pauseOf: (key) => Math.max(0, Math.ceil((buckets.get(key)?.pausedUntil ?? 0) - now())),
  }
}
