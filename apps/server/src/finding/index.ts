/**
 * Findings: each fail that somebody must deal with, by a key that stays the same over all looks.
 *
 * - A fail opens it, where the check judged this system before only once a second look says the same; a verdict that is no
 *   fail closes it, "could not look" leaves it as it is.
 * - An exception is granted by name, with a reason and a last day within twelve months. It hides nothing: the finding is
 *   excepted and not closed, and open again when the exception ends.
 * - Owner, due date and comments are people's; opening, closing, assigning and excepting stand in the ledger.
 *
 * Source: Art. 32(1)(d) GDPR: evaluating the effectiveness means dealing with what was found.
 */
export { attendExceptions, exceptionQueue } from './exception.ts'
export type { ExceptionJob } from './exception.ts'
export { countFindings, listFindings } from './list.ts'
export { findingOperations } from './operations.ts'
export { lookTwice, secondLookQueue, settleFindings } from './settle.ts'
export type { SecondLook } from './settle.ts'
export { findingErrors } from './errors.ts'
export { findFinding, listOwners } from './store.ts'
