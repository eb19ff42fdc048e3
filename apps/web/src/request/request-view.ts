import type { Output } from '../api/api.ts'

export type Shown = Output<'request.show'>
export type RequestView = Shown['request']
export type RequestLine = Output<'request.list'>['requests'][number]
export type LetterKind = Shown['letters'][number]['kind']

/** What a change of a request makes old. */
export const stale = ['request.show', 'request.list'] as const

export const kinds = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'notification',
  'portability',
  'objection',
  'automated-decision',
  'withdrawal',
  'complaint',
] as const

export const closedStates: readonly RequestLine['state'][] = ['answered', 'refused', 'forwarded']

/** How many days are left until a day; less than none: it is over. */
export function daysLeft(dueOn: string, today: string): number {
  return Math.round((Date.parse(dueOn) - Date.parse(today)) / 86_400_000)
}

/** How a period stands. */
export function standOf(
  { dueOn, isOverdue, state }: Pick<RequestLine, 'dueOn' | 'isOverdue' | 'state'>,
  today: string,
): 'done' | 'over' | 'soon' | 'runs' {
  if (closedStates.includes(state)) return 'done'
  if (isOverdue) return 'over'
  return daysLeft(dueOn, today) <= 3 ? 'soon' : 'runs'
}

/** What is to be done next, the most urgent first. */
export function nextOf({ role, state, lookedAt }: Pick<RequestView, 'role' | 'state' | 'lookedAt'>): Next[] {
  if (closedStates.includes(state)) return []
  if (role === null) return ['triage']
  if (role === 'processor') return ['forward']
  if (state === 'identity') return ['identified']
  return lookedAt === null ? ['look', 'answer'] : ['answer']
}

export type Next = 'triage' | 'forward' | 'identified' | 'look' | 'answer'
