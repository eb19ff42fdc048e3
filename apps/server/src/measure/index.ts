/**
 * Measures: documents that were read, their statements, and the register that grows out of them.
 *
 * - A measure's assurance is computed, never typed: from what the statement says, what a person confirmed it to mean, and
 *   the last verdicts of the checks that prove it with its parameters.
 * - An unconfirmed mapping never rises above `stated`, whatever the checks say.
 * - An exception does not hide: while it holds, every line that rests on its check names it and is never plain verified.
 * - Every change names who, when and what was before, in the ledger; a change from a stale view is refused.
 *
 * Sources: Art. 32 GDPR; Art. 24(1) and 5(2) (accountability).
 */
export { attest, endAttestations, listAttestations, removeAttestation, replaceAttestation } from './attestation.ts'
export { nameSystems } from './authored.ts'
export { standShielded } from './shielded.ts'
export { vouch } from './guarantee.ts'
export type { PartGuarantee } from './measure.ts'
export { addComment, CommentText, CommentView, listComments } from './comment.ts'
export { Condition, LineText, reworded, Values } from './edit.ts'
export { measureErrors } from './errors.ts'
export {
  addException,
  endException,
  exceptionsInForce,
  findOpenException,
  holds,
  listExceptions,
  listOverdueExceptions,
  noteReminder,
} from './exception.ts'
export type { ExceptionRow } from './exception.ts'
export { graceHours } from './measure.ts'
export { adopt, measureOperations } from './operations.ts'
export type { MeasureDependencies } from './operations.ts'
export { keepDocument } from './read.ts'
export type { AuthoredMapping } from './read.ts'
export { assessAll, counts, countRegister, loadRegister, parametersOfRegister } from './register.ts'
export type { Register, RegisterLine } from './register.ts'
export { findRegister, listJudged, readMeasure, saveBacking } from './store.ts'
