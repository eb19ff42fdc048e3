import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import type { Clock } from './cra.ts'
import { reportErrors } from './errors.ts'
import { readMonths } from './report.ts'
import type { ReportState } from './report.ts'

/** What the page promises, and whether the Cyber Resilience Act applies. */
export interface SettingRow {
  /** Null: open once an edition is published, and for the installation itself. */
  readonly is_open: boolean | null
  readonly acknowledge_days: number
  readonly disclose_days: number
  readonly policy: string
  readonly cra: 'applies' | 'applies-not' | 'undecided'
  readonly cra_reason: string
  readonly set_at: Date | null
  readonly role: string | null
  readonly commitment: Buffer | null
}

/** A report as stored. */
export interface ReportRow {
  readonly id: string
  readonly number: number
  readonly source: 'form' | 'workplace'
  readonly received_at: Date
  readonly language: 'en' | 'de'
  readonly title: string
  readonly product: string
  readonly description: string
  readonly name: string | null
  readonly email: string | null
  readonly credit: string | null
  readonly state: ReportState
  readonly acknowledge_by: string
  readonly acknowledged_at: Date | null
  readonly mended_at: Date | null
  readonly closed_at: Date | null
  readonly duplicate_of: string | null
  readonly owner_account: string | null
  readonly vector: string | null
  readonly score: number | null
  readonly cve: string | null
  readonly disclose_on: string | null
  readonly clock: Clock | null
  readonly aware_at: Date | null
  readonly warned_at: Date | null
  readonly notified_at: Date | null
  readonly remedy_at: Date | null
  readonly final_at: Date | null
  readonly told: readonly string[]
}

/** What was said. */
export interface MessageRow {
  readonly id: string
  readonly report_id: string
  readonly kind: 'reporter' | 'answer' | 'note'
  readonly account_id: string | null
  readonly text: string
  readonly at: Date
}

/** What is promised where nobody has set anything: a week to acknowledge, ninety days to disclose. */
const usual: SettingRow = {
  is_open: null,
  acknowledge_days: 5,
  disclose_days: 90,
  policy: '',
  cra: 'undecided',
  cra_reason: '',
  set_at: null,
  role: null,
  commitment: null,
}

/** What is promised now; the usual promise where nobody set one. */
export async function findSetting({ sql }: TenantContext): Promise<SettingRow> {
  return (await sql.query<SettingRow>('select * from report_setting')).rows[0] ?? usual
}

export async function saveSetting({ sql }: TenantContext, row: SettingRow): Promise<void> {
  await sql.query(
    `insert into report_setting (id, is_open, acknowledge_days, disclose_days, policy, cra, cra_reason, set_at, role, commitment)
     values (1, $1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (id) do update set is_open = excluded.is_open, acknowledge_days = excluded.acknowledge_days,
       disclose_days = excluded.disclose_days, policy = excluded.policy, cra = excluded.cra,
       cra_reason = excluded.cra_reason, set_at = excluded.set_at, role = excluded.role, commitment = excluded.commitment`,
    [
      row.is_open,
      row.acknowledge_days,
      row.disclose_days,
      row.policy,
      row.cra,
      row.cra_reason,
      row.set_at,
      row.role,
      row.commitment,
    ],
  )
}

const columns = `id, number, source, received_at, language, title, product, description, name, email, credit, state,
  acknowledge_by::text as acknowledge_by, acknowledged_at, mended_at, closed_at, duplicate_of, owner_account, vector,
  score::float8 as score, cve, disclose_on::text as disclose_on, clock, aware_at, warned_at, notified_at, remedy_at, final_at,
  told`

/** What is kept of a new report. */
export type NewReport = Pick<
  ReportRow,
  'id' | 'source' | 'language' | 'title' | 'product' | 'description' | 'name' | 'email' | 'credit' | 'acknowledge_by'
> & { readonly received_at: Date; readonly token_hash: Buffer }

/** Keeps a report under the next number. One at a time, so that no number is given twice. */
export async function addReport({ sql }: TenantContext, row: NewReport): Promise<number> {
  await takeTurn({ sql }, 'report.number')
  const { rows } = await sql.query<{ number: number }>(
    `insert into report (id, number, source, received_at, language, title, product, description, name, email, credit, state,
       acknowledge_by)
     values ($1, (select coalesce(max(number), 0) + 1 from report), $2, $3, $4, $5, $6, $7, $8, $9, $10, 'received', $11)
     returning number`,
    [
      row.id,
      row.source,
      row.received_at,
      row.language,
      row.title,
      row.product,
      row.description,
      row.name,
      row.email,
      row.credit,
      row.acknowledge_by,
    ],
  )
  await sql.query('insert into report_link (report_id, token_hash) values ($1, $2)', [row.id, row.token_hash])
  return rows[0]?.number ?? 0
}

