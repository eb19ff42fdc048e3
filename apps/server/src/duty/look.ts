import type { z } from 'zod'
import type { HistoryDependencies, TenantContext } from '../evidence/index.ts'
import { findDay } from './attend.ts'
import type { Day } from './attend.ts'
import { dayAt } from './calendar.ts'
import { figureOf, isOnTime, maySign, stageOf, stateOf } from './duty.ts'
import * as store from './store.ts'
import type { DutyRow, OccurrenceRow } from './store.ts'
import type { DutyView, OccurrenceView } from './views.ts'

/** Every duty with its due days, and what is needed to say how they stand. */
export interface Looked {
  readonly day: Day
  readonly duties: readonly DutyRow[]
  readonly byDuty: ReadonlyMap<string, readonly OccurrenceRow[]>
  readonly names: ReadonlyMap<string, string>
  /** The account of each first signature that waits, by the record's id. */
  readonly firsts: ReadonlyMap<string, string | null>
}

/** Reads all of it, in a fixed number of queries. */
export async function look(tx: TenantContext, accountsById: HistoryDependencies['accountsById']): Promise<Looked> {
  const [day, duties] = [await findDay(tx), await store.listDuties(tx)]
  const byDuty = Map.groupBy(await store.listOccurrences(tx), (row) => row.duty_id)
  const wanted = duties.flatMap((duty) => [duty.owner_account ?? [], duty.deputy_account ?? []].flat())
  const known = await accountsById([...new Set([...wanted, ...day.members.map((one) => one.account_id)])])
  const names = new Map([...known].map(([id, { name }]) => [id, name]))
  return { day, duties, byDuty, names, firsts: await store.listFirsts(tx) }
}

export function viewDuty({ day, byDuty, names }: Looked, duty: DutyRow): z.input<typeof DutyView> {
  const rows = byDuty.get(duty.id) ?? []
  const person = (id: string | null) => (id === null ? null : { accountId: id, name: names.get(id) ?? '–' })
  const { owner_role: role } = duty
  return {
    dutyId: duty.id,
    title: duty.title,
    instruction: duty.instruction,
    catalogueId: duty.catalogue_id,
    rhythm: duty.rhythm,
    owner: person(duty.owner_account),
    ownerRole: role === 'dpo' ? null : role,
    deputy: person(duty.deputy_account),
    leadDays: duty.lead_days,
    graceDays: duty.grace_days,
    fourEyes: duty.four_eyes,
    form: [...duty.form],
    isRetired: duty.retired_at !== null,
    figure: figureOf(rows, day.today, (at) => dayAt(at, day.timeZone)),
    next: duty.retired_at === null ? (rows.find((row) => row.done_at === null)?.due_on ?? null) : null,
  }
}

export function viewOccurrence(
  { caller }: TenantContext,
  { day, firsts }: Looked,
  duty: DutyRow,
  row: OccurrenceRow,
): z.input<typeof OccurrenceView> {
  const state = stateOf(row, day.today)
  const { accountId, permissions } = caller
  const isOpen =
    row.done_at === null && duty.retired_at === null && accountId !== null && permissions.includes('duty:sign')
  const isMine = accountId !== null && maySign(duty, accountId, day, stageOf(row, day.today))
  const isSecond =
    row.first_id !== null &&
    firsts.get(row.first_id) !== accountId &&
    (permissions.includes('edition:sign') || isMine || duty.deputy_account === accountId)
  return {
    occurrenceId: row.id,
    dutyId: duty.id,
    title: duty.title,
    label: row.label,
    dueOn: row.due_on,
    lastOn: row.last_on,
    fromOn: row.from_on,
    state,
    doneOn: row.done_on,
    doneAt: row.done_at?.toISOString() ?? null,
    isOnTime: isOnTime(row),
    maySign: isOpen && isMine && row.first_id === null,
    mayConfirm: isOpen && isSecond,
  }
}

/** All due days of duties, the oldest first; of retired duties only what is over. */
export function allOccurrences(tx: TenantContext, looked: Looked): z.input<typeof OccurrenceView>[] {
  return looked.duties
    .flatMap((duty) => (looked.byDuty.get(duty.id) ?? []).map((row) => viewOccurrence(tx, looked, duty, row)))
    .filter(({ dutyId, state }) => state === 'done' || isActive(looked, dutyId))
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn) || a.title.localeCompare(b.title))
}

function isActive({ duties }: Looked, id: string): boolean {
  return duties.some((duty) => duty.id === id && duty.retired_at === null)
}
