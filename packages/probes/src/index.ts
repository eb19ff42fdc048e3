/**
 * Probes: looks at live systems and judges what was seen.
 *
 * A connector looks (`collect` → reading: facts, strictly parsed, or the reason why there are none); a check judges
 * facts purely and says only pass, fail or info; the engine alone says not-evaluated, not-applicable and stale.
 * "Could not look" is never a pass and never a fail. One folder per connector, one file per check.
 *
 * Holds no state: no database, no schedule, no server. Time, chance, name servers and limits are given. Everything
 * that comes out is plain JSON and free of credentials; settings go in and never come out.
 *
 * Legal source: Art. 32(1)(d) GDPR, a process for regularly testing the effectiveness of the measures.
 */
export { openAnswers } from './api/answers.ts'
export { openBudgets } from './api/budget.ts'
export { cross } from './crossing/attempts.ts'
export type { Neighbours } from './crossing/attempts.ts'
export { countByWay } from './crossing/ways.ts'
export type { Attempt, Way, WayFacts } from './crossing/ways.ts'
export { judgedOtherwise } from './engine/compare.ts'
export type { Turn } from './engine/compare.ts'
export { bindParameters, findingKey, judge, rollUp } from './engine/judge.ts'
export type { Binding, Outcome, OutcomeState } from './engine/judge.ts'
export { isFor } from './engine/check.ts'
export type { Check, Service, Severity, Verdict } from './engine/check.ts'
export { accountsIn, collect } from './engine/connector.ts'
export type { Account, Connector, Context, Facts, Privilege } from './engine/connector.ts'
export { durationMs } from './engine/duration.ts'
export { formOf, parametersOf, secretsOf, targetOfSettings } from './engine/form.ts'
export type { FormField } from './engine/form.ts'
export { defaultContext, prove } from './engine/prove.ts'
export type { AskedOften, CheckResult, ProveEvent, ProveOptions, ProveResult, TargetResult } from './engine/prove.ts'
export { whys } from './engine/reading.ts'
export type { Groups, Reading, Seen, Unseen, Why } from './engine/reading.ts'
export { TargetError, looksAtOwnMachine, parseTarget } from './engine/target.ts'
export type { Target } from './engine/target.ts'
export { readTargets } from './engine/target-file.ts'
export { fieldMeta } from './engine/text.ts'
export type { FieldMeta, Text } from './engine/text.ts'
export { noticeOf } from './http/notice.ts'
export { checkPages } from './pages.ts'
export { checkOf, checks, connectorOf, connectors } from './registry.ts'
export { selfFacts } from './self/facts.ts'
export type { SelfFacts } from './self/facts.ts'
export { endOfLifeSource, refreshEndOfLife } from './versions/end-of-life.ts'
