import { createHash } from 'node:crypto'

/** A walk through all that changed, lapsed or failed; or through a sample of what is said to be in place. */
export const auditKinds = ['review', 'internal'] as const

/** How an audit stands. */
export const auditStates = ['planned', 'open', 'signed', 'cancelled'] as const

/** How an audit stands. */
export type AuditState = (typeof auditStates)[number]

/** Why something is in the walk. */
export const reasons = [
  'failing',
  'lapsed',
  'absent',
  'planned',
  'added',
  'removed',
  'changed',
  'reworded',
  'exception',
  'open-finding',
  'overdue',
  'not-on-time',
  'risk-open',
  'risk-due',
  'only-stated',
  'sampled',
  'own',
] as const

/** Why something is in the walk. */
export type Reason = (typeof reasons)[number]

/** How bad a finding of an audit is. */
export const severities = ['major', 'minor', 'observation'] as const

export function stateOf(row: {
  readonly opened_at: Date | null
  readonly signed_at: Date | null
  readonly cancelled_at: Date | null
}): AuditState {
  if (row.cancelled_at !== null) return 'cancelled'
  if (row.signed_at !== null) return 'signed'
  return row.opened_at === null ? 'planned' : 'open'
}

/**
 * Draws a sample that anybody can draw again: those whose SHA-256 of seed and id comes first. Nobody picks, and a seed cannot be
 * tried out unseen, since each opening stands in the ledger.
 *
 * @returns as many as there are, at most `count`, in the order of the draw
 */
export function sampleOf<T extends { readonly id: string }>(all: readonly T[], seed: string, count: number): T[] {
  const rank = (id: string) => createHash('sha256').update(`${seed} ${id}`).digest('hex')
  return all
    .map((one) => ({ one, rank: rank(one.id) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ one }) => one)
}
