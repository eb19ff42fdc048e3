import type { Kind } from './asking.ts'
import { clockOf, daysBetween } from './clock.ts'
import type { Clock } from './clock.ts'

export { kinds } from './asking.ts'
export type { Kind } from './asking.ts'

/** The article behind each. */
export const articles: Readonly<Record<Kind, string>> = {
  access: '15',
  rectification: '16',
  erasure: '17',
  restriction: '18',
  notification: '19',
  portability: '20',
  objection: '21',
  'automated-decision': '22',
  withdrawal: '7(3)',
  complaint: '12',
}

export const sources = ['form', 'mail', 'phone', 'letter', 'person'] as const
export const states = ['open', 'identity', 'extended', 'answered', 'refused', 'forwarded'] as const

/** How a request stands; `extended` is open with more time. */
export type State = (typeof states)[number]

/** Why a request may be refused, in whole or in part, with the place in the law. */
export const grounds = [
  'excessive',
  'unfounded',
  'not-identified',
  'no-data',
  'expression',
  'legal-duty',
  'public-interest',
  'claims',
  'rights-of-others',
  'compelling-grounds',
  'other',
] as const

/** Why a request may be refused. */
export type Ground = (typeof grounds)[number]

export const groundSources: Readonly<Record<Ground, string>> = {
  excessive: 'Art. 12(5)(b)',
  unfounded: 'Art. 12(5)(b)',
  'not-identified': 'Art. 11(2), 12(2)',
  'no-data': 'Art. 15(1)',
  expression: 'Art. 17(3)(a)',
  'legal-duty': 'Art. 17(3)(b)',
  'public-interest': 'Art. 17(3)(c), (d)',
  claims: 'Art. 17(3)(e)',
  'rights-of-others': 'Art. 15(4), 20(4)',
  'compelling-grounds': 'Art. 21(1)',
  other: 'Art. 12(4)',
}

export const letterKinds = ['receipt', 'identity', 'extension', 'answer', 'refusal', 'forwarded'] as const

/** What a letter is for. */
export type LetterKind = (typeof letterKinds)[number]

/** What the rules need to know of a request. */
export interface Timed {
  readonly state: 'open' | 'identity' | 'answered' | 'refused' | 'forwarded'
  readonly received_on: string
  readonly waited_days: number
  readonly identity_asked_on: string | null
  readonly extended_on: string | null
  readonly decided_on: string | null
  readonly decided_due: string | null
}

/** Whether a request was answered, refused or passed on. */
export function isClosed({ state }: Pick<Timed, 'state'>): boolean {
  return state === 'answered' || state === 'refused' || state === 'forwarded'
}

/** How it stands, as people read it. */
export function shownState({ state, extended_on: extended }: Timed): State {
  return state === 'open' && extended !== null ? 'extended' : state
}

/** The clock of a request on a day; while it waits for who the person is, each day moves the end by one. */
export function clockFor(row: Timed, today: string, country: string): Clock {
  const waits = row.state === 'identity' && row.identity_asked_on !== null
  const waiting = waits ? daysBetween(row.identity_asked_on ?? today, today) : 0
  return clockOf(row.received_on, row.extended_on === null ? 1 : 3, row.waited_days + waiting, country)
}

/** Whether the last day is over and nobody has decided. */
export function isOverdue(row: Timed, today: string, country: string): boolean {
  return !isClosed(row) && clockFor(row, today, country).dueOn < today
}

/** How many requests were decided in time, of those that were decided or are overdue. */
export function figureOf(
  rows: readonly Timed[],
  today: string,
  country: string,
): { readonly onTime: number; readonly counted: number; readonly lateSince: string | null } {
  const done = rows.filter((row) => row.decided_on !== null)
  const late = rows.filter((row) => isOverdue(row, today, country)).map((row) => clockFor(row, today, country).dueOn)
  return {
    onTime: done.filter((row) => (row.decided_on ?? '') <= (row.decided_due ?? '')).length,
    counted: done.length + late.length,
    lateSince: late.toSorted()[0] ?? null,
  }
}

/** Days before the end on which the owner is reminded, the earliest first; 0: the last day, -1: it is over. */
export const reminderDays = [10, 3, 0, -1] as const

/** How many reminders a clock has come to. */
export function remindersDue({ dueOn }: Clock, today: string): number {
  const left = Math.round((Date.parse(dueOn) - Date.parse(today)) / 86_400_000)
  return reminderDays.filter((days) => left <= days).length
}
