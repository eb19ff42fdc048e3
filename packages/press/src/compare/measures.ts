import { linesOf } from '../edition.ts'
import type { EditionDocument, Line } from '../edition.ts'
import { differencesOf } from './change.ts'
import type { Difference } from './kinds.ts'
import { shareOf } from './level.ts'
import type { MeasureKinds } from './level.ts'

/** What two documents say of one measure of the catalogue. */
export interface MeasureRow {
  readonly measure: string
  readonly title: string
  /** Id of the goal that it serves first; empty for a measure that the catalogue does not know. */
  readonly goal: string
  readonly strength: number
  /** Lines that promise it, best first; empty: the document does not speak of it. */
  readonly left: readonly Line[]
  readonly right: readonly Line[]
  /** In what the best line of the right document promises something else than that of the left one. */
  readonly differences: readonly Difference[]
}

/** Two documents by the measures that they speak of. */
export interface MeasureTable {
  readonly rows: readonly MeasureRow[]
  readonly counts: { readonly both: number; readonly left: number; readonly right: number }
}

/** Of two different documents only these can be compared; everything else belongs to the one provider. */
const comparable = new Set<Difference['aspect']>(['status', 'condition', 'parameter', 'rhythm', 'guarantor'])

/**
 * Sets the documents of two providers side by side, measure by measure, as whoever chooses between them needs it. Their
 * sentences have nothing in common, so no line of the one becomes a line of the other.
 */
export function compareMeasures(left: EditionDocument, right: EditionDocument, kinds: MeasureKinds): MeasureTable {
  const [ones, others] = [byMeasure(left), byMeasure(right)]
  const languages = [left.language, right.language] as const
  const rows = [...new Set([...ones.keys(), ...others.keys()])].map((measure): MeasureRow => {
    const [mine, theirs] = [ones.get(measure) ?? [], others.get(measure) ?? []]
    const [best, other] = [mine[0], theirs[0]]
    const kind = kinds(measure)
    const part = (best ?? other)?.parts.find((one) => one.measure === measure)
    return {
      measure,
      title: part?.title ?? measure,
      goal: kind?.goal ?? '',
      strength: kind?.strength ?? 0,
      left: mine,
      right: theirs,
      differences:
        best && other ? differencesOf(best, other, languages).filter(({ aspect }) => comparable.has(aspect)) : [],
    }
  })
  return {
    rows: rows.toSorted(
      (a, b) => a.goal.localeCompare(b.goal, 'en') || b.strength - a.strength || (a.measure < b.measure ? -1 : 1),
    ),
    counts: {
      both: rows.filter((row) => row.left.length > 0 && row.right.length > 0).length,
      left: rows.filter((row) => row.right.length === 0).length,
      right: rows.filter((row) => row.left.length === 0).length,
    },
  }
}

function byMeasure(edition: EditionDocument): Map<string, Line[]> {
  const pairs = linesOf(edition.sections).flatMap((line) => line.parts.map(({ measure }) => ({ measure, line })))
  return new Map(
    [...Map.groupBy(pairs, ({ measure }) => measure)].map(([measure, lines]) => [
      measure,
      lines.map(({ line }) => line).toSorted((a, b) => shareOf(b) - shareOf(a)),
    ]),
  )
}
