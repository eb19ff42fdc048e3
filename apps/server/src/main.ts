/**
 * The server: one process with the API, the jobs and the public pages, for whoever starts it.
 *
 * `startServer` puts the modules together; `makeHome` does the main job: the installation's own tenant with its document,
 * proofs and first draft edition. Killed at any moment, the next start finishes what was committed.
 *
 * Source: Art. 32(1)(d) GDPR; an installation proves its own measures on itself.
 */
export type { Diagnosis } from './diagnosis.ts'
export { examine } from './doctor.ts'
export { listFindings } from './finding/index.ts'
export type { Wanted } from './connection/index.ts'
export { addProcessors, fillTenant, lookOnceAndPause, makeHome, ownDocument, readAuthored, sendFacts } from './home.ts'
export type { AuthoredDocument, Say } from './home.ts'
export { AppError } from './kernel/index.ts'
export type { AnyOperation } from './kernel/index.ts'
export { countRegister, findRegister, keepDocument, loadRegister } from './measure/index.ts'
export { readConfig } from './platform/index.ts'
export type { Config } from './platform/index.ts'
export { drillElsewhere, newBackupKey, restore, restoreTo, tenantPart } from './restored.ts'
export type { BackupAlert } from './backup/index.ts'
export type { RestoreWish } from './restored.ts'
export { startThrowAway } from './throw-away.ts'
export type { ThrowAway } from './throw-away.ts'
export { startServer, version } from './server.ts'
export type { Server, StartOptions } from './server.ts'
export { homeSlug } from './tenant/index.ts'
