/**
 * Reports of vulnerabilities: what strangers tell of weaknesses, what becomes of it, and the advisories about it.
 *
 * - Whoever reports needs no account and no name. They get a link of 32 random bytes, kept as a hash; it reads and answers.
 * - Texts of strangers are text: characters that are not seen or turn others round are taken out before anything is kept.
 * - Who leaves an address gets a receipt with a link of its own, and letters without one when there is something new; none holds
 *   what was typed into the form. How many go to one address, and from here, is bounded.
 * - Files go through `file` before a transaction begins: by content, sealed, scanned where a scanner is there.
 * - A report goes only from one state to the next; whoever takes it for no weakness says why to whoever reported.
 * - The score is FIRST's, computed from the vector; nobody types it.
 * - A published version of an advisory never changes. What is published is valid CSAF 2.0 by rules of our own, or refused.
 * - “Acknowledged on time 5 of 5” counts what was acknowledged or is late; a report that waits too long fails the measure.
 *
 * Sources: RFC 9116; ISO/IEC 29147 and 30111 (as practice); CVSS v4.0 (FIRST); OASIS CSAF 2.0; Regulation (EU) 2024/2847
 * Art. 14; docs/decisions 48, 52.
 */
import { advisoryOperations } from './advisory-operations.ts'
import type { AdvisoryDependencies } from './advisory-operations.ts'
import { reportOperations as ownOperations } from './operations.ts'
import type { ReportDependencies as OwnDependencies } from './operations.ts'

export { listPublished as listAdvisories, listVersions as listAdvisoryVersions } from './advisory-store.ts'
export type { PublishedRow as PublishedAdvisory } from './advisory-store.ts'
export { attendReports } from './attend.ts'
export { whiteFolder } from './csaf.ts'
export type { Publisher } from './csaf.ts'
export { scoreOf } from './cvss.ts'
export { mayWrite, openLink } from './intake.ts'
export { mostFilesAtOnce, Reporting as ReportForm, Text as ReportText } from './said.ts'
export { findReceipt as findReportReceipt } from './letter-store.ts'
export type { LetterRow as ReportLetterRow } from './letter-store.ts'
export { reportLetterQueue, sendReportLetter } from './letters.ts'
export type { ReportLetterJob } from './letters.ts'
export { openReporting } from './reporting.ts'
export type { BroughtFile, Reporting } from './reporting.ts'
export { isShownOpen } from './open.ts'
export { severityWords, stateWords } from './papers.ts'
export { csafFile, metadataFile, placeOf } from './provider.ts'
export { findOwner as findReportOwner, findSetting as findReportSetting, listMessages } from './store.ts'
export type { ReportRow } from './store.ts'

/** What operations on reports and advisories need of the rest of the server. */
export type ReportDependencies = OwnDependencies & AdvisoryDependencies

/** Everything that can be done with reports and advisories. */
export function reportOperations(dependencies: ReportDependencies) {
  return [...ownOperations(dependencies), ...advisoryOperations(dependencies)]
}
