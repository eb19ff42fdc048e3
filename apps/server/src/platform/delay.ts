import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 10
const everyMs = 250

/** Tells by how much this process is behind itself. */
export interface LoopDelay {
  /** Milliseconds that something waited that came at any moment of the last quarter of a second. */
  now(): number
  close(): void
}

/** Watches how late timers of this process are: how long whatever comes next has to wait. */
export function openLoopDelay(): LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  histogram.enable()
  let last = 0
  const timer = setInterval(() => {
    // Long turns take more of the time than short ones: the mean turn at a moment is E[x²] / E[x], and not E[x].
    const { mean, stddev } = histogram
    const turn = mean > 0 ? (mean + stddev ** 2 / mean) / 1e6 : everyMs
    last = Math.max(0, turn - resolutionMs)
    histogram.reset()
  }, everyMs).unref()
  return {
    now: () => last,
    close() {
      clearInterval(timer)
      histogram.disable()
    },
  }
}
