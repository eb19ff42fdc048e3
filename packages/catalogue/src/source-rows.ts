import type { CheckId } from './check-ids.ts'
import type { MeasureId } from './measure-ids.ts'

/** One row of the trace from the two source documents to the catalogue. */
export type SourceRow = {
  /** Frame F and H, confidentiality C, integrity I, availability A, review R, minimisation M. */
  readonly row: string
  readonly title: string
  readonly measures: readonly MeasureId[]
  /** Checks that can show the row on a running system; empty where only people can confirm it. */
  readonly checks: readonly CheckId[]
  /** The product holds to the row itself. */
  readonly keeps?: boolean
}

/** Every row of the two source documents and the measures that carry it. */
export const sourceRows: readonly SourceRow[] = []
