import { linesOf } from '../edition.ts'
import type { EditionDocument, Line } from '../edition.ts'

/** What a comparison needs to know of a measure of the catalogue; undefined for one that it does not know. */
export type MeasureKinds = (measure: string) => MeasureKind | undefined

/** A measure of the catalogue, as far as protection goes. */
export interface MeasureKind {
  /** Id of the goal that it serves first. */
  readonly goal: string
  /** 1 helps a little, 2 is solid practice, 3 carries the protection. */
  readonly strength: 1 | 2 | 3
  /** Ids of measures that may stand in for it, which a person decides. */
  readonly alternatives: readonly string[]
}

/** What one measure adds to the level of its goal. */
export interface Term {
  readonly measure: string
  readonly title: string
  readonly strength: number
  /** 1 in place, 0.5 under a condition or with an exception, 0 planned or not in place. */
  readonly share: number
}

/** The level of protection of one goal before and after: the sum over measures of strength times share. */
export interface GoalLevel {
  readonly goal: string
  readonly before: { readonly points: number; readonly terms: readonly Term[] }
  readonly after: { readonly points: number; readonly terms: readonly Term[] }
}

/**
 * The level of protection per goal of two editions: what is *promised*, each measure once, at the best line that promises it.
 *
 * A number to look at, not a verdict: it shows where to look and every term of it can be read.
 */
export function levelsOf(before: EditionDocument, after: EditionDocument, kinds: MeasureKinds): GoalLevel[] {
  const old = termsOf(before, kinds)
  const now = termsOf(after, kinds)
  const goals = [...new Set([...old.keys(), ...now.keys()])].toSorted()
  const side = (terms: readonly Term[] = []) => ({
    points: terms.reduce((sum, { strength, share }) => sum + strength * share, 0),
    terms: terms.toSorted((a, b) => (a.measure < b.measure ? -1 : 1)),
  })
  return goals.map((goal) => ({ goal, before: side(old.get(goal)), after: side(now.get(goal)) }))
}

function termsOf(edition: EditionDocument, kinds: MeasureKinds): Map<string, Term[]> {
  const best = new Map<string, Term & { goal: string }>()
  for (const line of linesOf(edition.sections)) {
    for (const { measure, title } of line.parts) {
      const kind = kinds(measure)
      if (!kind) continue
      const share = shareOf(line)
      if (share <= (best.get(measure)?.share ?? -1)) continue
      best.set(measure, { measure, title, strength: kind.strength, share, goal: kind.goal })
    }
  }
  return new Map(
    [...Map.groupBy(best.values(), ({ goal }) => goal)].map(([goal, terms]) => [
      goal,
      terms.map(({ measure, title, strength, share }) => ({ measure, title, strength, share })),
    ]),
  )
}

/** How much of a measure a line promises: 1 in place, a half under a condition or with an exception, 0 otherwise. */
export function shareOf({ status, exception }: Line): number {
  if (status === 'in-place') return exception ? 0.5 : 1
  return status === 'conditional' ? 0.5 : 0
}
