import type { ControlId, MeasureId } from '@art32/catalogue'
import { lexicon } from './lexicon/index.ts'
import { holds } from './lexicon/rule.ts'
import { fold } from './normalise.ts'
import type { MappedMeasure } from './schema.ts'

/** Characters of one sentence that are looked at; the rest of a longer one is read in further pieces. */
const WINDOW = 1_500

/** Pieces of one sentence that are read: thirty thousand letters without a full stop are no sentence. */
const PIECES = 20

/** Below this, a mapping is not reported. Chosen on whole documents left out, see `bench.ts`. */
export const REPORTED = 0.5

/** From this on, the reader calls itself sure. */
export const CERTAIN = 0.8

/**
 * The catalogue measures that a sentence speaks of, best first. Deterministic; depends on nothing but the text and the
 * control groups of its section.
 */
export function mapSentence(text: string, controls: ReadonlySet<ControlId>): MappedMeasure[] {
  const best = new Map<string, number>()
  for (const piece of pieces(fold(text.slice(0, WINDOW * PIECES)))) {
    for (const [id, rules] of lexicon()) {
      for (const rule of rules) {
        if (rule.confidence > (best.get(id) ?? 0) && holds(rule, piece, controls)) best.set(id, rule.confidence)
      }
    }
  }
  return [...best]
    .filter(([, confidence]) => confidence >= REPORTED)
    .map(([id, confidence]) => ({ id: id as MeasureId, confidence }))
    .toSorted((a, b) => b.confidence - a.confidence || a.id.localeCompare(b.id))
}

function pieces(folded: string): string[] {
  const found: string[] = []
  for (let from = 0; from < folded.length && found.length < PIECES; from += WINDOW)
    found.push(folded.slice(from, from + WINDOW + 100))
  return found
}
