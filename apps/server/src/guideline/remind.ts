import type { TenantContext } from '../evidence/index.ts'
import { addDays, findTimeZone, startOf, todayOf } from '../calendar/index.ts'
import { inForce } from './guideline.ts'
import * as store from './store.ts'
import type { ReminderKind, VersionRow } from './store.ts'

/** The queue of guidelines to be reminded of; its payload is a `GuidelineJob`. */
export const guidelineQueue = 'guideline.remind'

/** A tenant in which a guideline takes effect, waits to be accepted, or is to be reviewed. */
export interface GuidelineJob {
  readonly tenantId: string
}

/** So many days lie between two reminders of one kind, as long as there is reason to. */
const everyDays: Readonly<Record<ReminderKind, number>> = { acceptance: 7, review: 60, overdue: 28 }
/** A review is first reminded of so many days before it is due. */
const reviewAheadDays = 14

/** When to look on a day: before its letters leave at 05:00 UTC, and not before it has begun where the tenant is. */
function hourOf(day: string, timeZone: string): Date {
  const [early, begun] = [new Date(`${day}T04:00:00.000Z`), startOf(day, timeZone)]
  return begun > early ? begun : early
}

/** Asks to be woken on the days on which something is to be said; for what takes effect today, at once. */
export async function remindLater(tx: TenantContext, starts: readonly string[], reviewDue: string): Promise<void> {
  const job: GuidelineJob = { tenantId: tx.tenant.id }
  const [today, timeZone] = [await todayOf(tx), await findTimeZone(tx)]
  for (const day of [...starts, addDays(reviewDue, -reviewAheadDays), addDays(reviewDue, 1)])
    await tx.enqueue(guidelineQueue, job, day > today ? hourOf(day, timeZone) : undefined)
}

/**
 * Reminds of every version in force that somebody has not accepted or that is to be reviewed. Where a day was missed nothing
 * is forgotten: what is open is found on the next one.
 */
export async function attendGuidelines(tx: TenantContext): Promise<void> {
  const today = await todayOf(tx)
  const byGuideline = Map.groupBy(await store.listVersions(tx), (row) => row.guideline_id)
  for (const versions of byGuideline.values()) {
    const version = inForce(versions, today)
    if (!version) continue
    if ((await openOf(tx, version)).length > 0) await remind(tx, version, 'acceptance')
    if (version.review_due < today) await remind(tx, version, 'overdue')
    else if (addDays(version.review_due, -reviewAheadDays) <= today) await remind(tx, version, 'review')
  }
}

/** The members who have not accepted the version in force of a guideline. */
export async function whoHasNotAccepted(tx: TenantContext, guidelineId: string): Promise<string[]> {
  const version = inForce(await store.listVersions(tx, guidelineId), await todayOf(tx))
  return version ? await openOf(tx, version) : []
}

async function openOf(tx: TenantContext, { id }: VersionRow): Promise<string[]> {
  const done = new Set((await store.listAcceptances(tx, [id])).map(({ account_id: one }) => one))
  return (await store.listMembers(tx)).flatMap(({ accountId }) => (done.has(accountId) ? [] : [accountId]))
}

const codes = { acceptance: 'accept', review: 'soon', overdue: 'overdue' } as const

async function remind(tx: TenantContext, version: VersionRow, kind: ReminderKind): Promise<void> {
  const day = await todayOf(tx)
  const every = everyDays[kind]
  if (!(await store.noteReminder(tx, { versionId: version.id, kind, day, every }))) return
  await tx.append({
    type: 'guideline.reminded',
    about: { kind: 'guideline', id: version.guideline_id },
    code: codes[kind],
    content: { content: { number: version.number, reviewDue: version.review_due } },
    by: 'system',
  })
  // One chain for each version and kind: only who reminds asks to be woken again.
  const job: GuidelineJob = { tenantId: tx.tenant.id }
  if (kind !== 'review') await tx.enqueue(guidelineQueue, job, hourOf(addDays(day, every), await findTimeZone(tx)))
}
