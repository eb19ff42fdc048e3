import type { TenantContext } from '../evidence/index.ts'
import type { Environment } from '../system/index.ts'
import { connectionErrors } from './errors.ts'

/** A connection with its sealed settings. */
export interface ConnectionRow {
  readonly id: string
  readonly system_id: string
  readonly system_name: string
  /** That of its system. */
  readonly environment: Environment
  readonly connector: string
  /** Address without credentials. */
  readonly target: string
  readonly settings: Buffer
  readonly every: string
  readonly paused: boolean
  readonly next_at: Date
}

const select = 'select c.*, s.name as system_name from connection c join system s on s.id = c.system_id'

/** All connections, by the name of their system. */
export async function list({ sql }: TenantContext): Promise<ConnectionRow[]> {
  return (await sql.query<ConnectionRow>(`${select} order by s.name, c.connector`)).rows
}

/** Connections by their ids; unknown ones are missing. */
export async function listByIds({ sql }: TenantContext, ids: readonly string[]): Promise<ConnectionRow[]> {
  return (await sql.query<ConnectionRow>(`${select} where c.id = any ($1::uuid[]) order by s.name, c.connector`, [ids]))
    .rows
}

/** A connection by its id. @throws {connection.not_found} */
export async function get(tx: TenantContext, id: string): Promise<ConnectionRow> {
  const [row] = await listByIds(tx, [id])
  if (!row) throw connectionErrors.not_found()
  return row
}

/** The connection of a connector to a target, if there is one. A target is connected once. */
export async function find(
  { sql }: TenantContext,
  connector: string,
  target: string,
): Promise<ConnectionRow | undefined> {
  return (await sql.query<ConnectionRow>(`${select} where c.connector = $1 and c.target = $2`, [connector, target]))
    .rows[0]
}

/** Whether a connector is connected to anything, with its settings at hand. */
export async function isConnected({ sql }: TenantContext, connector: string): Promise<boolean> {
  const { rows } = await sql.query('select 1 from connection where connector = $1 and settings <> $2 limit 1', [
    connector,
    Buffer.alloc(0),
  ])
  return rows.length > 0
}

export async function add(
  { sql, now }: TenantContext,
  row: Pick<
    ConnectionRow,
    'id' | 'system_id' | 'environment' | 'connector' | 'target' | 'settings' | 'every' | 'next_at'
  >,
): Promise<void> {
  await sql.query(
    `insert into connection (id, system_id, environment, connector, target, settings, every, next_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [row.id, row.system_id, row.environment, row.connector, row.target, row.settings, row.every, row.next_at, now],
  )
}

export async function setNext({ sql }: TenantContext, id: string, at: Date): Promise<void> {
  await sql.query('update connection set next_at = $2 where id = $1', [id, at])
}

export async function setSettings({ sql }: TenantContext, id: string, settings: Buffer): Promise<void> {
  await sql.query('update connection set settings = $2, paused = false where id = $1', [id, settings])
}

export async function setPaused({ sql }: TenantContext, id: string, paused: boolean): Promise<void> {
  await sql.query('update connection set paused = $2 where id = $1', [id, paused])
}

export async function remove({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('delete from connection where id = $1', [id])
}
