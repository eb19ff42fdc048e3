import type { TenantContext } from '../evidence/index.ts'
import { guidelineErrors } from './errors.ts'
import type { Dated } from './guideline.ts'

/** A guideline with its draft. */
export interface GuidelineRow {
  readonly id: string
  readonly title: string
  readonly body: string
  readonly language: 'en' | 'de'
  readonly template: string | null
  /** Ids of the catalogue. */
  readonly measures: readonly string[]
  readonly review_months: number
  readonly revision: number
  /** Who wrote the draft as it is; null once that account is gone. */
  readonly written_by: string | null
  readonly written_at: Date
}

/** An approved version; never edited. */
export interface VersionRow extends Dated {
  readonly id: string
  readonly guideline_id: string
  readonly title: string
  readonly body: string
  readonly measures: readonly string[]
  readonly review_months: number
  readonly written_by: string | null
  readonly approved_by: string | null
  readonly approved_role: string
  readonly alone: boolean
  readonly approved_at: Date
  /** When somebody last left it as it is; null: never. */
  readonly reviewed_at: Date | null
  readonly withdrawn_at: Date | null
  readonly withdrawn_reason: string | null
}

/** That a person read and accepted a version. */
export interface AcceptanceRow {
  readonly version_id: string
  readonly account_id: string
  readonly at: Date
}

const versionColumns = `v.id, v.guideline_id, v.number, v.title, v.body, v.measures, v.review_months, v.written_by, v.approved_by,
  v.approved_role, v.alone, v.approved_at, v.effective_from::text,
  coalesce(r.review_due, v.review_due)::text as review_due, r.at as reviewed_at,
  w.at as withdrawn_at, w.reason as withdrawn_reason, w.version_id is not null as withdrawn`

const versionTables = `guideline_version v
  left join lateral (select review_due, at from guideline_review where version_id = v.id order by at desc limit 1) r on true
  left join guideline_withdrawal w on w.version_id = v.id`

/** All guidelines, by title. */
export async function listGuidelines({ sql }: TenantContext): Promise<GuidelineRow[]> {
  return (await sql.query<GuidelineRow>('select * from guideline order by title, id')).rows
}

/** One guideline, held for a change where asked. @throws {guideline.not_found} */
export async function getGuideline({ sql }: TenantContext, id: string, hold = false): Promise<GuidelineRow> {
  const { rows } = await sql.query<GuidelineRow>(`select * from guideline where id = $1${hold ? ' for update' : ''}`, [
    id,
  ])
  if (!rows[0]) throw guidelineErrors.not_found()
  return rows[0]
}

/** Keeps a new guideline, or a change of its draft. */
export async function saveGuideline({ sql }: TenantContext, row: GuidelineRow): Promise<void> {
  await sql.query(
    `insert into guideline (id, title, body, language, template, measures, review_months, revision, written_by, written_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (id) do update set title = excluded.title, body = excluded.body, measures = excluded.measures,
       review_months = excluded.review_months, revision = excluded.revision, written_by = excluded.written_by,
       written_at = excluded.written_at`,
    [
      row.id,
      row.title,
      row.body,
      row.language,
      row.template,
      row.measures,
      row.review_months,
      row.revision,
      row.written_by,
      row.written_at,
    ],
  )
}

/** Deletes a guideline that was never approved. */
export async function deleteGuideline({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('delete from guideline where id = $1', [id])
}

/** The versions of one guideline or of all, the newest first. */
export async function listVersions({ sql }: TenantContext, guidelineId: string | null = null): Promise<VersionRow[]> {
  const { rows } = await sql.query<VersionRow>(
    `select ${versionColumns} from ${versionTables} where $1::uuid is null or v.guideline_id = $1
     order by v.guideline_id, v.number desc`,
    [guidelineId],
  )
  return rows
}

/** One version. @throws {guideline.no_version} */
export async function getVersion({ sql }: TenantContext, id: string): Promise<VersionRow> {
  const { rows } = await sql.query<VersionRow>(`select ${versionColumns} from ${versionTables} where v.id = $1`, [id])
  if (!rows[0]) throw guidelineErrors.no_version()
  return rows[0]
}

/** What of a version is written once. */
export type NewVersion = Omit<VersionRow, 'withdrawn' | 'withdrawn_at' | 'withdrawn_reason' | 'reviewed_at'> & {
  readonly commitment: Buffer
}

export async function addVersion({ sql }: TenantContext, row: NewVersion): Promise<void> {
  await sql.query(
    `insert into guideline_version (id, guideline_id, number, title, body, measures, review_months, written_by, approved_by,
       approved_role, alone, approved_at, effective_from, review_due, commitment)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      row.id,
      row.guideline_id,
      row.number,
      row.title,
      row.body,
      row.measures,
      row.review_months,
      row.written_by,
      row.approved_by,
      row.approved_role,
      row.alone,
      row.approved_at,
      row.effective_from,
      row.review_due,
      row.commitment,
    ],
  )
}

export async function addReview(tx: TenantContext, versionId: string, reviewDue: string): Promise<void> {
  await tx.sql.query(
    `insert into guideline_review (id, version_id, reviewed_by, reviewed_role, at, review_due)
     values ($1, $2, $3, $4, $5, $6)`,
    [tx.newId(), versionId, tx.caller.accountId, tx.caller.role, tx.now, reviewDue],
  )
}

export async function addWithdrawal(tx: TenantContext, versionId: string, reason: string): Promise<void> {
  await tx.sql.query(
    'insert into guideline_withdrawal (version_id, withdrawn_by, withdrawn_role, at, reason) values ($1, $2, $3, $4, $5)',
    [versionId, tx.caller.accountId, tx.caller.role, tx.now, reason],
  )
}

/** @returns whether it is new: nobody accepts the same version twice */
export async function addAcceptance(
  { sql, now }: TenantContext,
  versionId: string,
  accountId: string,
): Promise<boolean> {
  const { rows } = await sql.query(
    `insert into guideline_acceptance (version_id, account_id, at) values ($1, $2, $3)
     on conflict do nothing returning at`,
    [versionId, accountId, now],
  )
  return rows.length > 0
}

/** The acceptances of some versions, in the order in which they were given. */
export async function listAcceptances({ sql }: TenantContext, versionIds: readonly string[]): Promise<AcceptanceRow[]> {
  const { rows } = await sql.query<AcceptanceRow>(
    'select * from guideline_acceptance where version_id = any ($1::uuid[]) order by at, account_id',
    [versionIds],
  )
  return rows
}

/** The members of the tenant, who have to accept what is in force. */
export async function listMembers({ sql }: TenantContext): Promise<{ accountId: string; maySign: boolean }[]> {
  const { rows } = await sql.query<{ account_id: string; role: string }>(
    'select account_id, role from membership order by since, account_id',
  )
  return rows.map(({ account_id: accountId, role }) => ({
    accountId,
    maySign: role === 'owner' || role === 'signatory',
  }))
}

/** What people are reminded of. */
export type ReminderKind = 'acceptance' | 'review' | 'overdue'

/** @returns whether nobody was reminded of this in so many days before */
export async function noteReminder(
  { sql }: TenantContext,
  { versionId, kind, day, every }: { versionId: string; kind: ReminderKind; day: string; every: number },
): Promise<boolean> {
  const { rows } = await sql.query(
    `insert into guideline_reminder (version_id, kind, day)
     select $1::uuid, $2, $3::date where not exists (
       select 1 from guideline_reminder where version_id = $1 and kind = $2 and day > $3::date - $4::int)
     on conflict do nothing returning day`,
    [versionId, kind, day, every],
  )
  return rows.length > 0
}
