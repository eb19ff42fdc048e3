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

/** A commitment with what opens it. */
export interface Opening {
  readonly commitment: Buffer
  readonly role: string
  readonly salt: Buffer
  readonly content: Buffer
}

/** An event that is to wait for its place, with everything it commits to. */
export interface Appended {
  readonly event: object
  readonly at: Date
  readonly openings: readonly Opening[]
}

const addQuery = {
  name: 'append',
  text: `with opened as (
    insert into opening (commitment, role, salt, content) select * from unnest($1::bytea[], $2::text[], $3::bytea[], $4::bytea[])
  )
  insert into log_pending (event, at)
    select e.event, e.at from unnest($5::jsonb[], $6::timestamptz[]) with ordinality as e(event, at, n) order by e.n`,
}

/** Writes events and their openings by one statement: all of them or none, in their order. */
export async function addAppended(db: Queryable, rows: readonly Appended[]): Promise<void> {
  const openings = rows.flatMap((row) => row.openings)
  await db.query(addQuery, [
    openings.map(({ commitment }) => commitment),
    openings.map(({ role }) => role),
    openings.map(({ salt }) => salt),
    openings.map(({ content }) => content),
    rows.map(({ event }) => JSON.stringify(event)),
    rows.map(({ at }) => at),
  ])
}

/** Writes an event among what waits, at a place of the caller's: for the first leaves of a log. */
export async function addAppendedAt(db: Queryable, { event, at, openings }: Appended, place: number): Promise<void> {
  for (const { commitment, role, salt, content } of openings)
    await db.query('insert into opening (commitment, role, salt, content) values ($1, $2, $3, $4)', [
      commitment,
      role,
      salt,
      content,
    ])
  await db.query('insert into log_pending (id, event, at) overriding system value values ($1, $2, $3)', [
    place,
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

/** The newest leaf of the instance log that holds a head of this tenant's log. @param before a size of the instance log */
export async function findLastHead(db: Queryable, tenantId: string, before?: number): Promise<EntryRow | undefined> {
  const { rows } = await db.query<Omit<EntryRow, 'idx'> & { idx: string }>(
    `select idx, leaf, at from log_entry where subject = $1 and type = 'tenant.checkpoint' and ($2::bigint is null or idx < $2)
     order by idx desc limit 1`,
    [tenantId, before ?? null],
  )
  const row = rows[0]
  return row && { ...row, idx: Number(row.idx) }
}

/**
 * The newest leaf of the instance log that holds a head of a log of this tenant of at most so many entries.
 *
 * @param before a size of the instance log
 */
export async function findHeadUpTo(
  db: Queryable,
  tenantId: string,
  { origin, size }: { readonly origin: string; readonly size: number },
  before?: number,
): Promise<EntryRow | undefined> {
  const { rows } = await db.query<Omit<EntryRow, 'idx'> & { idx: string }>(
    `select idx, leaf, at from log_entry where subject = $1 and type = 'tenant.checkpoint'
       and (convert_from(leaf, 'UTF8')::jsonb -> 'head' ->> 'size')::bigint <= $2
       and convert_from(leaf, 'UTF8')::jsonb -> 'head' ->> 'origin' = $3 and ($4::bigint is null or idx < $4)
     order by idx desc limit 1`,
    [tenantId, size, origin, before ?? null],
  )
  const row = rows[0]
  return row && { ...row, idx: Number(row.idx) }
}

/** Every leaf of the instance log that holds a head of this tenant's log, the oldest first. */
export async function listRecordedHeads(db: Queryable, tenantId: string): Promise<Buffer[]> {
  const { rows } = await db.query<{ leaf: Buffer }>(
    `select leaf from log_entry where subject = $1 and type = 'tenant.checkpoint' order by idx`,
    [tenantId],
  )
  return rows.map(({ leaf }) => leaf)
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

/** An entry with all that is stored of it. */
export interface StoredEntry {
  readonly idx: number
  readonly leaf: Buffer
  readonly leaf_hash: Buffer
  readonly type: string
  readonly subject: string
}

/** All that is stored of the entries from one index up to, not including, another. */
export async function listStoredEntries(db: Queryable, from: number, to: number): Promise<StoredEntry[]> {
  const { rows } = await db.query<Omit<StoredEntry, 'idx'> & { idx: string }>(
    'select idx, leaf, leaf_hash, type, subject from log_entry where idx >= $1 and idx < $2 order by idx',
    [from, to],
  )
  return rows.map((row) => ({ ...row, idx: Number(row.idx) }))
}

/** All that is stored of an opening. */
export interface StoredOpening {
  readonly idx: number
  readonly role: string
  readonly commitment: Buffer
  readonly salt: Buffer | null
  readonly content: Buffer | null
  readonly erased: boolean
}

/** What the leaves from one index up to, not including, another commit to, the actors too. */
export async function listStoredOpenings(db: Queryable, from: number, to: number): Promise<StoredOpening[]> {
  const { rows } = await db.query<Omit<StoredOpening, 'idx'> & { idx: string }>(
    `select idx, role, commitment, salt, content, erased_at is not null as erased from opening
     where idx >= $1 and idx < $2`,
    [from, to],
  )
  return rows.map((row) => ({ ...row, idx: Number(row.idx) }))
}

/** A head that was signed. */
export interface HeadRow {
  readonly size: number
  readonly root: Buffer
  readonly note: string
}

/** Every head that was signed, up to a size, the smallest first. */
export async function listHeads(db: Queryable, size: number): Promise<HeadRow[]> {
  const { rows } = await db.query<Omit<HeadRow, 'size'> & { size: string }>(
    'select size, root, note from log_checkpoint where size <= $1 order by size',
    [size],
  )
  return rows.map((row) => ({ ...row, size: Number(row.size) }))
}

/** A stored tile of hashes. */
export interface TileRow {
  readonly level: number
  readonly n: number
  readonly width: number
  readonly data: Buffer
}

/** Every stored tile. */
export async function listTiles(db: Queryable): Promise<TileRow[]> {
  const { rows } = await db.query<Omit<TileRow, 'n'> & { n: string }>(
    'select level, n, width, data from log_tile order by level, n',
  )
  return rows.map((row) => ({ ...row, n: Number(row.n) }))
}
