import { addDays, addTo, endOf, nextDue } from '../calendar/index.ts'
import type { AbsenceRow, DutyRow, MemberRow, OccurrenceRow } from './store.ts'

/** How a due day stands. `waiting`: signed off once, and the second person has not confirmed. */
export const states = ['coming', 'due', 'overdue', 'missed', 'waiting', 'done'] as const

/** How a due day stands. */
export type State = (typeof states)[number]

/** How a due day stands on a day. `due` is the day itself; `overdue` until the grace is over. */
export function stateOf({ due_on, last_on, done_at, first_id }: OccurrenceRow, today: string): State {
  if (done_at !== null) return 'done'
  if (today > last_on) return 'missed'
  if (first_id !== null) return 'waiting'
  if (today > due_on) return 'overdue'
  return today === due_on ? 'due' : 'coming'
}

/** Whether it was done in time: by the day on which it was done, not by when that was written down. */
export function isOnTime({ done_on, last_on }: Pick<OccurrenceRow, 'done_on' | 'last_on'>): boolean {
  return done_on !== null && done_on <= last_on
}

/** `performed on time 11 of 12`, with what it is made of. */
export interface Figure {
  /** Done within the grace. */
  readonly onTime: number
  /** Done, or missed: what is still open counts for nothing. */
  readonly counted: number
  /** Of those on time: how many were written down only after the grace was over. */
  readonly recordedLater: number
}

/** Counts a duty's due days on a day. @param dayOf the day of an instant in the tenant's time zone */
export function figureOf(rows: readonly OccurrenceRow[], today: string, dayOf: (at: Date) => string): Figure {
  const counted = rows.filter((row) => ['done', 'missed'].includes(stateOf(row, today)))
  const onTime = counted.filter(isOnTime)
  const later = onTime.filter(({ done_at, last_on }) => done_at !== null && dayOf(done_at) > last_on)
  return { onTime: onTime.length, counted: counted.length, recordedLater: later.length }
}

/** Who is away on a day. */
export function absentOn(absences: readonly AbsenceRow[], day: string): ReadonlySet<string> {
  return new Set(
    absences.filter(({ from_on, until_on }) => from_on <= day && day <= until_on).map(({ account_id }) => account_id),
  )
}

/** What says whose a duty is. */
export type Owned = Pick<DutyRow, 'owner_account' | 'owner_role' | 'deputy_account'>

/** Whose a duty is, before anybody is away: the person, or everybody with the role. Who left is nobody. */
export function ownersOf(duty: Owned, members: readonly MemberRow[]): readonly string[] {
  const { byRole, ids } = indexOf(members)
  if (duty.owner_account === null) return byRole.get(duty.owner_role ?? '') ?? []
  return ids.has(duty.owner_account) ? [duty.owner_account] : []
}

/** Members by what they are looked up by: the same list is asked thousands of times. */
interface MemberIndex {
  readonly ids: ReadonlySet<string>
  readonly byRole: ReadonlyMap<string, readonly string[]>
}
const indexes = new WeakMap<readonly MemberRow[], MemberIndex>()

function indexOf(members: readonly MemberRow[]): MemberIndex {
  const known = indexes.get(members)
  if (known) return known
  const roles = Map.groupBy(members, ({ role }) => role)
  const index: MemberIndex = {
    ids: new Set(members.map(({ account_id: id }) => id)),
    byRole: new Map([...roles].map(([role, rows]) => [role, rows.map(({ account_id: id }) => id)])),
  }
  indexes.set(members, index)
  return index
}

/** A stage at which more people are asked than before. */
export type Stage = 'usual' | 'overdue' | 'missed'

/**
 * Who must act: the owner; the deputy while the owner is away, or once it is overdue; the tenant's owners where it is missed, or
 * where nobody of them is there.
 */
export function actingFor(
  duty: Owned,
  { members, absent }: { members: readonly MemberRow[]; absent: ReadonlySet<string> },
  stage: Stage,
): string[] {
  const here = (accounts: readonly string[]) => accounts.filter((id) => !absent.has(id))
  const owners = here(ownersOf(duty, members))
  const { byRole, ids } = indexOf(members)
  const deputies = here(duty.deputy_account !== null && ids.has(duty.deputy_account) ? [duty.deputy_account] : [])
  const heads = here(byRole.get('owner') ?? [])
  const acting = owners.length === 0 || stage !== 'usual' ? [...owners, ...deputies] : owners
  return [...new Set(acting.length === 0 || stage === 'missed' ? [...acting, ...heads] : acting)]
}

/** Whether somebody may sign off: who must act, and an owner also while away. */
export function maySign(
  duty: Owned,
  accountId: string,
  people: Parameters<typeof actingFor>[1],
  stage: Stage,
): boolean {
  return ownersOf(duty, people.members).includes(accountId) || actingFor(duty, people, stage).includes(accountId)
}

/** The stage of a due day on a day. */
export function stageOf(row: OccurrenceRow, today: string): Stage {
  if (today > row.last_on) return 'missed'
  return today > row.due_on ? 'overdue' : 'usual'
}

/** Until when a sign-off counts: to the end of the next due day's grace; where no calendar knows, for a year. */
export function freshUntil(duty: DutyRow, { due_on }: OccurrenceRow, timeZone: string): Date {
  const next = nextDue(duty.rhythm, due_on) ?? addTo(due_on, 'P1Y')
  return endOf(addDays(next, duty.grace_days), timeZone)
}

/** The due days to be made for a duty, up to as many days ahead as it may be done before. @param last the newest there is */
export function datesToMake(
  duty: DutyRow,
  last: string | null,
  today: string,
): Pick<OccurrenceRow, 'duty_id' | 'due_on' | 'from_on' | 'last_on' | 'label'>[] {
  const made = []
  const until = addDays(today, duty.lead_days)
  // Also after years without a server, all that was due is made: it was missed.
  let before = last ?? addDays(duty.starts_on, -1)
  for (let due = nextDue(duty.rhythm, before); due !== null && due <= until; due = nextDue(duty.rhythm, before)) {
    const earliest = addDays(due, -duty.lead_days)
    const from: string | undefined =
      last === null && made.length === 0 ? earliest : [earliest, addDays(before, 1)].toSorted()[1]
    // Nobody can do tomorrow's work of each day today.
    if (from !== undefined && from > today && due > today) break
    made.push({
      duty_id: duty.id,
      due_on: due,
      from_on: from ?? earliest,
      last_on: addDays(due, duty.grace_days),
      label: '',
    })
    before = due
    if (made.length >= 1_000) break
  }
  return made
}

/** How far a due day should have been told by a day: 0 not at all, 1 soon, 2 due, 3 overdue, 4 missed. */
export function toTell(duty: DutyRow, row: OccurrenceRow, today: string): number {
  if (row.done_at !== null) return 0
  if (today > row.last_on) return 4
  if (row.first_id !== null) return 0
  if (today > row.due_on) return 3
  if (today === row.due_on) return 2
  return today >= addDays(row.due_on, -Math.min(duty.lead_days, soonDays)) ? 1 : 0
}

/** How many days before a due day it is told, at most. */
const soonDays = 7
