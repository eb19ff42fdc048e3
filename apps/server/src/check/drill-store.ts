import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** What a drill sent last. */
export interface DrillRow {
  readonly connection_id: string
  readonly sent_at: Date
  readonly received_at: Date
  readonly nonce: string
}

/** Lets one result of a drill after the other in, also the first two. */
export async function lock({ sql }: TenantContext, drill: string): Promise<void> {
  await takeTurn({ sql }, `drill ${drill}`)
}

export async function find({ sql }: TenantContext, connectionId: string): Promise<DrillRow | undefined> {
  const { rows } = await sql.query<DrillRow>('select * from drill where connection_id = $1', [connectionId])
  return rows[0]
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
