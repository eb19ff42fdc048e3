import type { PoolClient } from 'pg'
import type { Batch, LeafEvent } from '@art32/ledger'
import { encodeFrontier } from '@art32/ledger'

/**
 * A query that comes with nearly every request: PostgreSQL parses it once in a connection, and after a few times it plans
 * it no more. So its plan must be good for all values.
 */
export interface Prepared {
  /** Of this text and no other. */
  readonly name: string
  readonly text: string
}

/** Anything that runs SQL: a pool, or the transaction of an operation. */
export interface Queryable {
  query<R extends object>(text: string | Prepared, values?: unknown[]): Promise<{ rows: R[] }>
}

/** Runs each statement on a connection of its own. */
export function queryable(connections: { connect(): Promise<PoolClient> }): Queryable {
  return {
    async query<R extends object>(text: string | Prepared, values: unknown[] = []) {
      const client = await connections.connect()
      try {
        return await client.query<R>(text, values)
      } finally {
        client.release()
      }
    },
  }
}

/** An event that waits for its place in the log. */
export interface PendingRow {
  readonly id: string
  readonly event: Omit<LeafEvent, 'at'>
  readonly at: Date
}

/** The head of a log. */
export interface StateRow {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  readonly frontier: Buffer
  readonly note: string
}

/** An entry of a log. */
export interface EntryRow {
  readonly idx: number
  readonly leaf: Buffer
  readonly at: Date
}

/** What a leaf commits to; null where it was erased. */
export interface OpeningRow {
  readonly idx: number | null
  readonly role: string
  readonly salt: Buffer | null
  readonly content: Buffer | null
}

export async function addOpening(
  db: Queryable,
  row: { commitment: Buffer; role: string; salt: Buffer; content: Uint8Array },
): Promise<void> {
  await db.query('insert into opening (commitment, role, salt, content) values ($1, $2, $3, $4)', [
    row.commitment,
    row.role,
    row.salt,
    row.content,
  ])
}

/** @param before a place among what waits; without it, behind everything */
export async function addPending(db: Queryable, event: object, at: Date, before?: number): Promise<void> {
  if (before === undefined)
    await db.query('insert into log_pending (event, at) values ($1, $2)', [JSON.stringify(event), at])
  else
    await db.query('insert into log_pending (id, event, at) overriding system value values ($1, $2, $3)', [
      before,
      JSON.stringify(event),
      at,
    ])
}

/** The lowest place of what waits; 0 where nothing does. */
export async function findFirstPending(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ id: string | null }>('select min(id) as id from log_pending')
  return Number(rows[0]?.id ?? 0)
}

/** The root that was signed for a size; undefined where none was. */
export async function findSignedRoot(db: Queryable, size: number): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ root: Buffer }>('select root from log_checkpoint where size = $1', [size])
  return rows[0]?.root
}

/** Seals the present log as an earlier one and begins the next. @throws serialization_failure (40001) when it has grown meanwhile */
export async function succeed(
  db: Queryable,
  sealed: { id: string; vkey: string; size: number },
  head: { origin: string; root: Uint8Array; frontier: Uint8Array; note: string },
): Promise<void> {
  await db.query('select ledger_succeed($1, $2, $3, $4, $5, $6, $7)', [
    sealed.id,
    sealed.vkey,
    sealed.size,
    head.origin,
    head.root,
    head.frontier,
    head.note,
  ])
}

export async function addToOutbox(
  db: Queryable,
  row: { id: string; queue: string; payload: object; startAfter: Date | null },
): Promise<void> {
  await db.query('insert into outbox (id, queue, payload, start_after) values ($1, $2, $3, $4)', [
    row.id,
    row.queue,
    row.payload,
    row.startAfter,
  ])
}

/** The head of a log; undefined where it was never started. */
export async function findState(db: Queryable): Promise<StateRow | undefined> {
  const { rows } = await db.query<Omit<StateRow, 'size'> & { size: string }>(
    'select origin, size, root, frontier, note from log_state where id = 1',
  )
  const row = rows[0]
  return row && { ...row, size: Number(row.size) }
}

export async function startLog(
  db: Queryable,
  head: { origin: string; root: Uint8Array; frontier: Uint8Array; note: string },
): Promise<void> {
  await db.query('select ledger_start($1, $2, $3, $4)', [head.origin, head.root, head.frontier, head.note])
}

/** The oldest waiting events, at most `limit`. */
export async function listPending(db: Queryable, limit: number): Promise<PendingRow[]> {
  const { rows } = await db.query<PendingRow>('select id, event, at from log_pending order by id limit $1', [limit])
  return rows
}

export async function countPending(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ n: number }>('select count(*)::int as n from log_pending')
  return rows[0]?.n ?? 0
}

/** Hands a computed batch to the sequencer. @throws serialization_failure (40001) when the log has grown meanwhile */
export async function integrate(db: Queryable, pending: readonly string[], batch: Batch, note: string): Promise<void> {
  const { tiles } = batch
  await db.query('select ledger_integrate($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
    batch.first,
    pending,
    batch.entries,
    batch.leafHashes,
    tiles.map((tile) => tile.level),
    tiles.map((tile) => tile.index),
    tiles.map((tile) => tile.width),
    tiles.map((tile) => tile.data),
    batch.checkpoint.root,
    encodeFrontier(batch.frontier),
    note,
  ])
}

