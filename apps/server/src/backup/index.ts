/**
 * Backups with proof: every night all of the installation, sealed to keys that are not on the machine.
 *
 * - Each database is copied as it is at one instant; its files of evidence and its ledger lie in it.
 * - A backup is whole when its signed manifest lies beside it; what lies there before is none.
 * - A drill restores it, reads it back and compares; what it cannot open or find is said, never passed over.
 * - The part of a tenant opens only with a key that is destroyed with the tenant.
 * - Where it is asked for, the log of the embedded database is kept as well, with copies of its files: a restore to a moment.
 *
 * Sources: Art. 32(1)(c) and (d) GDPR; ISO/IEC 27001:2022 A.8.13; https://age-encryption.org/v1
 */
export { backupQueue, backupTime, drillQueue, drillTime, openBackups, sendQueue, sendTime } from './backups.ts'
export type { Backups } from './backups.ts'
export type { Alert as BackupAlert } from './state.ts'
export { openContinuous } from './continuous/continuous.ts'
export type { Continuous } from './continuous/continuous.ts'
export { logUntil, noteLogEnd, noteLogGoesOn } from './continuous/ended.ts'
export { restorePoint } from './continuous/point.ts'
export type { RestoredPoint } from './continuous/point.ts'
export { backupErrors } from './errors.ts'
export { backupOperations } from './operations.ts'
export type { BackupDependencies } from './operations.ts'
export { tallying } from './archive.ts'
export { drill, lookAtLedger } from './drill.ts'
export type { DrillResult } from './drill.ts'
export { chosenPlace, openPart, restoreInstallation } from './restore.ts'
export type { RestoredInstallation } from './restore.ts'
