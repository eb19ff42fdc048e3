import { linesOf } from '../edition.ts'
import type { EditionDocument, Line } from '../edition.ts'
import { likeness, wordsOf } from './words.ts'

/** A line of the earlier edition and what it became: null where it is gone, or where it is new. */
export interface Pair {
  readonly before: Line | null
  readonly after: Line | null
}

/** Below this, two lines that share no measure are two lines. */
const alikeAlone = 0.6
/** Lines that share a measure say the same thing in other words from here on. */
const alikeWithMeasure = 0.2
/** So many lines of one measure are looked at for a partner: a document repeats itself, but not without end. */
const mostCandidates = 200

/**
 * Finds for each line of the earlier edition what it became: the same statement, the same text, or the line most like it
 * by its measures and its words. In the order of the later edition; what is gone stands where it stood.
 */
export function matchLines(before: EditionDocument, after: EditionDocument): Pair[] {
  const old = linesOf(before.sections)
  const now = linesOf(after.sections)
  const found = new Map<Line, Line>()
  const free = new Set(now)
  const take = (one: Line, other: Line | undefined): void => {
    if (!other || !free.has(other) || found.has(one)) return
    found.set(one, other)
    free.delete(other)
  }
  const byId = new Map(now.map((line) => [line.id, line]))
  for (const line of old) take(line, byId.get(line.id))
  const byText = Map.groupBy(free, ({ text }) => text)
  for (const line of old)
    if (!found.has(line))
      take(
        line,
        byText.get(line.text)?.find((other) => free.has(other)),
      )
  const left = old.filter((line) => !found.has(line))
  const isTranslated = before.language !== after.language
  for (const { one, other } of bestFirst(left, [...free], isTranslated)) take(one, other)
  return inOrder(old, now, found)
}

function bestFirst(
  old: readonly Line[],
  now: readonly Line[],
  isTranslated: boolean,
): { one: Line; other: Line; score: number }[] {
  const byMeasure = Map.groupBy(
    now.flatMap((line) => line.parts.map(({ measure }) => ({ line, measure }))),
    ({ measure }) => measure,
  )
  const words = new Map([...old, ...now].map((line) => [line, wordsOf(line.text)]))
  const wordsIn = (line: Line): Set<string> => words.get(line) ?? new Set()
  const byWord = Map.groupBy(
    now.flatMap((line) => [...wordsIn(line)].filter((word) => word.length > 5).map((word) => ({ line, word }))),
    ({ word }) => word,
  )
  const scored = old.flatMap((one) => {
    const candidates = new Set([
      ...one.parts
        .flatMap(({ measure }) => (byMeasure.get(measure) ?? []).slice(0, mostCandidates))
        .map(({ line }) => line),
      ...[...wordsIn(one)].flatMap((word) => (byWord.get(word) ?? []).slice(0, mostCandidates)).map(({ line }) => line),
    ])
    return [...candidates].flatMap((other) => {
      const measures = likeness(measuresOf(one), measuresOf(other))
      const said = isTranslated ? 0 : likeness(wordsIn(one), wordsIn(other))
      const isPair = measures > 0 ? isTranslated || said >= alikeWithMeasure : said >= alikeAlone
      return isPair ? [{ one, other, score: measures + said }] : []
    })
  })
  return scored.toSorted((a, b) => b.score - a.score)
}

const measuresOf = (line: Line): Set<string> => new Set(line.parts.map(({ measure }) => measure))

/** The later order; a line that is gone comes after the nearest one before it that stayed. */
function inOrder(old: readonly Line[], now: readonly Line[], found: ReadonlyMap<Line, Line>): Pair[] {
  const from = new Map([...found].map(([before, after]) => [after, before]))
  const gone = new Map<Line | null, Pair[]>([[null, []]])
  let kept: Line | null = null
  for (const line of old) {
    const after = found.get(line)
    kept = after ?? kept
    if (after) gone.set(after, [])
    else gone.get(kept)?.push({ before: line, after: null })
  }
  return [
    ...(gone.get(null) ?? []),
    ...now.flatMap((after) => [{ before: from.get(after) ?? null, after }, ...(gone.get(after) ?? [])]),
  ]
}
