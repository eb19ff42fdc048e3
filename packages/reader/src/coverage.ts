import { catalogue, findMeasure, goals, type CatalogueMeasure, type MeasureId } from '@art32/catalogue'
import type { Coverage, CoverageEntry, Statement } from './schema.ts'
import { REPORTED } from './map.ts'

/** The provisions that coverage is told for, and which measures serve them. */
const provisions: readonly (readonly [key: string, serves: (measure: CatalogueMeasure) => boolean])[] = [
  ['32(1)(a)', (measure) => measure.art32.includes('a')],
  ['32(1)(b)', (measure) => measure.art32.includes('b')],
  ['32(1)(c)', (measure) => measure.art32.includes('c')],
  ['32(1)(d)', (measure) => measure.art32.includes('d')],
  ['25', (measure) => measure.refs.gdpr.some((ref) => ref.startsWith('25'))],
  ['28', (measure) => measure.refs.gdpr.some((ref) => ref.startsWith('28'))],
]

/** How much a statement of this status counts. Planned, negated and inapplicable ones never do. */
export function weightOf(statement: Statement): number {
  if (statement.status === 'in-place') return 1
  return statement.status === 'conditional' ? 0.5 : 0
}

/** What a document covers of Art. 32(1)(a) to (d), Art. 25, Art. 28 and of each protection goal. */
export function readCoverage(statements: readonly Statement[]): Coverage {
  const found = foundMeasures(statements)
  return {
    provisions: provisions.map(([key, serves]) => entry(key, catalogue.filter(serves), statements, found)),
    goals: goals.map(({ id }) => ({
      ...entry(
        id,
        catalogue.filter((measure) => measure.goal === id),
        statements,
        found,
      ),
      key: id,
    })),
  }
}

/** Weight by measure: the best of the statements that speak of it. */
export function foundMeasures(statements: readonly Statement[]): ReadonlyMap<MeasureId, number> {
  const found = new Map<MeasureId, number>()
  for (const statement of statements) {
    const weight = weightOf(statement)
    if (weight === 0) continue
    for (const { id, confidence } of statement.measures) {
      if (confidence >= REPORTED) found.set(id, Math.max(found.get(id) ?? 0, weight))
    }
  }
  return found
}

function entry(
  key: string,
  measures: readonly CatalogueMeasure[],
  statements: readonly Statement[],
  found: ReadonlyMap<MeasureId, number>,
): CoverageEntry {
  const ids = new Set(measures.map((measure) => measure.id))
  const speaking = statements.filter((one) => weightOf(one) > 0 && one.measures.some((measure) => ids.has(measure.id)))
  const weight = Math.max(0, ...speaking.map(weightOf))
  const missing = measures
    .filter((measure) => measure.essential && !isFound(measure, found))
    .map((measure) => measure.id)
  return { key, covered: weight > 0, weight, statements: speaking.map((one) => one.id), missing }
}

/** A measure is there when it or one of its alternatives was found. */
function isFound(measure: CatalogueMeasure, found: ReadonlyMap<MeasureId, number>): boolean {
  return found.has(measure.id) || measure.alternatives.some((id) => found.has(id) && findMeasure(id) !== undefined)
}
