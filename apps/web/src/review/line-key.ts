import type { Operation } from '../api/api.ts'
import type { KeyPress } from '../frame/keys.ts'

/** What changes with a decision. */
export const staleReviews = ['review.list', 'review.show', 'review.questions'] as const satisfies readonly Operation[]

/** What a key does on an account of a review. */
export type ReviewAction = 'keep' | 'remove' | 'ask' | 'next' | 'previous'

const actions: Readonly<Record<string, ReviewAction>> = {
  k: 'keep',
  r: 'remove',
  a: 'ask',
  ArrowDown: 'next',
  ArrowUp: 'previous',
}

/** The action of a key on a focused account; letters only where they are switched on (WCAG 2.2, 2.1.4). */
export function reviewAction(press: KeyPress, letters: boolean): ReviewAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  if (!letters && press.key.length === 1) return null
  return actions[press.key] ?? null
}
