import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { AdvisoryText } from './advisory.ts'
import { advisoryErrors } from './errors.ts'

/** An advisory with its draft. */
export interface AdvisoryRow {
  readonly id: string
  readonly tracking_id: string
  readonly draft: AdvisoryText
  readonly report_ids: readonly string[]
  readonly changed_at: Date
}

/** A published version. */
export interface VersionRow {
  readonly advisory_id: string
  readonly number: number
  readonly published_at: Date
  readonly summary: string
  readonly content: AdvisoryText
  readonly document: string
  readonly commitment: Buffer
}

/** The newest version of an advisory, as everybody may read it. */
export interface PublishedRow extends VersionRow {
  readonly tracking_id: string
  readonly report_ids: readonly string[]
  /** When its first version was published. */
  readonly first_at: Date
}

interface Stored {
  readonly draft?: unknown
  readonly content?: unknown
}

const parsed = <T extends Stored>(row: T): T => ({
  ...row,
  ...(row.draft === undefined ? {} : { draft: AdvisoryText.parse(row.draft) }),
  ...(row.content === undefined ? {} : { content: AdvisoryText.parse(row.content) }),
})

export async function listAdvisories({ sql }: TenantContext): Promise<AdvisoryRow[]> {
  return (await sql.query<AdvisoryRow>('select * from advisory order by tracking_id desc')).rows.map(parsed)
}

/** Advisories that tell of a report. */
export async function listAdvisoriesOf(
  { sql }: TenantContext,
  reportId: string,
): Promise<{ id: string; tracking_id: string }[]> {
  const { rows } = await sql.query<{ id: string; tracking_id: string }>(
    'select id, tracking_id from advisory where $1::uuid = any (report_ids) order by tracking_id',
    [reportId],
  )
  return rows
}

/** One advisory, held. @throws {advisory.not_found} */
export async function getAdvisory({ sql }: TenantContext, id: string): Promise<AdvisoryRow> {
  const { rows } = await sql.query<AdvisoryRow>('select * from advisory where id = $1 for update', [id])
  if (!rows[0]) throw advisoryErrors.not_found()
  return parsed(rows[0])
}

/** How many advisories a year has. One at a time, so that no number is given twice. */
export async function lastNumber({ sql }: TenantContext, begins: string): Promise<number> {
  await takeTurn({ sql }, 'advisory.number')
  const { rows } = await sql.query<{ last: string | null }>(
    'select max(tracking_id) as last from advisory where starts_with(tracking_id, $1)',
    [begins],
  )
  return Number(rows[0]?.last?.slice(begins.length) ?? 0)
}

export async function saveAdvisory(
  { sql, now }: TenantContext,
  { id, tracking_id: trackingId, draft, report_ids: reportIds }: Omit<AdvisoryRow, 'changed_at'>,
): Promise<void> {
  await sql.query(
    `insert into advisory (id, tracking_id, draft, report_ids, changed_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set draft = excluded.draft, report_ids = excluded.report_ids,
       changed_at = excluded.changed_at`,
    [id, trackingId, JSON.stringify(draft), reportIds, now],
  )
}

export async function deleteAdvisory({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('delete from advisory where id = $1', [id])
}

export async function addVersion({ sql }: TenantContext, row: VersionRow): Promise<void> {
  await sql.query(
    `insert into advisory_version (advisory_id, number, published_at, summary, content, document, commitment)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      row.advisory_id,
      row.number,
      row.published_at,
      row.summary,
      JSON.stringify(row.content),
      row.document,
      row.commitment,
    ],
  )
}

/** The versions of one advisory, the first one first. */
export async function listVersions({ sql }: TenantContext, advisoryId: string): Promise<VersionRow[]> {
  const { rows } = await sql.query<VersionRow>(
    'select * from advisory_version where advisory_id = $1 order by number',
    [advisoryId],
  )
  return rows.map(parsed)
}

/** The newest version of each advisory, the one published last first. */
export async function listPublished({ sql }: TenantContext): Promise<PublishedRow[]> {
  const { rows } = await sql.query<PublishedRow>(
    `select distinct on (v.advisory_id) v.*, a.tracking_id, a.report_ids, f.published_at as first_at
     from advisory_version v join advisory a on a.id = v.advisory_id
     join advisory_version f on f.advisory_id = v.advisory_id and f.number = 1
     order by v.advisory_id, v.number desc`,
  )
  return rows.map(parsed).toSorted((a, b) => b.published_at.getTime() - a.published_at.getTime())
}
