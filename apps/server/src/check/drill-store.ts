import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** What a drill sent last. */
export interface DrillRow {
  readonly connection_id: string
  readonly sent_at: Date
  readonly received_at: Date
  readonly nonce: string
}

/** A public key by which results of a drill may be signed. */
export interface DrillKeyRow {
  readonly connection_id: string
  /** In its one spelling, `name+id+base64`. */
  readonly key: string
  readonly added_at: Date
  readonly used_at: Date | null
}

/** Lets one result of a drill after the other in, also the first two; and no change of its keys in between. */
export async function lock({ sql }: TenantContext, drill: string): Promise<void> {
  await takeTurn({ sql }, `drill ${drill}`)
}

export async function find({ sql }: TenantContext, connectionId: string): Promise<DrillRow | undefined> {
  const { rows } = await sql.query<DrillRow>('select * from drill where connection_id = $1', [connectionId])
  return rows[0]
}

/** What each drill sent last. */
export async function list({ sql }: TenantContext): Promise<DrillRow[]> {
  return (await sql.query<DrillRow>('select * from drill')).rows
}

/** Keeps what was sent last. */
export async function keep({ sql }: TenantContext, row: DrillRow): Promise<void> {
  await sql.query(
    `insert into drill (connection_id, sent_at, received_at, nonce) values ($1, $2, $3, $4)
     on conflict (connection_id) do update set sent_at = excluded.sent_at, received_at = excluded.received_at,
       nonce = excluded.nonce`,
    [row.connection_id, row.sent_at, row.received_at, row.nonce],
  )
}

/** Keys, oldest first. @param connectionId of one drill; null: of all */
export async function listKeys({ sql }: TenantContext, connectionId: string | null): Promise<DrillKeyRow[]> {
  const { rows } = await sql.query<DrillKeyRow>(
    'select * from drill_key where $1::uuid is null or connection_id = $1 order by added_at, key',
    [connectionId],
  )
  return rows
}

export async function addKey({ sql, now }: TenantContext, connectionId: string, key: string): Promise<void> {
  await sql.query('insert into drill_key (connection_id, key, added_at) values ($1, $2, $3)', [connectionId, key, now])
}

/** @returns whether it was there */
export async function removeKey({ sql }: TenantContext, connectionId: string, key: string): Promise<boolean> {
  const { rows } = await sql.query('delete from drill_key where connection_id = $1 and key = $2 returning key', [
    connectionId,
    key,
  ])
  return rows.length === 1
}

/** Notes that a result signed by a key was taken. */
export async function noteUse({ sql, now }: TenantContext, connectionId: string, key: string): Promise<void> {
  await sql.query('update drill_key set used_at = $3 where connection_id = $1 and key = $2', [connectionId, key, now])
}
