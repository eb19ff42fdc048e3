import { keysColumn } from '../format/json-path.ts'
import { statementsColumn } from '../format/sql.ts'
import type { Canonical } from '../operation/canonical.ts'
import type { Operation, Pseudonyms, SubjectOperation } from '../operation/operation.ts'
import type { ColumnPlan, Plan } from '../plan/plan.ts'

/** Pseudonyms of one key, and how a value becomes what is hashed. Columns of one key share its batch. */
export interface Pseudonymiser {
  readonly batch: BatchedValues
  readonly canonical: Canonical
  readonly form: 'text' | 'uuid'
}

/** What is done with the values of one column. */
export type Action =
  | { readonly kind: 'keep' }
  | { readonly kind: 'guard' }
  | { readonly kind: 'text' }
  | { readonly kind: 'delete' }
  | { readonly kind: 'quarantine' }
  | { readonly kind: 'apply'; readonly operation: Operation }
  | { readonly kind: 'shift'; readonly operation: SubjectOperation; readonly subject: number }
  | { readonly kind: 'pseudonym'; readonly by: Pseudonymiser }
  | { readonly kind: 'within'; readonly format: 'json' | 'array' }

/** `Pseudonyms`, or something else that is quicker in batches; `add` returns -1 for a value that it cannot take. */
export type BatchedValues = Pseudonyms

/** Where actions get what they need keys for. */
export interface Means {
  /** @throws ShieldError where a step asks for what cannot be (FF1 over too small a domain) */
  operation(column: ColumnPlan, plan: Plan): Operation
  shift(column: Extract<ColumnPlan, { do: 'shift' }>, plan: Plan): SubjectOperation
  pseudonyms(column: Extract<ColumnPlan, { do: 'pseudonym' }>, plan: Plan): Pseudonymiser
  formatPreserving(column: Extract<ColumnPlan, { do: 'format-preserving' }>, plan: Plan): Pseudonymiser
  /** As `pseudonyms`, with a batch that nobody else fills: for texts, which cannot wait. */
  textPseudonyms(type: string, plan: Plan): Pseudonymiser
  /** The same with batches of their own, for values within a value: those around it still wait in the others. */
  apart(): Means
}

/** Types of which a plan may say that they are nobody's; their values are looked at all the same. */
const harmless = new Set(['harmless', 'number', 'date', 'time', 'code', 'boolean', 'uuid'])

/**
 * What is done with the column that the plan calls by this name; `own` is what its format calls it, `columns` are those of the
 * format, of which a subject is one.
 *
 * A column that keeps its values is guarded unless the plan names the type of personal data that it keeps: that was decided.
 */
export function actionOf(
  name: string,
  columns: readonly string[],
  plan: Plan,
  means: Means,
  own: string = name,
): Action {
  const column = Object.hasOwn(plan.columns, name) ? plan.columns[name] : undefined
  // The keys of a document and the literals of a script may be names or addresses; without them it would be none.
  if (own === keysColumn || own === statementsColumn) return { kind: 'text' }
  if (column === undefined) return { kind: plan.unknown }
  switch (column.do) {
    case 'keep':
      return { kind: harmless.has(column.type) ? 'guard' : 'keep' }
    case 'delete':
    case 'quarantine':
    case 'text':
      return { kind: column.do }
    case 'json':
    case 'array':
      return { kind: 'within', format: column.do }
    case 'shift':
      return { kind: 'shift', operation: means.shift(column, plan), subject: columns.indexOf(column.subject) }
    case 'pseudonym':
      return { kind: 'pseudonym', by: means.pseudonyms(column, plan) }
    case 'format-preserving':
      return { kind: 'pseudonym', by: means.formatPreserving(column, plan) }
    default:
      return { kind: 'apply', operation: means.operation(column, plan) }
  }
}
