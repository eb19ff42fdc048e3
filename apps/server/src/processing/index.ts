/**
 * Processing: the records of processing activities, as controller and as processor.
 *
 * - Every field that the law names has its place; what is empty is said to be empty, in the page and in the document.
 * - Controllers are the customers with an agreement in force: nobody writes their names a second time.
 * - The general description of the measures is the edition, named by number with its address.
 * - A version is recorded by a signatory, never changed, and has a leaf; with the first one the duty to review is set up.
 *
 * Source: Art. 30(1), (2), (3) and (4) GDPR.
 */
export { listActivities } from './store.ts'
export { processingOperations } from './operations.ts'
export type { ProcessingDependencies } from './operations.ts'
export { findBody, listActivityNames } from './store.ts'
