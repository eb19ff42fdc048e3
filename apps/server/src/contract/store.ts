import type { TenantContext } from '../evidence/index.ts'
import { agreementErrors, contractErrors, matterErrors } from './errors.ts'
import type { Term } from './contract.ts'
import type { MatterKind, Said } from './matter.ts'

/** A customer: the controller on whose behalf the tenant processes. */
export interface CustomerRow {
  readonly id: string
  readonly name: string
  readonly reference: string
  readonly address: string
  readonly contact_name: string
  /** Null: nobody by mail. */
  readonly contact_email: string | null
  readonly language: 'en' | 'de'
  readonly representative: string
  readonly dpo: string
  readonly revision: number
  readonly created_at: Date
}

/** An agreement under Art. 28(3) with a customer. */
export interface ContractRow extends Term {
  readonly id: string
  readonly customer_id: string
  readonly title: string
  /** Number of the edition that was agreed. */
  readonly edition: number | null
  readonly sub_processor_days: number
  readonly measure_days: number
  readonly incident_hours: number
  readonly forward_days: number
  readonly return_days: number
  readonly silence_consents: boolean
  readonly measures: readonly string[]
  readonly confirmed_at: Date | null
  readonly confirmed_role: string | null
  readonly ended_reason: string
  readonly told: number
  readonly revision: number
  readonly created_at: Date
}

/** Something that happens under an agreement. */
export interface MatterRow {
  readonly id: string
  readonly contract_id: string
  readonly kind: MatterKind
  readonly state: string
  readonly opened_on: string
  readonly due_on: string | null
  readonly closed_on: string | null
  readonly room_id: string | null
  readonly said: Said
  readonly told: number
  readonly created_at: Date
}

/** A record of it. */
export interface StepRow {
  readonly id: string
  readonly matter_id: string
  readonly state: string
  readonly on_day: string
  readonly said: Said
  readonly role: string
  readonly at: Date
}

const contractColumns = `k.id, k.customer_id, k.title, k.valid_from::text, k.valid_until::text, k.edition, k.sub_processor_days,
  k.measure_days, k.incident_hours, k.forward_days, k.return_days, k.silence_consents, k.measures, k.confirmed_at,
  k.confirmed_role, k.ended_on::text, k.ended_reason, k.told, k.revision, k.created_at`
const matterColumns = `m.id, m.contract_id, m.kind, m.state, m.opened_on::text, m.due_on::text, m.closed_on::text, m.room_id,
  m.said, m.told, m.created_at`

/** One customer, held for a change where asked. @throws {customer.not_found} */
export async function getCustomer({ sql }: TenantContext, id: string, hold = false): Promise<CustomerRow> {
  const { rows } = await sql.query<CustomerRow>(`select * from customer where id = $1${hold ? ' for update' : ''}`, [
    id,
  ])
  if (!rows[0]) throw contractErrors.not_found()
  return rows[0]
}

/** All customers, by name. */
export async function listCustomers({ sql }: TenantContext): Promise<CustomerRow[]> {
  return (await sql.query<CustomerRow>('select * from customer order by lower(name), id')).rows
}

export async function countCustomers({ sql }: TenantContext): Promise<number> {
  return (await sql.query<{ n: number }>('select count(*)::int as n from customer')).rows[0]?.n ?? 0
}

/** Whether another customer has this number of the tenant's own. */
export async function isTaken({ sql }: TenantContext, reference: string, id: string): Promise<boolean> {
  const { rows } = await sql.query('select 1 from customer where lower(reference) = lower($1) and id <> $2', [
    reference,
    id,
  ])
  return reference !== '' && rows.length > 0
}

/** Keeps a customer, new or changed. */
export async function saveCustomer({ sql }: TenantContext, row: CustomerRow): Promise<void> {
  await sql.query(
    `insert into customer (id, name, reference, address, contact_name, contact_email, language, representative, dpo, revision, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (id) do update set name = excluded.name, reference = excluded.reference, address = excluded.address,
       contact_name = excluded.contact_name, contact_email = excluded.contact_email, language = excluded.language,
       representative = excluded.representative, dpo = excluded.dpo, revision = excluded.revision`,
    [
      row.id,
      row.name,
      row.reference,
      row.address,
      row.contact_name,
      row.contact_email,
      row.language,
      row.representative,
      row.dpo,
      row.revision,
      row.created_at,
    ],
  )
}

