import type { TenantContext } from '../evidence/index.ts'

/** The queue of notices to customers; its payload is a `NoticeJob`. */
export const noticeQueue = 'announcement.letters'

/** A tenant with customers to be told. */
export interface NoticeJob {
  readonly tenantId: string
}

/** Has what waits sent. @param after at the earliest then */
export async function wake(tx: TenantContext, after?: Date): Promise<void> {
  const job: NoticeJob = { tenantId: tx.tenant.id }
  await tx.enqueue(noticeQueue, job, after)
}
