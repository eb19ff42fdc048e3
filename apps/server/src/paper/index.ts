/**
 * Papers: how an organisation hands out documents other than its editions, and the letterhead of all of them.
 *
 * - An operation gives a `Paper` (what it says) and the form that was asked for; the file is set in a process of its own, after
 *   the transaction has ended.
 * - The letterhead is the tenant's: a logo that was decoded and written anew, and a colour that can be read.
 * - A table is handed out without formulas: what others wrote is text, for whoever opens the file too.
 *
 * Sources: PDF/UA-1 (ISO 14289-1), RFC 4180, OWASP CSV Injection.
 */
export { paperDownload, paperErrors } from './download.ts'
export type { PaperWish } from './download.ts'
export { findLetterhead } from './letterhead.ts'
export { ledgerProof } from './proof.ts'
export { letterheadOperations } from './letterhead-operations.ts'