/** Entries from one index up to, not including, another. */
export async function listEntries(db: Queryable, from: number, to: number): Promise<EntryRow[]> {
  const { rows } = await db.query<Omit<EntryRow, 'idx'> & { idx: string }>(
    'select idx, leaf, at from log_entry where idx >= $1 and idx < $2 order by idx',
    [from, to],
  )
  return rows.map((row) => ({ ...row, idx: Number(row.idx) }))
}

/** What these leaves commit to, but for who did it; where it was erased, without salt and content. */
export async function listOpenings(db: Queryable, indexes: readonly number[]): Promise<OpeningRow[]> {
  const { rows } = await db.query<Omit<OpeningRow, 'idx'> & { idx: string }>(
    `select idx, role, salt, content from opening where idx = any ($1::bigint[]) and role <> 'actor'`,
    [indexes],
  )
  return rows.map((row) => ({ ...row, idx: Number(row.idx) }))
}

/** Where the leaves of these commitments stand; commitments that still wait are missing. */
export async function findIndexes(db: Queryable, commitments: readonly Buffer[]): Promise<Map<string, number>> {
  const { rows } = await db.query<{ commitment: Buffer; idx: string }>(
    'select commitment, idx from opening where commitment = any ($1::bytea[]) and idx is not null',
    [commitments],
  )
  return new Map(rows.map((row) => [row.commitment.toString('base64'), Number(row.idx)]))
}

/** The hashes of one tile, 32 bytes each. */
export async function findTile(db: Queryable, level: number, index: number): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ data: Buffer }>('select data from log_tile where level = $1 and n = $2', [
    level,
    index,
  ])
  return rows[0]?.data
}

export async function listOutbox(
  db: Queryable,
): Promise<{ id: string; queue: string; payload: object; startAfter: Date | null }[]> {
  const { rows } = await db.query<{ id: string; queue: string; payload: object; startAfter: Date | null }>(
    'select id, queue, payload, start_after as "startAfter" from outbox order by at limit 1000',
  )
  return rows
}

export async function removeFromOutbox(db: Queryable, id: string): Promise<void> {
  await db.query('delete from outbox where id = $1', [id])
}

/** The leaf of the instance log that closes a tenant. */
export async function findClosed(
  db: Queryable,
  tenantId: string,
): Promise<(EntryRow & { readonly logId: string | null }) | undefined> {
  const { rows } = await db.query<Omit<EntryRow, 'idx'> & { idx: string; logId: string | null }>(
    `select idx, leaf, at, null::uuid as "logId" from log_entry where subject = $1 and type = 'tenant.closed'
     union all select idx, leaf, at, log_id from earlier_entry where ${closedEarlier} and position(convert_to($1, 'UTF8') in leaf) > 0`,
    [tenantId],
  )
  const row = rows[0]
  return row && { ...row, idx: Number(row.idx) }
}

/** Entries of sealed logs have no copies out of the leaf to be found by. */
const closedEarlier = `position('"type":"tenant.closed"'::bytea in leaf) > 0`

/** The tenants that were deleted, newest first. */
export async function listClosed(db: Queryable): Promise<{ tenantId: string; at: Date }[]> {
  const { rows } = await db.query<{ tenantId: string; at: Date }>(
    `select subject as "tenantId", at from log_entry where type = 'tenant.closed'
     union all select convert_from(leaf, 'UTF8')::jsonb -> 'subj' ->> 'id', at from earlier_entry where ${closedEarlier}
     order by at desc`,
  )
  return rows
}

/** Everything that one leaf commits to, the actor too. */
export async function listAllOpenings(
  db: Queryable,
  index: number,
  logId: string | null,
): Promise<Pick<OpeningRow, 'role' | 'salt' | 'content'>[]> {
  const { rows } = await db.query<Pick<OpeningRow, 'role' | 'salt' | 'content'>>(
    logId === null
      ? 'select role, salt, content from opening where idx = $1'
      : 'select role, salt, content from earlier_opening where idx = $1 and log_id = $2',
    logId === null ? [index] : [index, logId],
  )
  return rows
}

/** The newest leaf of the instance log that holds a head of this tenant's log. */
export async function findLastHead(db: Queryable, tenantId: string): Promise<EntryRow | undefined> {
  const { rows } = await db.query<Omit<EntryRow, 'idx'> & { idx: string }>(
    `select idx, leaf, at from log_entry where subject = $1 and type = 'tenant.checkpoint' order by idx desc limit 1`,
    [tenantId],
  )
  const row = rows[0]
  return row && { ...row, idx: Number(row.idx) }
}

/** What these commitments open; those that were erased are missing. */
export async function listContents(db: Queryable, commitments: readonly Buffer[]): Promise<Map<string, unknown>> {
  const { rows } = await db.query<{ commitment: Buffer; content: Buffer }>(
    'select commitment, content from opening where commitment = any ($1::bytea[]) and content is not null',
    [commitments],
  )
  return new Map(rows.map(({ commitment, content }) => [commitment.toString('base64'), JSON.parse(content.toString())]))
}

/** Erases what a commitment opens: the leaf stays, as the hash of something that nobody has any more. */
export async function erase(db: Queryable, commitment: Buffer, at: Date): Promise<void> {
  // What was taken over from an earlier log lies there, too.
  for (const table of ['opening', 'earlier_opening'])
    await db.query(
      `update ${table} set salt = null, content = null, erased_at = $2 where commitment = $1 and erased_at is null`,
      [commitment, at],
    )
}
