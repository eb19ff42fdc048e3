/**
 * Privacy: what the installation stores about people, why and for how long, as data; and what follows from it.
 *
 * - `fields.ts` declares every stored field, `purposes.ts` why it is stored, `rules.ts` when it ends. The privacy notice, the
 *   daily deletion, the export and the erasure of an account are made of these three; the gate `personal-data` holds them
 *   against the migrations.
 * - What ran out is deleted in small batches, daily; each run is kept with its counts.
 * - A deleted account is found nowhere by name or address; ledgers stay whole, since they hold commitments only.
 *
 * Sources: Art. 5(1)(b) and (e), 12 to 21, 25, 30 GDPR.
 */
export { dataAbout } from './export.ts'
export { openErasures, eraseAddress } from './erasure.ts'
export { inControl } from './installation-log.ts'
export { noticePage } from './notice.ts'
export { privacyOperations } from './operations.ts'
export type { PrivacyDependencies } from './operations.ts'
export { purposes } from './purposes.ts'
export { nameOfStore } from './stores.ts'
export { searchStores } from './search.ts'
export {
  listRuns as listRetentionRuns,
  openRetention,
  overdueHours,
  retentionQueue,
  retentionTime,
} from './retention.ts'
export type { EndedRun, Retention, RetentionJob, RetentionRun, RunSignOff } from './retention.ts'
export { ruleIds, rules } from './rules.ts'
export type { Rule as RetentionRule, RuleId as RetentionRuleId } from './rules.ts'
