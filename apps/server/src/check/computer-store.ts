import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { latestOutcomes } from './store.ts'
import type { OutcomeRow } from './store.ts'

/** What a computer sent last. */
export interface ComputerRow {
  readonly connection_id: string
  readonly sent_at: Date
  readonly received_at: Date
  readonly skew_s: number
  readonly collector: string
  readonly system: string
  readonly is_declared: boolean
}

/** Lets one push of a computer after the other in, also the first two; and one discovery after the other. */
export async function lock({ sql }: TenantContext, what: string): Promise<void> {
  await takeTurn({ sql }, `computer ${what}`)
}

export async function find({ sql }: TenantContext, connectionId: string): Promise<ComputerRow | undefined> {
  const { rows } = await sql.query<ComputerRow>('select * from computer where connection_id = $1', [connectionId])
  return rows[0]
}

export async function list({ sql }: TenantContext): Promise<ComputerRow[]> {
  return (await sql.query<ComputerRow>('select * from computer')).rows
}

export async function countUndeclared({ sql }: TenantContext): Promise<number> {
  const { rows } = await sql.query<{ n: number }>('select count(*)::int as n from computer where not is_declared')
  return rows[0]?.n ?? 0
}

/** Keeps what was sent last; that somebody knows the computer stays as it is. */
export async function keep({ sql }: TenantContext, row: ComputerRow): Promise<void> {
  await sql.query(
    `insert into computer (connection_id, sent_at, received_at, skew_s, collector, system, is_declared)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (connection_id) do update set sent_at = excluded.sent_at,
       received_at = excluded.received_at, skew_s = excluded.skew_s, collector = excluded.collector, system = excluded.system`,
    [row.connection_id, row.sent_at, row.received_at, row.skew_s, row.collector, row.system, row.is_declared],
  )
}

export async function declare({ sql }: TenantContext, connectionId: string): Promise<void> {
  await sql.query('update computer set is_declared = true where connection_id = $1', [connectionId])
}

/** The latest outcomes of the systems of computers. */
export async function listOutcomes({
  sql,
}: TenantContext): Promise<Pick<OutcomeRow, 'system_id' | 'check_id' | 'state' | 'fresh_until'>[]> {
  const { rows } = await sql.query<Pick<OutcomeRow, 'system_id' | 'check_id' | 'state' | 'fresh_until'>>(
    `select o.system_id, o.check_id, o.state, o.fresh_until from ${latestOutcomes}
     where k.system_id in (select system_id from connection where connector = 'computer')
     order by k.check_id, k.system_id, k.parameters`,
  )
  return rows
}
