import type { TenantContext } from '../evidence/index.ts'

/** A part of what a connection sees, as it was seen last. */
export interface PartRow {
  readonly part: string
  readonly hash: string
  /** The state that a person approved last. */
  readonly approved_hash: string | null
  readonly since: Date
  readonly seen_at: Date
}

/** A part that was seen in another state than before. */
export interface ChangeRow {
  readonly id: string
  /** Grows with time; two of one instant are told apart by it. */
  readonly nth: string
  readonly system_id: string
  readonly system_name: string
  readonly connection_id: string
  readonly connector: string
  readonly part: string
  readonly before_hash: string | null
  readonly after_hash: string
  readonly earlier_at: Date | null
  readonly at: Date
  readonly size: number
  readonly state: 'open' | 'approved' | 'undone'
  readonly approved_by: string | null
  readonly approved_at: Date | null
  readonly note: string | null
  readonly ticket: string | null
}

export async function listParts({ sql }: TenantContext, connectionId: string): Promise<PartRow[]> {
  return (
    await sql.query<PartRow>(
      'select part, hash, approved_hash, since, seen_at from fact_part where connection_id = $1',
      [connectionId],
    )
  ).rows
}

/** Keeps a state unless it is kept already; one whose time was over comes back. */
export async function addContent({ sql, now }: TenantContext, hash: string, facts: Buffer): Promise<void> {
  await sql.query(
    `insert into fact_content (hash, facts, seen_at) values ($1, $2, $3)
     on conflict (hash) do update set seen_at = excluded.seen_at, facts = coalesce(fact_content.facts, excluded.facts)`,
    [hash, facts, now],
  )
}

/** Parts that were seen as before. @returns states whose time was over, and which are there again */
export async function noteSeen(
  { sql, now }: TenantContext,
  connectionId: string,
  hashes: readonly string[],
): Promise<string[]> {
  if (hashes.length === 0) return []
  await sql.query('update fact_part set seen_at = $3 where connection_id = $1 and hash = any ($2::text[])', [
    connectionId,
    hashes,
    now,
  ])
  // Also what is approved is needed for as long as looks are compared with it.
  const { rows } = await sql.query<{ hash: string; lacks: boolean }>(
    `update fact_content set seen_at = $2 where hash = any ($3::text[])
       or hash in (select approved_hash from fact_part where connection_id = $1 and approved_hash is not null)
     returning hash, facts is null as lacks`,
    [connectionId, now, hashes],
  )
  return rows.flatMap(({ hash, lacks }) => (lacks ? [hash] : []))
}

export async function setPart(
  { sql, now }: TenantContext,
  connectionId: string,
  { part, hash, approved_hash, since }: Omit<PartRow, 'seen_at'>,
): Promise<void> {
  await sql.query(
    `insert into fact_part (connection_id, part, hash, approved_hash, since, seen_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (connection_id, part) do update
       set hash = excluded.hash, approved_hash = excluded.approved_hash, since = excluded.since, seen_at = excluded.seen_at`,
    [connectionId, part, hash, approved_hash, since, now],
  )
}

export async function addChange(
  { sql, now }: TenantContext,
  row: Omit<ChangeRow, 'nth' | 'system_name' | 'at' | 'state' | 'approved_by' | 'approved_at' | 'note' | 'ticket'>,
): Promise<void> {
  await sql.query(
    `insert into fact_change (id, system_id, connection_id, connector, part, before_hash, after_hash, earlier_at, at, size)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.id,
      row.system_id,
      row.connection_id,
      row.connector,
      row.part,
      row.before_hash,
      row.after_hash,
      row.earlier_at,
      now,
      row.size,
    ],
  )
}

const nth = "to_char(c.at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || c.id"
const select = `select c.*, ${nth} as nth, s.name as system_name from fact_change c join system s on s.id = c.system_id`

/** Changes of a part that nobody approved, oldest first; locked, so that two people do not settle them at once. */
export async function listOpen({ sql }: TenantContext, connectionId: string, part: string): Promise<ChangeRow[]> {
  const { rows } = await sql.query<ChangeRow>(
    `${select} where c.state = 'open' and c.connection_id = $1 and c.part = $2 order by nth for update of c`,
    [connectionId, part],
  )
  return rows
}

export async function listChangesById({ sql }: TenantContext, ids: readonly string[]): Promise<ChangeRow[]> {
  return (await sql.query<ChangeRow>(`${select} where c.id = any ($1::uuid[]) order by nth for update of c`, [ids]))
    .rows
}

/** Changes, newest first. @param before the `nth` of the last one that was shown */
export async function listChanges(
  { sql }: TenantContext,
  {
    systemId,
    onlyOpen,
    before,
    limit,
  }: { systemId: string | null; onlyOpen: boolean; before: string | null; limit: number },
): Promise<ChangeRow[]> {
  const { rows } = await sql.query<ChangeRow>(
    `${select} where ($1::uuid is null or c.system_id = $1) and (not $2 or c.state = 'open') and ($3::text is null or ${nth} < $3)
     order by nth desc limit $4`,
    [systemId, onlyOpen, before, limit],
  )
  return rows
}

/** How many changes nobody approved, by system. */
export async function countOpen({ sql }: TenantContext): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ system_id: string; open: number }>(
    `select system_id, count(*)::int as open from fact_change where state = 'open' group by 1`,
  )
  return new Map(rows.map((row) => [row.system_id, row.open]))
}

export async function setUndone({ sql }: TenantContext, ids: readonly string[]): Promise<void> {
  await sql.query(`update fact_change set state = 'undone' where id = any ($1::uuid[])`, [ids])
}

export async function setApproved(
  { sql, now }: TenantContext,
  rows: readonly ChangeRow[],
  { by, note, ticket }: { by: string | null; note: string; ticket: string | null },
): Promise<void> {
  await sql.query(
    `update fact_change set state = 'approved', approved_by = $2, approved_at = $3, note = $4, ticket = $5 where id = any ($1::uuid[])`,
    [rows.map(({ id }) => id), by, now, note, ticket],
  )
}

/** Makes the state to which a change led the approved one. */
export async function setApprovedState(
  { sql, now }: TenantContext,
  { connection_id: connectionId, part, after_hash: state }: ChangeRow,
): Promise<void> {
  await sql.query('update fact_part set approved_hash = $3, approved_at = $4 where connection_id = $1 and part = $2', [
    connectionId,
    part,
    state,
    now,
  ])
}

export async function listContents(
  { sql }: TenantContext,
  hashes: readonly string[],
): Promise<{ hash: string; facts: Buffer }[]> {
  if (hashes.length === 0) return []
  const { rows } = await sql.query<{ hash: string; facts: Buffer }>(
    'select hash, facts from fact_content where hash = any ($1::text[]) and facts is not null',
    [hashes],
  )
  return rows
}
