/**
 * Reads a document of technical and organisational measures (Art. 32 GDPR): statements mapped to catalogue measures,
 * what the law and the protection goals get from them, and the faults of the document.
 *
 * The order of work is fixed: residue, then status words, then mapping, then coverage, then wording and substance, since
 * a planned or negated statement must never count as present. Reading is deterministic and offline; the same bytes give
 * the same result on the same day. A document is attacker-controlled: sizes are checked before anything is unpacked,
 * every expression is bounded, and whatever cannot be read ends as a {@link ReaderError} that says what to do.
 *
 * A mapping is a proposal with a confidence. Where the reader is not sure it says so; a person confirms.
 * Source of the faults: the document rules of the catalogue. Output: `docs/reference/reader-schema.md`.
 */
export { ReaderError, readerErrorCodes } from './error.ts'
export type { ReaderErrorCode, ReaderErrorParams } from './error.ts'
export { limits } from './limits.ts'
export type { Limits } from './limits.ts'
export { readLine } from './line.ts'
export { readText } from './read.ts'
export type { Progress, ReadOptions } from './read.ts'
export { checkSize, readDocument } from './document.ts'
export { documentRulesPage } from './document-rules-page.ts'
export { detectedRules } from './faults/faults.ts'
export type {
  Cadence,
  Column,
  Coverage,
  CoverageEntry,
  Fault,
  Format,
  MappedMeasure,
  Parameters,
  ReadResult,
  Statement,
  StatementStatus,
  StatementType,
} from './schema.ts'
