/**
 * Editions: immutable, published versions of the TOM document, and the drafts before them.
 *
 * - A draft is made by the machine and seen only by those who are signed in or sit at the machine; an edition is signed off
 *   by a signatory and public.
 * - A published edition never changes: the database refuses it, the ledger would show it.
 * - Nobody signs what they did not see: a draft whose promises changed meanwhile is refused.
 * - The public text opens in the bundle; what only customers or auditors may see stays a commitment there.
 *
 * Sources: Art. 28(3)(c), 32 GDPR; EDPB Guidelines 07/2020 no. 126 (measures in enough detail to assess them).
 */
export { annexForms, annexOf } from './annex.ts'
export { changesSinceDay } from './comparison.ts'
export { compare as comparePromises } from './decision.ts'
export { currentLines } from './live.ts'
export { checkEditions } from './taken-over.ts'
export { fileOf, formatNamed } from './files.ts'
export { editionOperations } from './operations.ts'
export { proveLine } from './line-proof.ts'
export { makeDraft, zipBundle } from './publish.ts'
export type { EditionDependencies } from './publish.ts'
export { editionErrors } from './errors.ts'
export { isOscal, oscalDownload, oscalFile, oscalFormats, oscalLinks } from './oscal.ts'
export {
  documentOf,
  findLast as findPublished,
  findNewest,
  findNumber,
  get as getEdition,
  listPublished,
} from './store.ts'
export type { EditionRow } from './store.ts'
