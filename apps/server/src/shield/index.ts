/**
 * The shield: personal data is removed from tables and texts before anything of them is stored.
 *
 * - The bytes that somebody sends live in memory, block by block, and go nowhere else: no file, no log, no job. What is stored is
 *   what came out.
 * - A plan says for each column what is done with it. A column that no plan names is kept back.
 * - Pseudonyms are made with a key of the tenant's own. It is destroyed with the tenant; a plan's epoch cuts old joins.
 * - What was found and done is a report of numbers; its leaf names plan, key and counts, never a value.
 * - A job over objects of a store is worked off object by object, each whole or not at all; its memory does not grow with them.
 * - It is never called anonymous: the output is personal for whoever has the key or can link it.
 *
 * Sources: Art. 4(5), 25(1) and 32(1)(a) GDPR, recital 26; EDPB guidelines 01/2025 on pseudonymisation.
 */
export { guardFacts } from './guard.ts'
export { personKey } from './key.ts'
export { shieldOperations } from './operations.ts'
export { openShield } from './shield.ts'
export { objectQueue, resumeJobs } from './objects/job.ts'
export type { ObjectJob } from './objects/job.ts'
export { openObjectWork } from './objects/work.ts'
export type { ShieldDependencies } from './operations.ts'
export type { ShieldedReport } from './record.ts'
