import { linesOf } from '../edition.ts'
import type { EditionDocument, Line } from '../edition.ts'
import type { Assurance } from '../assurance.ts'
import { differencesOf } from './change.ts'
import type { ChangeKind, Difference } from './kinds.ts'
import { matchLines } from './match.ts'
import { levelsOf } from './level.ts'
import type { GoalLevel, MeasureKinds } from './level.ts'
import { compareWords } from './words.ts'
import type { Run } from './words.ts'

/** One line of two editions. */
export interface Change {
  readonly kind: ChangeKind
  readonly before: Line | null
  readonly after: Line | null
  /** The text, word by word; empty for what is the same or translated. */
  readonly words: readonly Run[]
  /** In what the promise differs. */
  readonly differences: readonly Difference[]
  /** Present where the line is backed otherwise than before. This is no promise, so it needs no decision. */
  readonly assurance: {
    readonly before: Assurance
    readonly after: Assurance
    /** What ran out or is overdue, by processor and title; empty where nothing that the edition shows says why. */
    readonly because: readonly string[]
  } | null
  /**
   * Whether a person has to decide: something is promised less, or nobody can compute whether it is. The computer never
   * says that two promises are equivalent.
   */
  readonly decision: 'needed' | 'not-needed'
  /** Ids of lines of the later edition whose measures the catalogue names as alternatives of what was lost. */
  readonly alternatives: readonly string[]
}

/** Two editions of one provider, or of two. */
export interface Comparison {
  readonly changes: readonly Change[]
  readonly counts: Readonly<Record<ChangeKind, number>> & { readonly decisions: number }
  /** The level of protection per goal, computed openly: every term of each sum is there. */
  readonly levels: readonly GoalLevel[]
}

/**
 * Compares what two editions promise, line by line.
 *
 * @param kinds what the catalogue says of a measure
 * @source Art. 28(3)(c), 32(1) GDPR: a processor may replace measures, and must not fall below the level that was agreed
 */
export function compareEditions(before: EditionDocument, after: EditionDocument, kinds: MeasureKinds): Comparison {
  const languages = [before.language, after.language] as const
  const pairs = matchLines(before, after)
  const changes = pairs.flatMap(({ before: old, after: now }): Change[] => {
    if (old && now) return [changed(old, now, languages, after, kinds)]
    if (old) return [removed(old, after, kinds)]
    return now ? [added(now)] : []
  })
  const counts = { same: 0, reworded: 0, translated: 0, changed: 0, added: 0, removed: 0, decisions: 0 }
  for (const { kind, decision } of changes) {
    counts[kind] += 1
    if (decision === 'needed') counts.decisions += 1
  }
  return { changes, counts, levels: levelsOf(before, after, kinds) }
}

function changed(
  before: Line,
  after: Line,
  languages: readonly [EditionDocument['language'], EditionDocument['language']],
  edition: EditionDocument,
  kinds: MeasureKinds,
): Change {
  const differences = differencesOf(before, after, languages)
  const isTranslated = languages[0] !== languages[1]
  const lost = differences.filter(({ aspect, direction }) => aspect === 'measure' && direction === 'weaker')
  return {
    kind:
      differences.length > 0
        ? 'changed'
        : before.text === after.text
          ? 'same'
          : isTranslated
            ? 'translated'
            : 'reworded',
    before,
    after,
    words: before.text === after.text || isTranslated ? [] : compareWords(before.text, after.text),
    differences,
    assurance:
      before.assurance === after.assurance
        ? null
        : { before: before.assurance, after: after.assurance, because: reasonsOf(after, edition) },
    decision: differences.some(({ direction }) => direction !== 'stronger') ? 'needed' : 'not-needed',
    alternatives: alternativesIn(
      edition,
      lost.map(({ of }) => of),
      kinds,
    ),
  }
}

/** What speaks against a line of an edition besides its checks. */
function reasonsOf({ overdue = [], parts }: Line, { date }: EditionDocument): string[] {
  const over = parts.flatMap(({ backing }) =>
    backing.flatMap((one) =>
      one.kind === 'agreement' && one.until !== undefined && Date.parse(one.until) <= Date.parse(date)
        ? [`${one.processor}: ${one.title}`]
        : [],
    ),
  )
  return [...new Set([...overdue, ...over])]
}

function removed(before: Line, after: EditionDocument, kinds: MeasureKinds): Change {
  // What was not in place is no promise that could get less.
  const promised = before.status === 'in-place' || before.status === 'conditional' || before.status === 'planned'
  return {
    kind: 'removed',
    before,
    after: null,
    words: [{ in: 'before', text: before.text }],
    differences: [
      { aspect: 'line', of: '', before: before.text, after: '', direction: promised ? 'weaker' : 'stronger' },
    ],
    assurance: null,
    decision: promised ? 'needed' : 'not-needed',
    alternatives: alternativesIn(
      after,
      before.parts.map(({ measure }) => measure),
      kinds,
    ),
  }
}

function added(after: Line): Change {
  // A line that says that something is missing takes nothing back, but a person should know what it means for the others.
  const isBad = after.status === 'not-in-place'
  return {
    kind: 'added',
    before: null,
    after,
    words: [{ in: 'after', text: after.text }],
    differences: [{ aspect: 'line', of: '', before: '', after: after.text, direction: isBad ? 'other' : 'stronger' }],
    assurance: null,
    decision: isBad ? 'needed' : 'not-needed',
    alternatives: [],
  }
}

/** Lines in place that carry an alternative of a measure which was lost. */
function alternativesIn(edition: EditionDocument, lost: readonly string[], kinds: MeasureKinds): string[] {
  const wanted = new Set(lost.flatMap((measure) => [measure, ...(kinds(measure)?.alternatives ?? [])]))
  if (lost.length === 0) return []
  return linesOf(edition.sections)
    .filter(({ status, parts }) => status === 'in-place' && parts.some(({ measure }) => wanted.has(measure)))
    .map(({ id }) => id)
}
