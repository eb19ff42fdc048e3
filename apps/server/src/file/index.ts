/**
 * Evidence files: what people bring to show that something was done.
 *
 * - Bytes are named by their SHA-256, stored once and sealed with the tenant's key, in the tenant's own database: file, record
 *   and leaf commit together, and a full disk leaves nothing half stored.
 * - What a file is, its bytes say; what could be taken for a second thing is refused. Its name is cleaned and believed in nothing.
 * - A file is never changed. What it is evidence of is added and never taken away.
 * - Who may see a file follows from what it belongs to (`kinds.ts`); until then it is whose who brought it.
 * - "Not scanned" is never "clean".
 *
 * Sources: Art. 5(2) and 24(1) GDPR (to be able to demonstrate), Art. 32(1)(b).
 */
export { addFile, attachFiles, listFiles } from './file.ts'
export { attendFiles, detachGone, removeFilesOf } from './remove.ts'
export type { FileView } from './file.ts'
export { openInspector } from './inspect.ts'
export type { FileInspector, InspectedFile } from './inspect.ts'
export { openContent } from './store.ts'
export { contentErrors, fileErrors } from './errors.ts'
export { fileOperations, FileShown } from './operations.ts'
export type { FileDependencies } from './operations.ts'

/** The queue in which files that belong to nothing are taken away, in every tenant. */
export const fileQueue = 'file.attend'

/** When that is done each day, as cron says it. */
export const fileTime = '41 2 * * *'
