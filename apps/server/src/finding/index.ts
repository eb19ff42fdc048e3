/**
 * Findings: each fail that somebody must deal with, by a key that stays the same over all looks.
 *
 * - A fail opens it, a verdict that is no fail closes it, "could not look" leaves it as it is.
 * - Owner and due date are a person's; opening, closing and assigning stand in the ledger.
 *
 * Source: Art. 32(1)(d) GDPR: evaluating the effectiveness means dealing with what was found.
 */
export { countFindings, findingOperations, listFindings, settleFindings } from './finding.ts'