export async function deleteCustomer({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('delete from customer where id = $1', [id])
}

/** One agreement, held for a change where asked. @throws {contract.not_found} */
export async function getContract({ sql }: TenantContext, id: string, hold = false): Promise<ContractRow> {
  const { rows } = await sql.query<ContractRow>(
    `select ${contractColumns} from contract k where k.id = $1${hold ? ' for update' : ''}`,
    [id],
  )
  if (!rows[0]) throw agreementErrors.not_found()
  return rows[0]
}

/** The agreements with one customer or with all, the newest first. */
export async function listContracts(
  { sql }: TenantContext,
  customerId: string | null = null,
  hold = false,
): Promise<ContractRow[]> {
  const { rows } = await sql.query<ContractRow>(
    `select ${contractColumns} from contract k where $1::uuid is null or k.customer_id = $1
     order by k.valid_from desc, k.id${hold ? ' for update' : ''}`,
    [customerId],
  )
  return rows
}

/** Keeps an agreement, new or changed. */
export async function saveContract({ sql }: TenantContext, row: ContractRow): Promise<void> {
  await sql.query(
    `insert into contract (id, customer_id, title, valid_from, valid_until, edition, sub_processor_days, measure_days, incident_hours,
       forward_days, return_days, silence_consents, measures, confirmed_at, confirmed_role, ended_on, ended_reason, told, revision, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
     on conflict (id) do update set title = excluded.title, valid_from = excluded.valid_from, valid_until = excluded.valid_until,
       edition = excluded.edition, sub_processor_days = excluded.sub_processor_days, measure_days = excluded.measure_days,
       incident_hours = excluded.incident_hours, forward_days = excluded.forward_days, return_days = excluded.return_days,
       silence_consents = excluded.silence_consents, measures = excluded.measures, confirmed_at = excluded.confirmed_at,
       confirmed_role = excluded.confirmed_role, ended_on = excluded.ended_on, ended_reason = excluded.ended_reason,
       told = excluded.told, revision = excluded.revision`,
    [
      row.id,
      row.customer_id,
      row.title,
      row.valid_from,
      row.valid_until,
      row.edition,
      row.sub_processor_days,
      row.measure_days,
      row.incident_hours,
      row.forward_days,
      row.return_days,
      row.silence_consents,
      row.measures,
      row.confirmed_at,
      row.confirmed_role,
      row.ended_on,
      row.ended_reason,
      row.told,
      row.revision,
      row.created_at,
    ],
  )
}

/** Notes how far the last day of an agreement was told. */
export async function noteToldContract({ sql }: TenantContext, id: string, told: number): Promise<void> {
  await sql.query('update contract set told = $2 where id = $1', [id, told])
}

/** Something that happens under an agreement, held for a change where asked. @throws {matter.not_found} */
export async function getMatter({ sql }: TenantContext, id: string, hold = false): Promise<MatterRow> {
  const { rows } = await sql.query<MatterRow>(
    `select ${matterColumns} from contract_matter m where m.id = $1${hold ? ' for update' : ''}`,
    [id],
  )
  if (!rows[0]) throw matterErrors.not_found()
  return rows[0]
}

/** What happened under some agreements, the newest first. */
export async function listMatters({ sql }: TenantContext, contractIds: readonly string[]): Promise<MatterRow[]> {
  const { rows } = await sql.query<MatterRow>(
    `select ${matterColumns} from contract_matter m where m.contract_id = any ($1::uuid[])
     order by m.opened_on desc, m.created_at desc, m.id`,
    [contractIds],
  )
  return rows
}

/** What is open under any agreement, the most urgent first. @param most at most so many */
export async function listOpenMatters(
  { sql }: TenantContext,
  most: number | null = null,
): Promise<(MatterRow & { customer_id: string; customer: string })[]> {
  const { rows } = await sql.query<MatterRow & { customer_id: string; customer: string }>(
    `select ${matterColumns}, c.id as customer_id, c.name as customer
     from contract_matter m join contract k on k.id = m.contract_id join customer c on c.id = k.customer_id
     where m.closed_on is null order by m.due_on nulls last, m.opened_on, m.id limit $1`,
    [most],
  )
  return rows
}

export async function addMatter({ sql }: TenantContext, row: MatterRow): Promise<void> {
  await sql.query(
    `insert into contract_matter (id, contract_id, kind, state, opened_on, due_on, closed_on, room_id, said, told, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      row.id,
      row.contract_id,
      row.kind,
      row.state,
      row.opened_on,
      row.due_on,
      row.closed_on,
      row.room_id,
      row.said,
      row.told,
      row.created_at,
    ],
  )
}

export async function changeMatter(
  { sql }: TenantContext,
  { id, state, due_on, closed_on, room_id, said, told }: MatterRow,
): Promise<void> {
  await sql.query(
    `update contract_matter set state = $2, due_on = $3, closed_on = $4, room_id = $5, said = $6, told = $7 where id = $1`,
    [id, state, due_on, closed_on, room_id, said, told],
  )
}

/** The records of some, in the order in which they were made. */
export async function listSteps({ sql }: TenantContext, matterIds: readonly string[]): Promise<StepRow[]> {
  const { rows } = await sql.query<StepRow>(
    `select id, matter_id, state, on_day::text, said, role, at from contract_step where matter_id = any ($1::uuid[])
     order by at, id`,
    [matterIds],
  )
  return rows
}

export async function addStep({ sql }: TenantContext, row: StepRow): Promise<void> {
  await sql.query(
    'insert into contract_step (id, matter_id, state, on_day, said, role, at) values ($1, $2, $3, $4, $5, $6, $7)',
    [row.id, row.matter_id, row.state, row.on_day, row.said, row.role, row.at],
  )
}
