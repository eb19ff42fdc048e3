import { expect, vi } from 'vitest'
import type { Server } from '../../apps/server/src/main.ts'

/**
 * Waits until a server has done what it does by itself: the daily deletion that it catches up with when it starts, which
 * leaves a row in every database, and the places and anchors of all leaves. From then on nothing changes that nobody asks for.
 */
export async function quiet(server: Server): Promise<void> {
  await vi.waitFor(async () => {
    for (const { id } of await server.registry.list()) await server.ledgers.settle(await server.registry.open(id))
    await server.ledgers.anchorAll()
    const { rows } = await server.databases.control.query(
      `select exists (select from retention_run where finished_at is not null) as deleted,
         exists (select from log_pending) as waits, exists (select from tenant_activity) as moves,
         exists (select from retention_run where finished_at is null) as deletes`,
    )
    expect(rows).toEqual([{ deleted: true, deletes: false, waits: false, moves: false }])
  }, 20_000)
}
