import { counts, isUnconfirmed } from '../register/register-view.ts'
import type { FaultView, StatementView } from '../api/api.ts'

/** What the list of statements shows. */
export const views = ['all', 'open', 'unsure', 'faults'] as const
export type View = (typeof views)[number]

/** Whether a statement belongs to a view. */
export function inView(
  view: View,
  statement: StatementView,
  faults: ReadonlyMap<string | null, readonly FaultView[]>,
): boolean {
  if (view === 'all') return true
  if (view === 'faults') return faults.has(statement.id)
  if (!counts(statement)) return false
  if (view === 'unsure')
    return !statement.sure && (isUnconfirmed(statement.measure) || statement.measure.parts.length === 0)
  return isUnconfirmed(statement.measure) || statement.measure.parts.length === 0
}

/** The lines one can stand on: those with a measure, also those that were set aside. */
export function stops(statements: readonly StatementView[]): readonly string[] {
  return statements.filter(({ measure }) => measure !== null).map(({ id }) => id)
}

/** The line after or before the current one; stays at the ends; the first when there is no current one. */
export function step(ids: readonly string[], current: string | null, by: 1 | -1): string | null {
  const at = current === null ? -1 : ids.indexOf(current)
  if (at === -1) return ids[0] ?? null
  return ids[at + by] ?? current
}

/** The next line that waits for a confirmation, after the current one and then from the start; null when none does. */
export function nextOpen(statements: readonly StatementView[], current: string): string | null {
  const at = statements.findIndex(({ id }) => id === current)
  const ahead = [...statements.slice(at + 1), ...statements.slice(0, Math.max(at, 0))]
  return ahead.find((statement) => counts(statement) && isUnconfirmed(statement.measure))?.id ?? null
}

/** How far the reading is: lines, and those of them whose meaning is confirmed. */
export function progressOf(statements: readonly StatementView[]): {
  readonly lines: number
  readonly confirmed: number
} {
  const lines = statements.filter(counts)
  return {
    lines: lines.length,
    confirmed: lines.filter(({ measure }) => measure.parts.length > 0 && !isUnconfirmed(measure)).length,
  }
}

/**
 * The parts into which a text falls when a person puts each on a line of its own. Words between two parts may be left
 * out ("and"); words that the text does not have may not be put in.
 *
 * @returns null when there are fewer than two, or one is not in the text after the one before
 */
export function partsOf(text: string, lines: string): readonly string[] | null {
  const parts = lines
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  let from = 0
  for (const part of parts) {
    const at = text.indexOf(part, from)
    if (at < 0) return null
    from = at + part.length
  }
  return parts.length >= 2 ? parts : null
}
