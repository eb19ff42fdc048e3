import process from 'node:process'
import type { TestContext } from 'vitest'

/** Whether the long rounds were asked for: `npm run faults`. */
export const isWhole = process.env['ART32_FAULTS'] === 'whole'

/** How often a deed is done: a few times with every run of the tests, as often as it is promised by `npm run faults`. */
export const rounds = (quick: number, whole: number): number => (isWhole ? whole : quick)

/** Says how often a test did its deed; `npm run faults` prints it. A test that says nothing counts as one try. */
export function tried({ task }: TestContext, times: number): void {
  Object.assign(task.meta, { tries: times })
}

/** What a test said of itself. */
export function triesOf(meta: object): number {
  return 'tries' in meta && typeof meta.tries === 'number' ? meta.tries : 1
}
