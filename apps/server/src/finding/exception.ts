import type { TenantContext } from '../evidence/index.ts'
import {
  addException,
  endException,
  exceptionsInForce,
  findOpenException,
  listOverdueExceptions,
  noteReminder,
} from '../measure/index.ts'
import type { ExceptionRow } from '../measure/index.ts'
import { exceptionErrors } from './errors.ts'
import { dayAfter, latestEnd, reminderDays, reminderOf, stateOf } from './finding.ts'
import { getFinding } from './store.ts'

/** The queue of exceptions whose end comes near; its payload is an `ExceptionJob`. */
export const exceptionQueue = 'finding.exception'

/** A tenant in which an exception ends soon, or has ended. */
export interface ExceptionJob {
  readonly tenantId: string
}

/** Reminders are written before the letters of a day leave, at 05:00 UTC. */
const reminderHour = 'T04:00:00.000Z'

/**
 * Declares an exception for a finding that fails. It is never edited; what it says of the finding's lines begins at once.
 *
 * @returns its id
 * @throws {finding.not_found | exception.nothing_fails | exception.bad_end | exception.already}
 */
export async function declareException(
  tx: TenantContext,
  { key, reason, owner, until }: Pick<ExceptionRow, 'key' | 'reason' | 'owner' | 'until'>,
): Promise<string> {
  const finding = await getFinding(tx, key)
  if (stateOf(finding, false) === 'closed') throw exceptionErrors.nothing_fails()
  const latest = latestEnd(tx.now)
  if (until < dayAfter(tx.now, 0) || until > latest) throw exceptionErrors.bad_end({ latest })
  await endOverdue(tx)
  const before = (await exceptionsInForce(tx)).get(key)
  if (before) throw exceptionErrors.already({ until: before.until })
  const id = tx.newId()
  const { check_id, system_id, subject } = finding
  await addException(tx, { id, key, check_id, system_id, subject, reason, owner, until })
  await tx.append({
    type: 'exception.declared',
    about: { kind: 'finding', id: finding.id },
    content: { after: { exception: id, check: check_id, owner, until }, reason: { reason } },
  })
  const job: ExceptionJob = { tenantId: tx.tenant.id }
  const end = new Date(`${until}T00:00:00.000Z`)
  const days = [dayAfter(end, -reminderDays), until].map((day) => new Date(`${day}${reminderHour}`))
  for (const when of [...days, new Date(end.getTime() + 86_400_000)])
    if (when > tx.now) await tx.enqueue(exceptionQueue, job, when)
  return id
}

/** Ends an exception before its time. @throws {exception.not_found} also where it is over */
export async function withdrawException(tx: TenantContext, id: string, reason: string): Promise<void> {
  await endOverdue(tx)
  const row = await findOpenException(tx, id)
  if (!row) throw exceptionErrors.not_found()
  const finding = await getFinding(tx, row.key)
  await endException(tx, id, 'withdrawn')
  await tx.append({
    type: 'exception.withdrawn',
    about: { kind: 'finding', id: finding.id },
    content: { before: { exception: id, until: row.until }, reason: { reason } },
  })
}

/** Notes the end of every exception whose last day is over: what it covered is open again. */
export async function endOverdue(tx: TenantContext): Promise<void> {
  for (const row of await listOverdueExceptions(tx)) {
    const finding = await getFinding(tx, row.key)
    await endException(tx, row.id, 'expired')
    await tx.append({
      type: 'exception.expired',
      about: { kind: 'finding', id: finding.id },
      code: stateOf(finding, false) === 'open' ? finding.severity : 'mended',
      content: { before: { exception: row.id, until: row.until } },
      by: 'system',
    })
  }
}

/** Reminds of each end that is near, once, and notes those that have come; with every look, so that nothing is forgotten. */
export async function attendExceptions(tx: TenantContext): Promise<void> {
  await endOverdue(tx)
  for (const row of (await exceptionsInForce(tx)).values()) {
    const code = reminderOf(row, tx.now)
    // Another look may be about to do the same.
    if (code === null || !(await noteReminder(tx, row.id))) continue
    const finding = await getFinding(tx, row.key)
    await tx.append({
      type: 'exception.reminded',
      about: { kind: 'finding', id: finding.id },
      code,
      content: { content: { exception: row.id, until: row.until } },
      by: 'system',
    })
  }
}
