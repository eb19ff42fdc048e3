/**
 * Evidence: the ledger of every tenant and of the installation, and the only way into a tenant's database.
 *
 * - A change and its pending leaf commit together; one sequencer per log integrates and signs batches, each in one transaction.
 * - A leaf holds no free text and no identifier: content and salt lie beside it and can be erased; the tree stays whole.
 * - A log never signs a head that contradicts the last one it signed.
 * - A tenant that came from another installation keeps its earlier log, sealed; the present one commits to its head first.
 * - Tenants' heads are anchored in the instance log within a minute, and at each publication at once.
 *
 * Sources: RFC 6962, C2SP signed-note and tlog-checkpoint, EDPB Guidelines 02/2025 (commitments instead of personal data).
 */
export type { Happening } from './append.ts'
export { ProvenCertificate, openClosings } from './closing.ts'
export type { Closings } from './closing.ts'
export { csvOf } from './csv.ts'
export { addEarlierLog, continueLog, findEarlier, restate } from './earlier.ts'
export { anchorQueue, openLedgers } from './keeper.ts'
export type { AnchorJob, Ledgers } from './keeper.ts'
export { findHistory, HistoryEvent } from './history.ts'
export type { HistoryDependencies } from './history.ts'
export { evidenceOperations } from './operations.ts'
export { proofsAbout } from './about.ts'
export { bundleOf } from './bundle.ts'
export { stampedHead, witnessedHead } from './vouched-head.ts'
export { openTenants, tenantOperation } from './tenants.ts'
export { takeTurn } from './turn.ts'
export type { Entrant, TenantCaller, TenantContext, Tenants } from './tenants.ts'
export { erase, findIndexes, findState, listContents, listEntries as readEntries, listOpenings } from './store.ts'
export { logFile } from './log-files.ts'
export type { LogFile } from './log-files.ts'
export { integratePending } from './sequencer.ts'
export { maxSubmission, openWitness } from './witness.ts'
export type { Witness } from './witness.ts'
export { openWitnessing } from './witnessing.ts'
export { openStamping } from './stamping.ts'
export type { Stamping } from './stamping.ts'
export type { Witnessing } from './witnessing.ts'
export { openSnapshot } from './snapshot.ts'
export type { Snapshot } from './snapshot.ts'
export type { Queryable } from './store.ts'
