import type { TenantContext } from '../evidence/index.ts'
import { removeAttestation, replaceAttestation } from '../measure/index.ts'
import { dayAt, endOf, findTimeZone } from '../calendar/index.ts'
import { absentOn, actingFor, datesToMake, figureOf, freshUntil, stateOf, toTell } from './duty.ts'
import type { Stage } from './duty.ts'
import * as store from './store.ts'
import type { DutyRow, MemberRow, OccurrenceRow } from './store.ts'

/** The queue in which duties are attended to, in every tenant. */
export const dutyQueue = 'duty.attend'

/** Each hour: a day begins at another one in each time zone. */
export const dutyTime = '7 * * * *'

/** How far it was told, as a leaf says it. */
const codes = ['', 'soon', 'due', 'overdue', 'missed'] as const

/** What to know of today and of who is there. */
export interface Day {
  readonly today: string
  readonly timeZone: string
  readonly members: readonly MemberRow[]
  readonly absent: ReadonlySet<string>
}

/** Today in the tenant's time zone, and who is there. */
export async function findDay(tx: TenantContext): Promise<Day> {
  const timeZone = await findTimeZone(tx)
  const today = dayAt(tx.now, timeZone)
  const members = await store.listMembers(tx)
  return { today, timeZone, members, absent: absentOn(await store.listAbsences(tx), today) }
}

/** Makes what becomes due, tells of it once, and notes what was missed. Any number of times, by any number of processes. */
export async function attendDuties(tx: TenantContext): Promise<void> {
  const duties = await store.lockActive(tx)
  if (duties.length === 0) return
  const day = await findDay(tx)
  const known = Map.groupBy(await store.listOccurrences(tx), (row) => row.duty_id)
  for (const duty of duties) await attendOne(tx, duty, known.get(duty.id) ?? [], day)
}

/** The same for one duty, locked. */
export async function attendDuty(tx: TenantContext, duty: DutyRow): Promise<void> {
  await attendOne(tx, duty, await store.listOccurrences(tx, duty.id), await findDay(tx))
}

async function attendOne(tx: TenantContext, duty: DutyRow, known: readonly OccurrenceRow[], day: Day): Promise<void> {
  const made = datesToMake(duty, known.at(-1)?.due_on ?? null, day.today)
  for (const one of made) await store.addOccurrence(tx, one)
  const rows = made.length === 0 ? known : await store.listOccurrences(tx, duty.id)
  let isChanged = made.length > 0
  for (const row of rows) {
    const told = toTell(duty, row, day.today)
    if (told <= row.told) continue
    await store.noteTold(tx, row.id, told)
    isChanged = true
    const code = codes[told]
    await tx.append({
      type: told === 4 ? 'duty.missed' : 'duty.reminded',
      about: { kind: 'duty', id: duty.id },
      ...(code === undefined || told === 4 ? {} : { code }),
      content: { content: { occurrence: row.id, dueOn: row.due_on } },
      by: 'system',
    })
  }
  if (isChanged) await attest(tx, duty)
}

/** Says anew how a duty stands behind its measure: after each of its changes. */
export async function attest(tx: TenantContext, duty: DutyRow): Promise<void> {
  const of = { source: 'duty', source_id: duty.id } as const
  if (duty.catalogue_id === null || duty.retired_at !== null) {
    await removeAttestation(tx, of)
    return
  }
  const { today, timeZone } = await findDay(tx)
  const rows = await store.listOccurrences(tx, duty.id)
  const last = rows.findLast((row) => row.done_at !== null)
  const records = await store.listSignOffs(tx, duty.id)
  const record = last && records.findLast((one) => one.occurrence_id === last.id && one.kind === 'given')
  const missed = rows.find((row) => stateOf(row, today) === 'missed')
  const { onTime, counted } = figureOf(rows, today, (at) => dayAt(at, timeZone))
  const commitment = record?.commitment ?? null
  const signed = last && record && commitment !== null
  await replaceAttestation(tx, {
    ...of,
    catalogue_id: duty.catalogue_id,
    title: duty.title,
    role: signed ? record.role : null,
    given_at: signed ? record.at : null,
    effective_on: signed ? record.effective_on : null,
    fresh_until: signed ? freshUntil(duty, last, timeZone) : null,
    commitment: signed ? commitment : null,
    // What was done later makes good what was missed before: it stays in the figure.
    overdue_since: missed && (!last || last.due_on < missed.due_on) ? endOf(missed.last_on, timeZone) : null,
    on_time: onTime,
    counted,
  })
}

/** Who is told of a duty: whoever must act at this stage. */
export async function listTold(
  tx: TenantContext,
  dutyId: string,
  type: string,
  code: string | null,
): Promise<string[]> {
  const duty = await store.findDuty(tx, dutyId)
  if (!duty) return []
  const stage: Stage = type === 'duty.missed' ? 'missed' : code === 'overdue' ? 'overdue' : 'usual'
  return actingFor(duty, await findDay(tx), stage)
}

/** The last day for which somebody can say that it was done: today, and not before the day on which it could be. */
export function possibleDays(row: OccurrenceRow, today: string): { readonly from: string; readonly until: string } {
  return { from: row.from_on <= today ? row.from_on : today, until: today }
}
