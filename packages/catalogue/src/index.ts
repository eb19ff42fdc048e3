/**
 * The catalogue of technical and organisational measures under Art. 32 GDPR: pure data, no I/O, no dependencies.
 *
 * It says which measures exist, what they protect, where a German reader looks for them, which checks can show them on
 * a live system, what a person would attach instead, and which provisions and standards they serve. With it come the
 * vocabulary of checks, the identifiers of the standards, the faults a document of measures can have, and the trace
 * from the two source documents.
 *
 * Invariants: ids are added or retired, never renamed; every sentence exists in English and German; every reference,
 * check and alternative named exists; a check that only `supports` a measure never shows it alone.
 *
 * Source: Regulation (EU) 2016/679, Art. 25, 28 and 32 to 34; the standards listed in `references` with their editions.
 */
export { catalogue, findMeasure } from './catalogue.ts'
export { checkIds } from './check-ids.ts'
export type { CheckId, CheckName } from './check-ids.ts'
export { controls } from './controls.ts'
export type { Control } from './controls.ts'
export { documentRules } from './document-rules.ts'
export type { DocumentRule, RuleGroup, RuleLevel } from './document-rules.ts'
export { goals } from './goals.ts'
export type { Goal } from './goals.ts'
export type { MeasureId } from './measure-ids.ts'
export { art32Points } from './measure.ts'
export type {
  Art32Point,
  CatalogueMeasure,
  CheckRelation,
  ControlId,
  GoalId,
  MeasureCheck,
  MeasureKind,
  MeasureReferences,
} from './measure.ts'
export type { Language, Text } from './text.ts'
export { referencePage } from './reference-page.ts'
export { references } from './references.ts'
export type { Reference } from './references.ts'
export { retired } from './retired.ts'
export type { RetiredMeasure } from './retired.ts'
export { sourceRows } from './source-rows.ts'
export type { SourceRow } from './source-rows.ts'
export { isViewId, viewOf, views } from './views.ts'
export type { Heading, Place, View, ViewId } from './views.ts'

/** Month of the last change to the measures, `YYYY-MM`. */
export const catalogueVersion = '2026-11'
