/**
 * Checks: runs that look at connections, and the outcomes of judging what was seen.
 *
 * - Looking happens outside of transactions; each look is kept whole: reading, outcomes, their leaves, backing, findings.
 * - Facts are sealed and kept with the outcome that they led to, so that a verdict can be recomputed.
 * - Every check is judged once per set of parameters that confirmed statements want (TLS 1.2 here, TLS 1.3 there).
 * - "Could not look" never changes a verdict: it is kept as what it is.
 *
 * Source: Art. 32(1)(d) GDPR.
 */
export { checkOperations } from './operations.ts'
export { namesOf, openPseudonyms, withNames } from './pseudonym.ts'
export { factsOf, holdsOnlySealedFacts, lookAgain, requestRun, run, runQueue, runToEnd, titleOf } from './run.ts'
export type { RunDependencies, RunJob } from './run.ts'
export { interruptRuns } from './store.ts'
