/**
 * Disclosure: documents beside the edition, and what is not for everybody given out on request, to people without an account.
 *
 * - Whoever asks learns nothing but that it was received, whether they asked before or not.
 * - A link is 32 random bytes, kept as a hash and made only when its letter is written. It ends by itself, can be ended,
 *   and says plainly that it has.
 * - What is not for everybody is shown only after its terms were accepted; the acceptance stands in the ledger as a
 *   commitment that leads to a person only as long as the request is kept.
 * - A document is sealed with the tenant's key and named by its SHA-256 in the ledger; each time one is taken is recorded.
 *
 * Rooms are for guests who ask and are answered, with an account; this is for a reader who wants a file.
 *
 * Source: Art. 28(3)(h) GDPR (all information necessary to demonstrate compliance).
 */
export { accept, findByToken, take } from './link.ts'
export type { Opened, Refusal } from './link.ts'
export { disclosureQueue, sendDisclosure } from './letter.ts'
export type { DisclosureJob } from './letter.ts'
export { disclosureOperations } from './operations.ts'
export { ask, retentionMonths } from './ask.ts'
export { Asking } from './asking.ts'
export { listDocuments, openDocument } from './store.ts'
export type { DocumentRow as DisclosedDocument } from './store.ts'
