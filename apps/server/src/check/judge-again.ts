import { durationMs } from '@art32/probes'
import type { Check, Reading } from '@art32/probes'
import type { TenantContext } from '../evidence/index.ts'
import { parametersOfRegister } from '../measure/index.ts'
import { factsOf, judgeLook } from './judging.ts'
import type { Settle } from './judging.ts'
import * as store from './store.ts'

/** The newest look of each connection that a check is for, opened, as far as it is fresh enough to be judged now. */
export async function newestLooks(tx: TenantContext, check: Check, systemId: string | null) {
  const rows = await store.listNewestLooks(tx, [check.connector, ...(check.also ?? [])], systemId)
  return rows.flatMap((row) => {
    const { facts } = row
    if (!facts || tx.now.getTime() > row.at.getTime() + durationMs(check.maxAge)) return []
    return [{ row, reading: factsOf(tx, { id: row.id, facts }) as Reading }]
  })
}

/**
 * Judges by one check again what was seen last, because something was declared: nobody need look for that. What is too old
 * is left to the next look.
 *
 * @param systemId null: every system
 */
export async function judgeAgain(
  tx: TenantContext,
  check: Check,
  systemId: string | null,
  judged: Settle,
): Promise<void> {
  const looks = await newestLooks(tx, check, systemId)
  if (looks.length === 0) return
  const wanted = await parametersOfRegister(tx)
  for (const { row, reading } of looks) {
    const outcomes = await judgeLook(
      tx,
      {
        runId: row.run_id,
        readingId: row.id,
        connection: { id: row.connection_id, system_id: row.system_id, connector: row.connector },
        reading,
        factsHash: row.facts_hash,
        now: tx.now,
        heldFrom: tx.now,
      },
      wanted,
      (one) => one.id === check.id,
    )
    await judged(tx, { connectionId: row.connection_id, systemId: row.system_id, outcomes, earlier: new Set() })
  }
}