/** Every report, the newest first. */
export async function listReports({ sql }: TenantContext): Promise<ReportRow[]> {
  return (await sql.query<ReportRow>(`select ${columns} from report order by number desc`)).rows
}

/** One report, held for a change where asked. @throws {report.not_found} */
export async function getReport({ sql }: TenantContext, id: string, hold = false): Promise<ReportRow> {
  const { rows } = await sql.query<ReportRow>(
    `select ${columns} from report where id = $1${hold ? ' for update' : ''}`,
    [id],
  )
  if (!rows[0]) throw reportErrors.not_found()
  return rows[0]
}

/** The report of a link that has not ended, held: the one on the page after sending, or the one in the receipt. */
export async function findByToken({ sql, now }: TenantContext, hash: Buffer): Promise<ReportRow | undefined> {
  const { rows } = await sql.query<ReportRow>(
    `select ${columns} from report
     where id = (select report_id from report_link l where (ends_at is null or ends_at > $2) and (token_hash = $1
       or exists (select 1 from report_letter t where t.report_id = l.report_id and t.token_hash = $1))) for update`,
    [hash, now],
  )
  return rows[0]
}

/** What may change of a report. */
export type ReportChange = Partial<
  Pick<
    ReportRow,
    | 'state'
    | 'acknowledged_at'
    | 'mended_at'
    | 'closed_at'
    | 'duplicate_of'
    | 'owner_account'
    | 'vector'
    | 'score'
    | 'cve'
    | 'disclose_on'
    | 'clock'
    | 'aware_at'
    | 'warned_at'
    | 'notified_at'
    | 'remedy_at'
    | 'final_at'
    | 'told'
  >
>

/** Changes some fields; their names are those of this file, never of a request. */
export async function changeReport({ sql }: TenantContext, id: string, change: ReportChange): Promise<void> {
  const fields = Object.entries(change)
  const set = fields.map(([name], index) => `${name} = $${index + 2}`).join(', ')
  await sql.query(`update report set ${set} where id = $1`, [id, ...fields.map(([, value]) => value)])
  if (change.closed_at !== undefined)
    await sql.query(
      'update report_link set ends_at = $2::timestamptz + make_interval(months => $3) where report_id = $1',
      [id, change.closed_at, readMonths],
    )
}

export async function setToken({ sql }: TenantContext, id: string, hash: Buffer): Promise<void> {
  await sql.query(
    `insert into report_link (report_id, token_hash) values ($1, $2)
     on conflict (report_id) do update set token_hash = excluded.token_hash`,
    [id, hash],
  )
}

/** Keeps a message as the next one; whoever adds one holds the report. */
export async function addMessage({ sql }: TenantContext, row: MessageRow): Promise<void> {
  await sql.query(
    `insert into report_message (id, report_id, number, kind, account_id, text, at)
     values ($1, $2, (select count(*) + 1 from report_message where report_id = $2), $3, $4, $5, $6)`,
    [row.id, row.report_id, row.kind, row.account_id, row.text, row.at],
  )
}

/** What was said about a report, in order. */
export async function listMessages({ sql }: TenantContext, reportId: string): Promise<MessageRow[]> {
  const { rows } = await sql.query<MessageRow>('select * from report_message where report_id = $1 order by number', [
    reportId,
  ])
  return rows
}

/** Who looks after a report: nobody, or one. */
export async function findOwner({ sql }: TenantContext, id: string): Promise<string[]> {
  const { rows } = await sql.query<{ owner_account: string | null }>('select owner_account from report where id = $1', [
    id,
  ])
  return rows.flatMap(({ owner_account: owner }) => owner ?? [])
}

/** Reports that nobody has looked at. */
export async function countWaiting({ sql }: TenantContext): Promise<number> {
  const { rows } = await sql.query<{ n: number }>(
    `select count(*)::int as n from report where state = 'received' and source = 'form'`,
  )
  return rows[0]?.n ?? 0
}

/** Who can own a report. */
export async function isMember({ sql }: TenantContext, accountId: string): Promise<boolean> {
  return (await sql.query('select 1 from membership where account_id = $1', [accountId])).rows.length > 0
}

/** Who can own a report, with their roles. */
export async function listMembers({ sql }: TenantContext): Promise<{ account_id: string; role: string }[]> {
  const { rows } = await sql.query<{ account_id: string; role: string }>(
    'select account_id, role from membership order by since, account_id',
  )
  return rows
}
