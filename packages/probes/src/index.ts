/**
 * Probes: looks at live systems and judges what was seen.
 *
 * A connector looks (`collect` → reading: facts, strictly parsed, or the reason why there are none); a check judges
 * facts purely and says only pass, fail or info; the engine alone says not-evaluated, not-applicable and stale.
 * "Could not look" is never a pass and never a fail. One folder per connector, one file per check. What was judged leaves
 * in the formats of others by pure writers (`exports`).
 *
 * Holds no state: no database, no schedule, no server. Time, chance, name servers and limits are given. Everything
 * that comes out is plain JSON and free of credentials; settings go in and never come out.
 *
 * Legal source: Art. 32(1)(d) GDPR, a process for regularly testing the effectiveness of the measures.
 */
export { openAnswers } from './api/answers.ts'
export { openBudgets } from './api/budget.ts'
export { collectHost, ownComputerId } from './computer/collect.ts'
export { collectorFor, collectorNames } from './computer/collectors.ts'
export { InventoryError, readInventory } from './computer/inventory.ts'
export type { Inventory } from './computer/inventory.ts'
export { Push, readingOf } from './computer/push.ts'
export { cross } from './crossing/attempts.ts'
export type { Neighbours } from './crossing/attempts.ts'
export { countByWay } from './crossing/ways.ts'
export type { Attempt, Way, WayFacts } from './crossing/ways.ts'
export { PlanError, readPlan } from './drill/plan.ts'
export type { Plan } from './drill/plan.ts'
export {
  DrillEnvelope,
  DrillPush,
  DrillSent,
  SignedDrill,
  audienceServer,
  contradictionIn,
  drillPayloadType,
  readDrillSent,
  readingOfDrill,
  signerIn,
} from './drill/push.ts'
export type { DrillAudience } from './drill/push.ts'
export type { DrillSigning } from './drill/facts.ts'
export { runDrill } from './drill/run.ts'
export type { DrillResult, DrillWorld, ScratchServer } from './drill/run.ts'
export { judgedOtherwise } from './engine/otherwise.ts'
export type { Turn } from './engine/otherwise.ts'
export { bindParameters, findingKey, judge, rollUp } from './engine/judge.ts'
export type { Binding, Outcome, OutcomeState } from './engine/judge.ts'
export { isFor } from './engine/check.ts'
export { compare, settle } from './engine/compare.ts'
export type { Comparison, FactChange } from './engine/compare.ts'
export { discoverableKinds, kindWords } from './engine/discovered.ts'
export type { DiscoverableKind, Discovered } from './engine/discovered.ts'
export { judgeScope, sayReconciled, scopeCheck } from './engine/scope.ts'
export type { Reconciled } from './engine/scope.ts'
export { sayChange } from './engine/say-change.ts'
export type { Check, Service, Severity, Verdict } from './engine/check.ts'
export { accountsIn, collect, parseReading, rosterIn } from './engine/connector.ts'
export { accountsReading } from './accounts/connector.ts'
export type { AccountsFacts } from './accounts/facts.ts'
export type { Account, Connector, Context, Facts, Privilege } from './engine/connector.ts'
export { digestOf } from './engine/digest.ts'
export { durationMs } from './engine/duration.ts'
export { formOf, parametersOf, secretsOf, targetOfSettings } from './engine/form.ts'
export type { FormField } from './engine/form.ts'
export { defaultContext, prove, proveEach } from './engine/prove.ts'
export type { AskedOften, CheckResult, ProveEvent, ProveOptions, ProveResult, TargetResult } from './engine/prove.ts'
export { whys } from './engine/reading.ts'
export type { Groups, Reading, Seen, Unseen, Why } from './engine/reading.ts'
export { TargetError, looksAtOwnMachine, parseTarget } from './engine/target.ts'
export type { Target } from './engine/target.ts'
export { readTargets } from './engine/target-file.ts'
export { fieldMeta } from './engine/text.ts'
export type { FieldMeta, Text } from './engine/text.ts'
export { readCsv } from './computer/csv.ts'
export { csvRow } from './exports/csv.ts'
export { ExceptionsError, exceptionFor, readExceptions } from './exports/exceptions.ts'
export type { ExceptionEntry, NearMiss } from './exports/exceptions.ts'
export { exportFormatNames, exportFormats } from './exports/formats.ts'
export type { ExportFormatName } from './exports/formats.ts'
export type { DeclaredException, Judged, Look } from './exports/look.ts'
export { noticeOf } from './http/notice.ts'
export { checkPages } from './pages.ts'
export { recomputeVerdict } from './recompute.ts'
export type { RecomputedVerdict } from './recompute.ts'
export { checkReleases, releaseOf } from './releases.ts'
export { checkOf, checks, connectorOf, connectors } from './registry.ts'
export { selfFacts } from './self/facts.ts'
export type { SelfFacts } from './self/facts.ts'
export { endOfLifeSource, lifecycleOf, refreshEndOfLife } from './versions/end-of-life.ts'
export { lagOf, supportOf } from './versions/support.ts'
export type { Lag, Support } from './versions/support.ts'
