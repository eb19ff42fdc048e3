import type { Sent } from './connector.ts'

/** How many times the time of a target may grow, all together: a vendor that answers for ever does not keep us for ever. */
export const mostTimes = 20

/** The time of one target. */
export type Deadline = {
  /** Aborted when the time is over. */
  readonly signal: AbortSignal
  /** Told of every request that was answered: from an answer on, the target has its whole time once more. */
  note(sent: Sent): void
  /** Whether so many milliseconds are left. */
  has(ms: number): boolean
  /** To be called when the target is done. */
  end(): void
}

/**
 * A target that says nothing has `timeoutMs`; one that goes on answering, page after page, has more, at most
 * `mostTimes` as much. So a directory of fifty thousand accounts, asked as slowly as its vendor wants, is read to its end,
 * and a port that hangs costs no more than before. A refusal is no progress.
 */
export function openDeadline(timeoutMs: number): Deadline {
  const time = new AbortController()
  const last = performance.now() + timeoutMs * mostTimes
  let until = performance.now() + timeoutMs
  let timer: NodeJS.Timeout | undefined
  // One timer that looks again when it ends, since answers come far more often.
  const watch = (): void => {
    const leftMs = until - performance.now()
    if (leftMs <= 0) time.abort(new DOMException('no answer in time', 'TimeoutError'))
    else timer = setTimeout(watch, Math.ceil(leftMs))
  }
  watch()
  return {
    signal: time.signal,
    note({ status }) {
      if (status !== null && status < 400) until = Math.min(last, performance.now() + timeoutMs)
    },
    has: (ms) => performance.now() + ms < until,
    end: () => clearTimeout(timer),
  }
}
