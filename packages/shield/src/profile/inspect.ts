import { makeFinder } from '../detect/find.ts'
import { makeDetectors, textDetectors } from '../detect/registry.ts'
import { makeTyper } from '../detect/type-of.ts'
import { openGazetteer, readGazetteer } from '../names/gazetteer.ts'
import { makeSpans } from '../text/spans.ts'
import { ColumnSample } from './column.ts'
import { type Judgement, judgeColumn } from './judge.ts'

/** What some values of one column look like: numbers and types, never a value. */
export interface Inspection {
  /** Not empty ones. */
  readonly values: number
  /** How many are this and nothing else, by id of the detector. */
  readonly whole: ReadonlyMap<string, number>
  /** How many have this in them, as running text is read: weak check digits count beside words that name them only. */
  readonly inside: ReadonlyMap<string, number>
  /** What all of them together are, without what the column is called. */
  readonly judged: Judgement
}

/**
 * Makes what looks at samples of columns with all detectors and the gazetteer; keeps buffers, so one for many columns.
 *
 * @param country whose telephone numbers have no country code: ISO 3166, lower case
 */
export function makeInspector(country = 'de'): (values: Iterable<string>) => Inspection {
  const detectors = makeDetectors({ country })
  const typer = makeTyper(detectors)
  const finder = makeFinder(textDetectors(detectors))
  const names = openGazetteer(readGazetteer())
  const found = new Uint16Array(detectors.length)
  const spans = makeSpans()
  const encoder = new TextEncoder()

  return (values) => {
    const sample = new ColumnSample(detectors.length)
    const inside = new Map<string, number>()
    for (const value of values) {
      const bytes = encoder.encode(value)
      sample.add(bytes, 0, bytes.length, typer, names, found)
      spans.count = 0
      finder.find(bytes, 0, bytes.length, spans)
      const types = new Set(spans.type.subarray(0, spans.count))
      for (const type of types) count(inside, finder.detectors[type]?.id ?? '')
    }
    const whole = new Map(
      detectors.flatMap(({ id }, index) => {
        const hits = sample.hits[index] ?? 0
        return hits === 0 ? [] : [[id, hits] as const]
      }),
    )
    return { values: sample.values, whole, inside, judged: judgeColumn('', sample, detectors) }
  }
}

function count(counts: Map<string, number>, id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1)
}
