import { addDays } from '../calendar/index.ts'
import { findDay } from '../duty/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { deadlinesOf } from './cra.ts'
import { attendLetters } from './letters.ts'
import { isOver } from './report.ts'
import { stand } from './stand.ts'
import * as store from './store.ts'
import type { ReportRow } from './store.ts'

const hourMs = 3_600_000

/** Reminders: each told once, in this order. */
const reminders = [
  'acknowledge',
  'acknowledge-late',
  'disclose-soon',
  'disclose-due',
  'cra-warning',
  'cra-warning-late',
  'cra-notification',
  'cra-notification-late',
  'cra-final',
  'cra-final-late',
] as const

/** A reminder. */
type Reminder = (typeof reminders)[number]

/** How long before a deadline of the Cyber Resilience Act somebody is reminded. Milliseconds. */
const craAhead = { warning: 12 * hourMs, notification: 24 * hourMs, final: 3 * 24 * hourMs } as const

/** How many days before a day of disclosure. */
const discloseAheadDays = 14

/** What somebody should have been reminded of by now. */
function dueReminders(
  row: ReportRow,
  { now, today, timeZone }: { now: Date; today: string; timeZone: string },
): Reminder[] {
  const due: Reminder[] = []
  if (row.acknowledged_at === null) {
    if (today > row.acknowledge_by) due.push('acknowledge-late')
    else if (today >= addDays(row.acknowledge_by, -1)) due.push('acknowledge')
  }
  if (row.disclose_on !== null && !isOver(row.state)) {
    if (today >= row.disclose_on) due.push('disclose-due')
    else if (today >= addDays(row.disclose_on, -discloseAheadDays)) due.push('disclose-soon')
  }
  for (const { stage, dueAt, doneAt } of deadlinesOf(row, timeZone)) {
    if (dueAt === null || doneAt !== null) continue
    if (now >= dueAt) due.push(`cra-${stage}-late`)
    else if (now.getTime() >= dueAt.getTime() - craAhead[stage]) due.push(`cra-${stage}`)
  }
  return due
}

/** Reminds of what is due in a tenant, once each. Any number of times, by any number of processes. */
export async function attendReports(tx: TenantContext): Promise<void> {
  await attendLetters(tx)
  const rows = await store.listReports(tx)
  const day = { now: tx.now, ...(await findDay(tx)) }
  let isLate = false
  for (const { id } of rows.filter((row) => news(row, day).length > 0)) {
    const row = await store.getReport(tx, id, true)
    const fresh = news(row, day)
    await store.changeReport(tx, id, { told: [...row.told, ...fresh] })
    for (const reminder of fresh)
      await tx.append({ type: 'report.reminded', about: { kind: 'report', id }, code: reminder, by: 'system' })
    isLate ||= fresh.includes('acknowledge-late')
  }
  // What is late now counts against the measure from now on.
  if (isLate) await stand(tx)
}

function news(row: ReportRow, day: Parameters<typeof dueReminders>[1]): Reminder[] {
  return dueReminders(row, day).filter((one) => !row.told.includes(one))
}
