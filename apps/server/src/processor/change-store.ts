import type { TenantContext } from '../evidence/index.ts'
import { processorErrors } from './errors.ts'

/** A change that customers are told before it holds. */
export interface ChangeRow {
  readonly id: string
  readonly kind: 'add' | 'replace' | 'remove'
  readonly processor_id: string
  readonly replaces_id: string | null
  readonly reason: string
  readonly announced_at: Date
  readonly holds_from: string
  readonly state: 'announced' | 'held' | 'withdrawn'
  readonly settled_at: Date | null
  readonly settled_reason: string
}

/** That a reader was told. */
export interface DeliveryRow {
  readonly change_id: string
  readonly subscriber_id: string
  readonly mail_id: string
  readonly outcome: 'taken' | 'refused' | 'interrupted'
  readonly at: Date
  readonly object_until: string
}

/** That a customer objects. */
export interface ObjectionRow {
  readonly id: string
  readonly change_id: string
  readonly customer: string
  readonly grounds: string
  readonly received_on: string
  readonly object_until: string
  readonly outcome: 'upheld' | 'remedied' | 'rejected' | 'withdrawn' | null
  readonly outcome_reason: string
  readonly decided_at: Date | null
}

/** All changes, the newest first. */
export async function listChanges({ sql }: TenantContext): Promise<ChangeRow[]> {
  const { rows } = await sql.query<ChangeRow>(
    `select id, kind, processor_id, replaces_id, reason, announced_at, holds_from::text as holds_from, state, settled_at,
       settled_reason from processor_change order by announced_at desc, id`,
  )
  return rows
}

/** @throws {processor.change_not_found} */
export async function getChange(tx: TenantContext, id: string): Promise<ChangeRow> {
  await tx.sql.query('select 1 from processor_change where id = $1 for update', [id])
  const row = (await listChanges(tx)).find((one) => one.id === id)
  if (!row) throw processorErrors.change_not_found()
  return row
}

export async function saveChange({ sql }: TenantContext, row: ChangeRow): Promise<void> {
  await sql.query(
    `insert into processor_change (id, kind, processor_id, replaces_id, reason, announced_at, holds_from, state, settled_at,
       settled_reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (id) do update set state = excluded.state, settled_at = excluded.settled_at,
       settled_reason = excluded.settled_reason`,
    [
      row.id,
      row.kind,
      row.processor_id,
      row.replaces_id,
      row.reason,
      row.announced_at,
      row.holds_from,
      row.state,
      row.settled_at,
      row.settled_reason,
    ],
  )
}

/** @returns whether it was not written down before */
export async function addDelivery({ sql }: TenantContext, row: DeliveryRow): Promise<boolean> {
  const { rows } = await sql.query(
    `insert into processor_delivery (change_id, subscriber_id, mail_id, outcome, at, object_until)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning change_id`,
    [row.change_id, row.subscriber_id, row.mail_id, row.outcome, row.at, row.object_until],
  )
  return rows.length > 0
}

/** Who was told of some changes, in the order in which they were. */
export async function listDeliveries({ sql }: TenantContext, changeIds: readonly string[]): Promise<DeliveryRow[]> {
  const { rows } = await sql.query<DeliveryRow>(
    `select change_id, subscriber_id, mail_id, outcome, at, object_until::text as object_until
     from processor_delivery where change_id = any ($1::uuid[]) order by processor_delivery.at, subscriber_id`,
    [changeIds],
  )
  return rows
}

/** All objections, the newest first. */
export async function listObjections({ sql }: TenantContext): Promise<ObjectionRow[]> {
  const { rows } = await sql.query<ObjectionRow>(
    `select id, change_id, customer, grounds, received_on::text as received_on, object_until::text as object_until, outcome,
       outcome_reason, decided_at from processor_objection order by processor_objection.received_on desc, id`,
  )
  return rows
}

export async function saveObjection({ sql }: TenantContext, row: ObjectionRow): Promise<void> {
  await sql.query(
    `insert into processor_objection (id, change_id, customer, grounds, received_on, object_until, outcome, outcome_reason,
       decided_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (id) do update set outcome = excluded.outcome, outcome_reason = excluded.outcome_reason,
       decided_at = excluded.decided_at`,
    [
      row.id,
      row.change_id,
      row.customer,
      row.grounds,
      row.received_on,
      row.object_until,
      row.outcome,
      row.outcome_reason,
      row.decided_at,
    ],
  )
}
