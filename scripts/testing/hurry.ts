import type { ClientBase, Pool } from 'pg'

const turnMs = 50
/** How long a job may be on its way to the queue. */
const comesWithinMs = 2_000
/** How long a job that is under way may take until it waits for its hour again. */
const endsWithinMs = 20_000

/**
 * Lets what waits in a queue begin now, however far ahead its hour is. A job that is under way, or on its way to the
 * queue, is waited for: it waits for its hour only afterwards. Does nothing where none comes.
 */
export async function hurry(control: Pool | ClientBase, queue: string, tenantId?: string): Promise<void> {
  const jobs = `pgboss.job where name = $1 and ($2::text is null or data ->> 'tenantId' = $2)`
  const begun = performance.now()
  for (;;) {
    const { rowCount } = await control.query(
      `update pgboss.job set start_after = now() where id in (select id from ${jobs} and state in ('created', 'retry'))`,
      [queue, tenantId ?? null],
    )
    if (rowCount !== 0) return
    const { rowCount: underWay } = await control.query(`select from ${jobs} and state = 'active'`, [
      queue,
      tenantId ?? null,
    ])
    if (performance.now() - begun > (underWay === 0 ? comesWithinMs : endsWithinMs)) return
    await new Promise((resolve) => setTimeout(resolve, turnMs))
  }
}
