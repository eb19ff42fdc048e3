import { setFlagsFromString } from 'node:v8'

/** By how much the heap may grow beyond what lives in it before it is collected, in percent. */
const growingPercent = 40

/**
 * Collects before the heap has grown far. By itself V8 lets a heap of this size grow to three times what lives in it, as long as
 * there is memory: under load the process was twice as large, next to a PostgreSQL that could have used it.
 *
 * Source: V8's `--heap-growing-percent` (`node --v8-options`); measured by `npm run bench mixed`.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`)
}
