import type { Pool, PoolClient } from 'pg'

type Queryable = Pick<Pool, 'query'> | Pick<PoolClient, 'query'>

/** A move that is not over. */
export interface MoveRow {
  readonly tenant_id: string
  readonly id: string
  readonly source: string
  readonly target: string
  readonly asked_by: string | null
  readonly started_at: Date
  readonly state: 'copying' | 'undoing' | 'switched'
  readonly scratch: string | null
}

/** Notes that a move begins. @returns whether none was noted before */
export async function addMove(db: Queryable, row: Omit<MoveRow, 'state' | 'scratch'>): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into tenant_move (tenant_id, id, source, target, asked_by, started_at, state)
     values ($1, $2, $3, $4, $5, $6, 'copying') on conflict do nothing`,
    [row.tenant_id, row.id, row.source, row.target, row.asked_by, row.started_at],
  )
  return rowCount === 1
}

export async function setScratch(db: Queryable, id: string, scratch: string): Promise<void> {
  await db.query('update tenant_move set scratch = $2 where id = $1', [id, scratch])
}

/** A move goes from one state into the next, if it is still in that. @returns whether it did */
export async function setState(
  db: Queryable,
  id: string,
  { from, to }: { from: MoveRow['state']; to: MoveRow['state'] },
): Promise<boolean> {
  const { rowCount } = await db.query('update tenant_move set state = $3 where id = $1 and state = $2', [id, from, to])
  return rowCount === 1
}

export async function removeMove(db: Queryable, id: string): Promise<void> {
  await db.query('delete from tenant_move where id = $1', [id])
}

export async function listMoves(db: Queryable): Promise<MoveRow[]> {
  return (await db.query<MoveRow>('select * from tenant_move order by started_at')).rows
}

/** Takes the lock under which tenants are moved, one at a time in the whole installation. It ends with the connection. */
export async function lockMoves(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ taken: boolean }>(
    `select pg_try_advisory_lock(hashtextextended('art32 move', 0)) as taken`,
  )
  return rows[0]?.taken === true
}

export async function unlockMoves(db: Queryable): Promise<void> {
  await db.query(`select pg_advisory_unlock(hashtextextended('art32 move', 0))`)
}
