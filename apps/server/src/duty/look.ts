import type { z } from 'zod'
import type { HistoryDependencies, TenantContext } from '../evidence/index.ts'
import { findDay } from './attend.ts'
import type { Day } from './attend.ts'
import { dayAt } from '../calendar/index.ts'
import { isOnTime, maySign, stageOf, stateOf } from './duty.ts'
import type { Figure } from './duty.ts'
import * as lists from './list-store.ts'
import type { FigureRow, Mine } from './list-store.ts'
import * as store from './store.ts'
import type { DutyRow, OccurrenceRow } from './store.ts'
import type { DutyView, OccurrenceView } from './views.ts'

/** Some duties, and what is needed to say how they stand. */
export interface Looked {
  readonly day: Day
  readonly duties: readonly DutyRow[]
  readonly figures: ReadonlyMap<string, FigureRow>
  readonly names: ReadonlyMap<string, string>
}

/** Reads some duties with their figures, in a fixed number of queries. @param ids null: all of them */
export async function look(
  tx: TenantContext,
  ids: readonly string[] | null,
  accountsById: HistoryDependencies['accountsById'],
): Promise<Looked> {
  const day = await findDay(tx)
  const duties = await store.listDuties(tx, ids)
  const figures = await lists.listFigures(
    tx,
    duties.map(({ id }) => id),
    day.today,
  )
  const people = duties.flatMap((duty) => [duty.owner_account ?? [], duty.deputy_account ?? []].flat())
  const known = await accountsById([...new Set(people)])
  return { day, duties, figures, names: new Map([...known].map(([id, { name }]) => [id, name])) }
}

/** The figure of a duty, as {@link figureOf} counts it. */
export function figureOfRow(row: FigureRow | undefined, timeZone: string): Figure {
  if (!row) return { onTime: 0, counted: 0, recordedLater: 0 }
  const later = (row.late ?? []).filter(({ at, last }) => dayAt(new Date(at), timeZone) > last)
  return { onTime: row.on_time, counted: row.counted, recordedLater: later.length }
}

export function viewDuty({ day, figures, names }: Looked, duty: DutyRow): z.input<typeof DutyView> {
  const row = figures.get(duty.id)
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
    figure: figureOfRow(row, day.timeZone),
    next: duty.retired_at === null ? (row?.next ?? null) : null,
  }
}

/** Due days with their duties, as the caller sees them. */
export async function viewOccurrences(
  tx: TenantContext,
  day: Day,
  duties: ReadonlyMap<string, DutyRow>,
  rows: readonly OccurrenceRow[],
): Promise<z.input<typeof OccurrenceView>[]> {
  const firsts = await store.listFirsts(
    tx,
    rows.flatMap(({ first_id: id }) => id ?? []),
  )
  return rows.flatMap((row) => {
    const duty = duties.get(row.duty_id)
    return duty ? [viewOccurrence(tx, { day, firsts }, duty, row)] : []
  })
}

/** @param firsts the account of each first signature that waits, by the record's id */
function viewOccurrence(
  { caller }: TenantContext,
  { day, firsts }: { readonly day: Day; readonly firsts: ReadonlyMap<string, string | null> },
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

/** What the caller can act on at each stage; null: nothing, as they may sign off nothing or are no person. */
export async function mineOf(tx: TenantContext, day: Day): Promise<Mine | null> {
  const { accountId, permissions } = tx.caller
  if (accountId === null || !permissions.includes('duty:sign')) return null
  const stages = { usual: 1, overdue: 2, missed: 4 } as const
  const duties = (await lists.listOwned(tx)).flatMap((duty): [string, number][] => {
    const at = (stage: keyof typeof stages) => (maySign(duty, accountId, day, stage) ? stages[stage] : 0)
    const all = at('usual') + at('overdue') + at('missed')
    return all === 0 ? [] : [[duty.id, all]]
  })
  return {
    accountId,
    duties,
    isSecond: permissions.includes('edition:sign'),
  }
}
