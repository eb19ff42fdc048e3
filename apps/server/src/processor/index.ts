/**
 * Processors: who processes for the tenant, on what contract, what they vouch for, and how customers hear of a change.
 *
 * - A processor is never deleted: it is planned, active, or ended. What it says of itself comes from its own papers, and a
 *   template says nothing that could be false tomorrow.
 * - A certificate expires. A report speaks of a period and counts for months after it; a bridge letter carries it on.
 * - It stands behind a measure while an agreement and a report or certificate are on file and in force, and not a day longer.
 * - A change is announced before it holds, told to each reader once, and does not hold while an objection is open.
 * - What could not be looked at is neither changed nor unchanged.
 *
 * Sources: Art. 28(1), (2), (3) and (4), 44 to 49 GDPR; EDPB Opinion 22/2024 (identity of all processors of the chain).
 */
export { attendProcessors, processorQueue, processorTime } from './attend.ts'
export { letterAbout, noteDelivery } from './change.ts'
export type { ChangeTold, Periods } from './change.ts'
export { listNamed, listSubProcessors } from './disclose.ts'
export { watchQueue } from './document-operations.ts'
export type { WatchJob } from './document-operations.ts'
export { addProcessor, hasProcessors, processorOperations } from './operations.ts'
export type { ProcessorDependencies } from './operations.ts'
export { listProcessors } from './store.ts'
export { changedList, publicList } from './public.ts'
export type { PublicChange, PublicList } from './public.ts'
export { placeNames, transferText, words as processorWords } from './words.ts'
export { lookAtDocuments } from './watch.ts'
