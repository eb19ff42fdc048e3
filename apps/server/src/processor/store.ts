import type { TenantContext } from '../evidence/index.ts'
import { dayAt, findTimeZone } from '../calendar/index.ts'
import { processorErrors } from './errors.ts'
import type { Proof, ProcessorLink, Standard, Term, Transfer } from './processor.ts'

/** Who processes for the tenant, or for one who does. */
export interface ProcessorRow {
  readonly id: string
  readonly parent_id: string | null
  readonly name: string
  readonly address: string
  readonly contact_function: string
  readonly contact_name: string
  readonly contact_at: string
  readonly purpose: string
  readonly services: string
  readonly data_categories: readonly string[]
  readonly places: readonly string[]
  readonly place_note: string
  readonly transfer: Transfer
  readonly transfer_note: string
  readonly contract_of: 'us' | 'customer'
  readonly links: readonly ProcessorLink[]
  readonly template: string | null
  readonly state: 'planned' | 'active' | 'ended'
  readonly since: string | null
  readonly ended_on: string | null
  readonly is_public: boolean
  readonly duty_id: string | null
  readonly revision: number
}

/** A contract under Art. 28. */
export interface AgreementRow extends Term {
  readonly id: string
  readonly processor_id: string
  readonly title: string
  readonly ended_at: Date | null
  readonly ended_reason: string
}

/** A certificate or report. */
export interface ProofRow extends Proof {
  readonly id: string
  readonly processor_id: string
  readonly standard: Standard
  readonly title: string
  readonly issuer: string
  readonly scope: string
  readonly withdrawn_at: Date | null
  readonly withdrawn_reason: string
}

/** What a report leaves to its reader. */
export interface ControlRow {
  readonly id: string
  readonly proof_id: string
  readonly position: number
  readonly text: string
  readonly statement_id: string | null
  readonly answer: string
  readonly answered_at: Date | null
}

/** A measure that a processor guarantees. */
export interface GuaranteeShare {
  readonly catalogue_id: string
  readonly statement_id: string | null
  readonly by_processor: string
  readonly by_us: string
  readonly by_customer: string
}

const processorColumns = [
  'id',
  'parent_id',
  'name',
  'address',
  'contact_function',
  'contact_name',
  'contact_at',
  'purpose',
  'services',
  'data_categories',
  'places',
  'place_note',
  'transfer',
  'transfer_note',
  'contract_of',
  'links',
  'template',
  'state',
  'since',
  'ended_on',
  'is_public',
  'duty_id',
  'revision',
] as const satisfies readonly (keyof ProcessorRow)[]
const agreementColumns = [
  'id',
  'processor_id',
  'title',
  'valid_from',
  'valid_until',
  'ended_at',
  'ended_reason',
] as const
const proofColumns = [
  'id',
  'processor_id',
  'standard',
  'form',
  'title',
  'issuer',
  'scope',
  'from_on',
  'until_on',
  'counts_months',
  'bridge_until',
  'withdrawn_at',
  'withdrawn_reason',
] as const

const days: ReadonlySet<string> = new Set([
  'since',
  'ended_on',
  'valid_from',
  'valid_until',
  'from_on',
  'until_on',
  'bridge_until',
])
/** The columns for a select: days as text. */
const shown = (columns: readonly string[]) =>
  columns.map((name) => (days.has(name) ? `${name}::text as ${name}` : name)).join(', ')

