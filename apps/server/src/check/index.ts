/**
 * Checks: runs that look at connections, and the outcomes of judging what was seen.
 *
 * - Looking happens outside of transactions; each look is kept whole: reading, outcomes, their leaves, backing, findings.
 * - Facts are sealed and kept with the outcome that they led to, so that a verdict can be recomputed.
 * - Every check is judged once per set of parameters that confirmed statements want (TLS 1.2 here, TLS 1.3 there).
 * - Each changed state of facts is kept once; a person approves changes, and checks compare with what was approved.
 * - Stored facts are judged once more, without asking anybody, when a release has other versions of checks.
 * - "Could not look" never changes a verdict: it is kept as what it is.
 *
 * Source: Art. 32(1)(d) GDPR.
 */
export { exportOperations } from './export.ts'
export { computerOperations } from './computer-operations.ts'
export type { ComputerDependencies } from './computer-operations.ts'
export { drillOperations } from './drill-operations.ts'
export { checkOperations } from './operations.ts'
export { factsOf } from './judging.ts'
export { keepPseudonyms, namesOf, openPseudonyms, withNames } from './pseudonym.ts'
export { rejudge, rejudgeQueue, requestRejudge } from './rejudge.ts'
export type { RejudgeJob } from './rejudge.ts'
export {
  holdsOnlySealedFacts,
  keepReadings,
  lookAgain,
  requestRun,
  resumeRuns,
  run,
  runQueue,
  runToEnd,
  titleOf,
} from './run.ts'
export type { RunDependencies, RunJob } from './run.ts'
export { listPeriods } from './period.ts'
export type { PeriodSeen } from './period.ts'
export type { Judged } from './judging.ts'
export { interruptRuns, listSigners } from './store.ts'
