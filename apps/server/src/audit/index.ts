/**
 * Audits: people look at the measures, regularly.
 *
 * - A review walks through everything that changed, lapsed or failed since the last signed one, and ends in a signed record.
 * - An internal audit walks through a sample, drawn by a seed that stands in the ledger, so that nobody picks what is looked at.
 * - What is walked through is collected at the opening and does not move meanwhile. Nothing is signed while an item is undecided.
 * - A signed audit never changes; what it found is followed up until somebody says what was done.
 * - A signed review stands behind "measures are reviewed", a signed internal audit behind "internal audits", for a year.
 *
 * Source: Art. 32(1)(d) GDPR: regularly testing, assessing and evaluating the effectiveness of the measures.
 */
export { auditOperations } from './operations.ts'
export type { AuditDependencies } from './operations.ts'
