import { createHash, randomUUID } from 'node:crypto'
import { canonicalize } from '../../packages/ledger/src/index.ts'
import type { TenantContext } from '../../apps/server/src/evidence/index.ts'
import { seal } from '../../apps/server/src/platform/index.ts'

/** What a look saw. */
export interface Seen {
  readonly connector: string
  /** Of the system. */
  readonly name: string
  /** Groups of facts; each was seen completely. */
  readonly facts: object
  /** When; left out: now. */
  readonly at?: Date
}

/** Keeps facts as if a look had seen them: for what begins where a vendor was looked at. */
export async function keepSeen(tx: TenantContext, { connector, name, facts, at = tx.now }: Seen) {
  const ids = { system: await systemOf(tx, name, connector), run: tx.newId(), reading: tx.newId() }
  const groups = Object.entries(facts).map(([group, all]: [string, unknown]) => [
    group,
    { read: 'ok', complete: true, facts: all },
  ])
  const reading = { read: 'ok', complete: true, facts: Object.fromEntries(groups), at: at.toISOString(), source: name }
  const bytes = Buffer.from(canonicalize(reading))
  const { rows } = await tx.sql.query<{ id: string }>(
    `insert into connection (id, system_id, environment, connector, target, settings, every, next_at, created_at)
     values ($1, $2, 'production', $3, $4, '', 'P1D', $5, $5)
     on conflict (connector, target) do update set every = excluded.every returning id`,
    [randomUUID(), ids.system, connector, name, tx.now],
  )
  const connectionId = rows[0]?.id
  await tx.sql.query(
    `insert into run (id, connection_ids, environments, state, requested_at) values ($1, $2, '{production}', 'done', $3)`,
    [ids.run, [connectionId], tx.now],
  )
  await tx.sql.query(
    `insert into reading (id, run_id, connection_id, read, facts, facts_hash, at) values ($1, $2, $3, 'ok', $4, $5, $6)`,
    [
      ids.reading,
      ids.run,
      connectionId,
      seal(tx.dataKey, `tenant:${tx.tenant.id}/reading:${ids.reading}/facts`, bytes),
      createHash('sha256').update(bytes).digest(),
      at,
    ],
  )
  return { systemId: ids.system, readingId: ids.reading, runId: ids.run }
}

async function systemOf({ sql, now }: TenantContext, name: string, kind: string): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `insert into system (id, name, kind, environment, created_at) values ($1, $2, $3, 'production', $4)
     on conflict (name) do update set kind = excluded.kind returning id`,
    [randomUUID(), name, kind, now],
  )
  if (!rows[0]) throw new Error('a system was not kept')
  return rows[0].id
}
