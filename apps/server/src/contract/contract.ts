import { addDays } from '../calendar/index.ts'

/** How an agreement stands on a day. `ending`: in force, and its last day is near. */
export const contractStates = ['coming', 'in-force', 'ending', 'expired', 'ended'] as const

/** How an agreement stands on a day. */
export type ContractState = (typeof contractStates)[number]

/** How many days before its last day an agreement is told to be ending: time enough to make another one. */
export const endingDays = 60

/** What decides how an agreement stands. Days are `YYYY-MM-DD`. */
export interface Term {
  readonly valid_from: string
  readonly valid_until: string | null
  readonly ended_on: string | null
}

/** How an agreement stands on a day. What was ended stays ended, whatever its days say. */
export function stateOf({ valid_from: from, valid_until: until, ended_on: ended }: Term, today: string): ContractState {
  if (ended !== null && ended <= today) return 'ended'
  if (until !== null && until < today) return 'expired'
  if (from > today) return 'coming'
  const last = [until, ended].filter((day) => day !== null).toSorted()[0]
  return last !== undefined && last <= addDays(today, endingDays) ? 'ending' : 'in-force'
}

/** Whether somebody may rely on it today. */
export function isInForce(term: Term, today: string): boolean {
  return ['in-force', 'ending'].includes(stateOf(term, today))
}

/** How far the last day of an agreement should have been told: 0 not at all, 1 soon, 2 over. */
export function toTellOf(term: Term, today: string): 0 | 1 | 2 {
  const state = stateOf(term, today)
  if (state === 'expired') return 2
  return state === 'ending' ? 1 : 0
}

/** Of what a customer is told. */
export const announcementKinds = ['measures', 'sub-processor', 'other'] as const

/** Of what a customer is told. */
export type AnnouncementKind = (typeof announcementKinds)[number]

/** The days that a customer has to object, by what the agreement names; something else has the longer of both. */
export function periodOf(
  kind: AnnouncementKind,
  { sub_processor_days: processors, measure_days: measures }: { sub_processor_days: number; measure_days: number },
): number {
  if (kind === 'measures') return measures
  return kind === 'sub-processor' ? processors : Math.max(processors, measures)
}

/** How a notice to a customer stands. `lost`: nobody knows whether it was taken, and it is not sent again by itself. */
export const noticeStates = ['waiting', 'on-its-way', 'sent', 'refused', 'lost', 'by-hand'] as const

/** What a customer said to it; `silent`: nothing within the period. */
export const outcomes = ['accepted', 'objected', 'silent'] as const
