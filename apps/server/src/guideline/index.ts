/**
 * Guidelines: rules for people, such as those on passwords, a clean desk or backups.
 *
 * - The draft is edited; a version is approved by somebody who may sign, is never edited, and takes effect on a day.
 * - Whoever wrote a text does not approve it where somebody else could; where nobody else can, the version says so.
 * - Each member accepts each version by themselves; a new version asks everybody again.
 * - While a version is in force and its review is not overdue, it signs off the organisational measures that it covers.
 * - Approval, review, acceptance and withdrawal are records of their own, each with a leaf; the text lies beside the ledger.
 *
 * Sources: Art. 24(2) and 32(4) GDPR; ISO/IEC 27001:2022 A.5.1 and A.6.2.
 */
export { guidelineOperations } from './operations.ts'
export type { GuidelineDependencies } from './operations.ts'
export { attendGuidelines, guidelineQueue, whoHasNotAccepted } from './remind.ts'
export type { GuidelineJob } from './remind.ts'