/** What of a row is stored: its days of the tenant follow from it. */
function only<R extends object>(row: R, columns: readonly (keyof R)[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(columns.map((name) => [name, row[name]]))
}

/** Writes a row, in place of the one with its id. */
async function keep(
  { sql }: TenantContext,
  table: string,
  row: Readonly<Record<string, unknown>>,
  also: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const whole = { ...row, ...also }
  const names = Object.keys(whole)
  await sql.query(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})
     on conflict (id) do update set ${Object.keys(row)
       .filter((name) => name !== 'id')
       .map((name) => `${name} = excluded.${name}`)
       .join(', ')}`,
    Object.values(whole),
  )
}

/** Every processor, by name: planned, active and ended. */
export async function listProcessors({ sql }: TenantContext): Promise<ProcessorRow[]> {
  const { rows } = await sql.query<ProcessorRow>(
    `select ${shown(processorColumns)} from processor order by lower(name), id`,
  )
  return rows
}

/** @throws {processor.not_found} */
export async function getProcessor({ sql }: TenantContext, id: string, lock = false): Promise<ProcessorRow> {
  const { rows } = await sql.query<ProcessorRow>(
    `select ${shown(processorColumns)} from processor where id = $1 ${lock ? 'for update' : ''}`,
    [id],
  )
  if (!rows[0]) throw processorErrors.not_found()
  return rows[0]
}

export async function saveProcessor(tx: TenantContext, row: ProcessorRow): Promise<void> {
  await keep(tx, 'processor', { ...row, links: JSON.stringify(row.links) }, { created_at: tx.now })
}

/** Agreements of some processors, the newest first; of all where none is named. */
export async function listAgreements(tx: TenantContext, ids?: readonly string[]): Promise<AgreementRow[]> {
  const { rows } = await tx.sql.query<Omit<AgreementRow, 'ended_on'>>(
    `select ${shown(agreementColumns)} from processor_agreement
     where $1::uuid[] is null or processor_id = any ($1) order by processor_agreement.valid_from desc, id`,
    [ids ?? null],
  )
  const timeZone = await findTimeZone(tx)
  return rows.map((row) => ({ ...row, ended_on: row.ended_at && dayAt(row.ended_at, timeZone) }))
}

export async function saveAgreement(tx: TenantContext, row: AgreementRow): Promise<void> {
  await keep(tx, 'processor_agreement', only(row, agreementColumns))
}

/** Certificates and reports of some processors, the newest first; of all where none is named. */
export async function listProofs(tx: TenantContext, ids?: readonly string[]): Promise<ProofRow[]> {
  const { rows } = await tx.sql.query<Omit<ProofRow, 'withdrawn_on'>>(
    `select ${shown(proofColumns)} from processor_proof
     where $1::uuid[] is null or processor_id = any ($1) order by processor_proof.until_on desc, id`,
    [ids ?? null],
  )
  const timeZone = await findTimeZone(tx)
  return rows.map((row) => ({ ...row, withdrawn_on: row.withdrawn_at && dayAt(row.withdrawn_at, timeZone) }))
}

export async function saveProof(tx: TenantContext, row: ProofRow): Promise<void> {
  await keep(tx, 'processor_proof', only(row, proofColumns))
}

export async function listControls({ sql }: TenantContext, proofIds: readonly string[]): Promise<ControlRow[]> {
  const { rows } = await sql.query<ControlRow>(
    'select * from processor_control where proof_id = any ($1::uuid[]) order by proof_id, position',
    [proofIds],
  )
  return rows
}

/** The controls of a report; those whose text stays keep how they were answered. */
export async function replaceControls(tx: TenantContext, proofId: string, texts: readonly string[]): Promise<void> {
  const before = new Map((await listControls(tx, [proofId])).map((row) => [row.text, row]))
  await tx.sql.query('delete from processor_control where proof_id = $1', [proofId])
  for (const [position, text] of texts.entries()) {
    const known = before.get(text)
    await saveControl(tx, {
      id: known?.id ?? tx.newId(),
      proof_id: proofId,
      position,
      text,
      statement_id: known?.statement_id ?? null,
      answer: known?.answer ?? '',
      answered_at: known?.answered_at ?? null,
    })
  }
}

export async function saveControl(tx: TenantContext, row: ControlRow): Promise<void> {
  await keep(tx, 'processor_control', { ...row })
}

/** A control with the processor whose report it is of. @throws {processor.control_not_found} */
export async function getControl({ sql }: TenantContext, id: string): Promise<ControlRow & { processor_id: string }> {
  const { rows } = await sql.query<ControlRow & { processor_id: string }>(
    'select c.*, p.processor_id from processor_control c join processor_proof p on p.id = c.proof_id where c.id = $1',
    [id],
  )
  if (!rows[0]) throw processorErrors.control_not_found()
  return rows[0]
}

/** What processors guarantee, by the id of each. */
export async function listShares({ sql }: TenantContext): Promise<Map<string, GuaranteeShare[]>> {
  const { rows } = await sql.query<GuaranteeShare & { processor_id: string }>(
    `select processor_id, catalogue_id, statement_id, by_processor, by_us, by_customer
     from processor_guarantee order by catalogue_id, id`,
  )
  const found = new Map<string, GuaranteeShare[]>()
  for (const { processor_id: id, ...share } of rows) found.set(id, [...(found.get(id) ?? []), share])
  return found
}

export async function replaceShares(
  tx: TenantContext,
  processorId: string,
  shares: readonly GuaranteeShare[],
): Promise<void> {
  await tx.sql.query('delete from processor_guarantee where processor_id = $1', [processorId])
  for (const share of shares)
    await keep(tx, 'processor_guarantee', { id: tx.newId(), processor_id: processorId, ...share })
}

/** @returns whether somebody has not been told of it before */
export async function noteTold(
  { sql }: TenantContext,
  told: { processorId: string; aboutId: string; untilOn: string; stage: 'soon' | 'lapsed' },
): Promise<boolean> {
  const { rows } = await sql.query(
    `insert into processor_told (processor_id, about_id, until_on, stage) values ($1, $2, $3, $4)
     on conflict do nothing returning about_id`,
    [told.processorId, told.aboutId, told.untilOn, told.stage],
  )
  return rows.length > 0
}

/** What is set for the whole tenant. */
export async function findSetting({ sql }: TenantContext): Promise<{ isPublic: boolean; noticeDays: number }> {
  const { rows } = await sql.query<{ is_public: boolean; notice_days: number }>(
    'select is_public, notice_days from processor_setting',
  )
  return { isPublic: rows[0]?.is_public ?? false, noticeDays: rows[0]?.notice_days ?? 30 }
}

export async function saveSetting(
  { sql }: TenantContext,
  { isPublic, noticeDays }: { isPublic: boolean; noticeDays: number },
): Promise<void> {
  await sql.query(
    `insert into processor_setting (id, is_public, notice_days) values (1, $1, $2)
     on conflict (id) do update set is_public = excluded.is_public, notice_days = excluded.notice_days`,
    [isPublic, noticeDays],
  )
}

/** Whether the register in use has a line. */
export async function hasLine({ sql }: TenantContext, statementId: string): Promise<boolean> {
  return (await sql.query('select 1 from statement where id = $1', [statementId])).rows.length > 0
}
