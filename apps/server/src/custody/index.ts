/**
 * Custody: what an installation holds in trust for a tenant: all of it can be taken out, and taken in elsewhere; and the
 * keys under which it lies.
 *
 * - An export is one instant of the tenant's database, by its schema; what is left out has a declared reason.
 * - No secret leaves: passwords of connections are entered again, the key of the ledger stays.
 * - An import checks everything before it makes anything; a tenant that does not become whole is removed again.
 * - The earlier log stays sealed and verifiable; the log goes on under a new origin and key, and commits to it first.
 * - A new master key, or data key of a tenant, comes while everybody works; killed at any point it goes on later.
 *
 * Sources: Art. 20, 28(3)(g) GDPR; Regulation (EU) 2023/2854 (Data Act) Art. 25, 30; C2SP tlog-checkpoint.
 */
export { citedCommitments } from './content.ts'
export { exportTenant } from './export.ts'
export type { ExportDependencies } from './export.ts'
export { importTenant, removeHalfMade } from './import.ts'
export type { ImportDependencies } from './import.ts'
export { finishRotations } from './keys.ts'
export { custodyOperations } from './operations.ts'
export type { CustodyDependencies } from './operations.ts'
