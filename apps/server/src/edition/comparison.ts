import { z } from 'zod'
import { aspects, assurances, changeKinds, directions, linesOf } from '@art32/press'
import type { Change, EditionDocument } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { compare, decisionsOf, keyOf } from './decision.ts'
import type { DecisionTaken } from './decision.ts'
import { buildEdition } from './edition.ts'
import { editionErrors } from './errors.ts'
import * as store from './store.ts'

const Side = z.object({
  /** Null: the register as it is now. */
  editionId: z.uuid().nullable(),
  number: z.int().nullable(),
  date: z.iso.datetime(),
  language: z.enum(['en', 'de']),
})

const Assurance = z.enum(assurances)
const LineRef = z.object({ id: z.string(), text: z.string() })

/** One line of two editions, as a page shows it. */
const ChangeView = z.object({
  /** Names exactly this change, for a decision. */
  key: z.string(),
  kind: z.enum(changeKinds),
  before: LineRef.nullable(),
  after: LineRef.nullable(),
  words: z.array(z.object({ in: z.enum(['both', 'before', 'after']), text: z.string() })),
  differences: z.array(
    z.object({
      aspect: z.enum(aspects),
      of: z.string(),
      before: z.string(),
      after: z.string(),
      direction: z.enum(directions),
    }),
  ),
  assurance: z.object({ before: Assurance, after: Assurance, because: z.array(z.string()) }).nullable(),
  decision: z.enum(['needed', 'not-needed']),
  /** Lines whose measures the catalogue names as alternatives of what was lost. */
  alternatives: z.array(LineRef),
  decided: z
    .object({ reason: z.string(), equivalent: LineRef.nullable(), by: z.string(), at: z.iso.datetime() })
    .nullable(),
})

const Level = z.object({
  points: z.number(),
  terms: z.array(z.object({ measure: z.string(), title: z.string(), strength: z.number(), share: z.number() })),
})

/** Two editions beside each other; lines that are the same and equally backed are only counted. */
export const ComparisonView = z.object({
  from: Side,
  to: Side,
  counts: z.object({
    same: z.int(),
    reworded: z.int(),
    translated: z.int(),
    changed: z.int(),
    added: z.int(),
    removed: z.int(),
    /** Changes of which a person has to say that they are meant, and those of which nobody has. */
    decisions: z.int(),
    undecided: z.int(),
  }),
  changes: z.array(ChangeView),
  levels: z.array(z.object({ goal: z.string(), before: Level, after: Level })),
})

/** The two editions of a comparison, with where they came from. */
export interface Sides {
  readonly before: EditionDocument
  readonly after: EditionDocument
  readonly ids: { readonly before: string; readonly after: string | null }
}

/** Finds both sides. @throws {edition.not_found | edition.nothing_before | measure.no_register} */
export async function sidesOf(
  tx: TenantContext,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<Sides> {
  const earlier = from === undefined ? await store.findLast(tx) : await store.get(tx, from)
  if (!earlier) throw editionErrors.nothing_before()
  const later = to === undefined ? null : await store.get(tx, to)
  return {
    before: store.documentOf(tx, earlier),
    after: later ? store.documentOf(tx, later) : await buildEdition(tx, { state: 'draft', number: null, review: null }),
    ids: { before: earlier.id, after: later?.id ?? null },
  }
}

/** The comparison as pages and programs see it. */
export async function showComparison(
  tx: TenantContext,
  { before, after, ids }: Sides,
): Promise<z.output<typeof ComparisonView>> {
  const { changes, counts, levels } = compare(before, after)
  const open = changes.filter(({ decision }) => decision === 'needed')
  const taken = await decisionsOf(tx, open)
  const texts = new Map(linesOf(after.sections).map(({ id, text }) => [id, text]))
  const side = (edition: EditionDocument, editionId: string | null) => ({
    editionId,
    number: edition.number,
    date: edition.date,
    language: edition.language,
  })
  return {
    from: side(before, ids.before),
    to: side(after, ids.after),
    counts: { ...counts, undecided: open.length - taken.size },
    changes: changes
      .filter(({ kind, assurance }) => kind !== 'same' || assurance !== null)
      .map((change) => viewOf(change, taken.get(change), texts)),
    levels: levels.map(({ goal, before: old, after: now }) => ({
      goal,
      before: { points: old.points, terms: [...old.terms] },
      after: { points: now.points, terms: [...now.terms] },
    })),
  }
}

function viewOf(
  change: Change,
  decided: DecisionTaken | undefined,
  texts: ReadonlyMap<string, string>,
): z.output<typeof ChangeView> {
  const line = (id: string) => ({ id, text: texts.get(id) ?? '' })
  const brief = (one: Change['before']) => one && { id: one.id, text: one.text }
  return {
    key: keyOf(change).toString('hex'),
    kind: change.kind,
    before: brief(change.before),
    after: brief(change.after),
    words: [...change.words],
    differences: [...change.differences],
    assurance: change.assurance && { ...change.assurance, because: [...change.assurance.because] },
    decision: change.decision,
    alternatives: change.alternatives.map(line),
    decided: decided
      ? {
          reason: decided.reason,
          equivalent: decided.equivalent === null ? null : line(decided.equivalent),
          by: decided.by,
          at: decided.at.toISOString(),
        }
      : null,
  }
}

/**
 * What the document as it is says otherwise than the edition that held at a moment, or than the first one where none did.
 *
 * @returns nothing where no edition is published
 */
export async function changesSinceDay(tx: TenantContext, at: Date | null): Promise<readonly Change[]> {
  const published = await store.listPublished(tx)
  const before = published.find(({ made_at: made }) => at !== null && made <= at) ?? published.at(-1)
  if (!before) return []
  const after = await buildEdition(tx, { state: 'draft', number: null, review: null })
  return compare(store.documentOf(tx, before), after).changes
}
