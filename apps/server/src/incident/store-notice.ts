import type { TenantContext } from '../evidence/index.ts'

/** Ways in which somebody is told. */
export const ways = ['letter', 'portal', 'mail', 'post', 'phone', 'publication', 'drill'] as const

/** A notice: what was told to whom. */
export interface NoticeRow {
  readonly id: string
  readonly incident_id: string
  readonly recipient: 'authority' | 'controller' | 'people'
  readonly controller_id: string | null
  readonly phase: number
  readonly way: (typeof ways)[number]
  /** `unknown`: art32 was stopped while a letter was on its way, and nobody knows whether it was taken. */
  readonly state: 'queued' | 'sending' | 'delivered' | 'refused' | 'unknown'
  readonly content: unknown
  readonly sha256: Buffer
  readonly reference: string
  readonly delay_reason: string
  readonly made_at: Date
  readonly told_at: Date | null
  readonly told_by: string | null
}

const columns = `id, incident_id, recipient, controller_id, phase, way, state, content, sha256, reference, delay_reason, made_at,
  told_at, told_by`

export async function listNotices({ sql }: TenantContext, incidentId: string): Promise<NoticeRow[]> {
  const { rows } = await sql.query<NoticeRow>(
    `select ${columns} from incident_notice where incident_id = $1 order by made_at, phase, id`,
    [incidentId],
  )
  return rows
}

/** A notice, held until the transaction ends. */
export async function findNotice({ sql }: TenantContext, id: string): Promise<NoticeRow | undefined> {
  return (await sql.query<NoticeRow>(`select ${columns} from incident_notice where id = $1 for update`, [id])).rows[0]
}

export async function addNotice({ sql }: TenantContext, row: NoticeRow): Promise<void> {
  await sql.query(
    `insert into incident_notice (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      row.id,
      row.incident_id,
      row.recipient,
      row.controller_id,
      row.phase,
      row.way,
      row.state,
      JSON.stringify(row.content),
      row.sha256,
      row.reference,
      row.delay_reason,
      row.made_at,
      row.told_at,
      row.told_by,
    ],
  )
}

export async function changeNotice(
  { sql }: TenantContext,
  { id, state, told_at }: Pick<NoticeRow, 'id' | 'state' | 'told_at'>,
): Promise<void> {
  await sql.query('update incident_notice set state = $2, told_at = $3 where id = $1', [id, state, told_at])
}

/** A controller for whom the tenant processes. */
export interface ControllerRow {
  readonly id: string
  readonly name: string
  readonly contact: string
  readonly language: 'en' | 'de'
  readonly clock_hours: number | null
}

/** The controllers with their contact and the hours of their contract. The only place that asks for them. */
export async function listControllers({ sql }: TenantContext): Promise<ControllerRow[]> {
  const { rows } = await sql.query<ControllerRow>(
    `select id, name, contact, language, clock_hours from incident_controller where ended_at is null order by lower(name), id`,
  )
  return rows
}

/** @returns false: another one has this name */
export async function saveController({ sql }: TenantContext, row: ControllerRow): Promise<boolean> {
  const taken = await sql.query('select 1 from incident_controller where name = $1 and id <> $2', [row.name, row.id])
  if (taken.rows.length > 0) return false
  await sql.query(
    `insert into incident_controller (id, name, contact, language, clock_hours) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set name = excluded.name, contact = excluded.contact, language = excluded.language,
       clock_hours = excluded.clock_hours, ended_at = null`,
    [row.id, row.name, row.contact, row.language, row.clock_hours],
  )
  return true
}

/** What a customer's agreement says, and the row it stands in: its own, or one of the same name that nobody else has. */
export async function findFollowing(
  { sql }: TenantContext,
  { customerId, name }: { readonly customerId: string; readonly name: string },
): Promise<(ControllerRow & { readonly ended_at: Date | null }) | undefined> {
  const { rows } = await sql.query<ControllerRow & { ended_at: Date | null }>(
    `select id, name, contact, language, clock_hours, ended_at from incident_controller
     where customer_id = $1 or (name = $2 and customer_id is null)
     order by customer_id nulls last limit 1`,
    [customerId, name],
  )
  return rows[0]
}

export async function setCustomer({ sql }: TenantContext, id: string, customerId: string): Promise<void> {
  await sql.query('update incident_controller set customer_id = $2 where id = $1', [id, customerId])
}

/** Takes a controller from the list; cases that name it keep it. */
export async function endController({ sql, now }: TenantContext, id: string): Promise<void> {
  await sql.query('update incident_controller set ended_at = $2 where id = $1', [id, now])
}

export async function findControllerByName({ sql }: TenantContext, name: string): Promise<string | undefined> {
  return (await sql.query<{ id: string }>('select id from incident_controller where name = $1', [name])).rows[0]?.id
}
