/**
 * The publication: the public pages as files, and what their forms brought, for a portal without a database.
 *
 * - What is published is what a stranger without an account is answered, found by following the links of the pages: drafts, and
 *   whatever only somebody may see, cannot get into it.
 * - Files are named by their hash and written first; the one file that names them is replaced last, so no reader sees a half.
 * - What is posted comes sealed to a key that only this process can make; it is handed to the same code as a form posted here,
 *   exactly once: its id is noted in the transaction that keeps it.
 *
 * Sources: Art. 25(1), 32(1)(b) GDPR (what faces everybody holds as little as it can); the age format, https://age-encryption.org/v1.
 */
export { openLead } from './lead.ts'
export { openPublisher } from './publisher.ts'
export { openRounds } from './rounds.ts'
export { onceIn, openTaking } from './taking.ts'
export type { Submission } from './taking.ts'
