import type { TenantContext } from '../../evidence/index.ts'
import { shieldErrors } from '../errors.ts'
import { getPlan } from '../shield.ts'
import { getStore } from './places.ts'
import * as store from './store.ts'
import type { JobRow } from './store.ts'

/** The queue of jobs over objects; its payload is an `ObjectJob`. */
export const objectQueue = 'shield.objects'

/** A job that waits for somebody to work on it, or to clear up after it. */
export interface ObjectJob {
  readonly tenantId: string
  readonly jobId: string
}

/** A job of the tenant. @throws {shield.job_not_found} */
export async function getJob(tx: TenantContext, jobId: string): Promise<JobRow> {
  const row = await store.findJob(tx, jobId)
  if (!row) throw shieldErrors.job_not_found()
  return row
}

/**
 * Sends all objects whose keys begin with `input` through the shield; each comes out under `output` and the rest of its key.
 *
 * @throws {shield.store_not_found | shield.enter_again | shield.plan_not_found | shield.same_place}
 */
export async function startJob(
  tx: TenantContext,
  { storeId, planId, input, output }: { storeId: string; planId: string; input: string; output: string },
): Promise<string> {
  const place = await getStore(tx, storeId)
  if (place.settings.length === 0) throw shieldErrors.enter_again()
  const plan = await getPlan(tx, planId)
  // What came out would be read again, or would take the place of what was read.
  if (output.startsWith(input) || input.startsWith(output)) throw shieldErrors.same_place()
  const id = tx.newId()
  await store.addJob(tx, { id, store_id: storeId, plan_id: planId, input, output })
  await tx.append({
    type: 'shield.job',
    about: { kind: 'shield-job', id },
    code: 'requested',
    content: { after: { store: storeId, plan: plan.sha256, input, output } },
  })
  await enqueue(tx, id)
  return id
}

/** Ends a job: what went through stays, and what is read just now is broken off. @throws {shield.job_not_found | shield.job_over} */
export async function cancelJob(tx: TenantContext, jobId: string): Promise<void> {
  await getJob(tx, jobId)
  if (!(await store.cancelJob(tx, jobId))) throw shieldErrors.job_over()
  await tx.append({ type: 'shield.job', about: { kind: 'shield-job', id: jobId }, code: 'cancelled' })
  // Somebody clears up what was begun.
  await enqueue(tx, jobId)
}

/** Goes on with a job that ended, over what did not go through. @throws {shield.job_not_found | shield.job_not_ended} */
export async function resumeJob(tx: TenantContext, jobId: string): Promise<void> {
  await getJob(tx, jobId)
  if (!(await store.reviveJob(tx, jobId))) throw shieldErrors.job_not_ended()
  await tx.append({ type: 'shield.job', about: { kind: 'shield-job', id: jobId }, code: 'resumed' })
  await enqueue(tx, jobId)
}

/** After a crash: jobs that were at work go on. */
export async function resumeJobs(tx: TenantContext): Promise<void> {
  for (const id of await store.listUnderWay(tx)) await enqueue(tx, id)
}

/** Puts a job into the queue. @param at not before */
export async function enqueue(tx: TenantContext, jobId: string, at?: Date): Promise<void> {
  const job: ObjectJob = { tenantId: tx.tenant.id, jobId }
  await tx.enqueue(objectQueue, job, at)
}
