import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { BulletinText } from './bulletin.ts'
import type { Audience } from './bulletin.ts'

/** A bulletin with its draft. */
export interface BulletinRow {
  readonly incident_id: string
  readonly number: number | null
  readonly audience: Audience
  readonly draft: BulletinText
  readonly revision: number
  readonly closed_at: Date | null
  readonly withdrawn_at: Date | null
}

/** A version as it was said. */
export interface BulletinVersion {
  readonly incident_id: string
  readonly number: number
  readonly published_at: Date
  readonly content: BulletinText
}

/** A letter on a version, and what became of it. */
export interface BulletinDelivery {
  readonly incident_id: string
  readonly number: number
  readonly subscriber_id: string
  readonly mail_id: string
  readonly outcome: 'taken' | 'refused' | 'interrupted'
}

const columns = 'incident_id, number, audience, draft, revision, closed_at, withdrawn_at'

export async function findBulletin({ sql }: TenantContext, incidentId: string): Promise<BulletinRow | null> {
  const { rows } = await sql.query<BulletinRow>(`select ${columns} from incident_bulletin where incident_id = $1`, [
    incidentId,
  ])
  return rows[0] ? { ...rows[0], draft: BulletinText.parse(rows[0].draft) } : null
}

/** Those that were published, the newest first; of one that was taken back, too. */
export async function listNumbered({ sql }: TenantContext): Promise<BulletinRow[]> {
  const { rows } = await sql.query<BulletinRow>(
    `select ${columns} from incident_bulletin where number is not null order by number desc`,
  )
  return rows.map((row) => ({ ...row, draft: BulletinText.parse(row.draft) }))
}

export async function saveBulletin({ sql, now }: TenantContext, row: BulletinRow): Promise<void> {
  await sql.query(
    `insert into incident_bulletin (${columns}, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (incident_id) do update set number = excluded.number, audience = excluded.audience, draft = excluded.draft,
       revision = excluded.revision, closed_at = excluded.closed_at, withdrawn_at = excluded.withdrawn_at,
       changed_at = excluded.changed_at`,
    [
      row.incident_id,
      row.number,
      row.audience,
      JSON.stringify(row.draft),
      row.revision,
      row.closed_at,
      row.withdrawn_at,
      now,
    ],
  )
}

/** The number of the next bulletin; two at once get two. */
export async function nextNumber({ sql }: TenantContext): Promise<number> {
  await takeTurn({ sql }, 'bulletin.number')
  const { rows } = await sql.query<{ next: number }>(
    'select coalesce(max(number), 0) + 1 as next from incident_bulletin',
  )
  return rows[0]?.next ?? 1
}

export async function addVersion(
  { sql }: TenantContext,
  row: BulletinVersion & { readonly commitment: Buffer },
): Promise<void> {
  await sql.query(
    `insert into incident_bulletin_version (incident_id, number, published_at, content, commitment)
     values ($1, $2, $3, $4, $5)`,
    [row.incident_id, row.number, row.published_at, JSON.stringify(row.content), row.commitment],
  )
}

/** The versions of some bulletins, the first one first. */
export async function listVersions({ sql }: TenantContext, incidentIds: readonly string[]): Promise<BulletinVersion[]> {
  const { rows } = await sql.query<BulletinVersion>(
    `select incident_id, number, published_at, content from incident_bulletin_version
     where incident_id = any ($1::uuid[]) order by incident_id, number`,
    [incidentIds],
  )
  return rows.map((row) => ({ ...row, content: BulletinText.parse(row.content) }))
}

/** Whether a version is what is said now: no other followed it, and it was not taken back. */
export async function isSaidNow({ sql }: TenantContext, incidentId: string, number: number): Promise<boolean> {
  const { rows } = await sql.query(
    `select 1 from incident_bulletin b where incident_id = $1 and withdrawn_at is null
       and (select max(v.number) from incident_bulletin_version v where v.incident_id = b.incident_id) = $2`,
    [incidentId, number],
  )
  return rows.length > 0
}

/** Writes down what became of a letter. @returns false: it was already */
export async function addDelivery({ sql, now }: TenantContext, row: BulletinDelivery): Promise<boolean> {
  const { rows } = await sql.query(
    `insert into incident_bulletin_delivery (incident_id, number, subscriber_id, mail_id, outcome, at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1`,
    [row.incident_id, row.number, row.subscriber_id, row.mail_id, row.outcome, now],
  )
  return rows.length > 0
}

/** How many letters on each version had which end. */
export async function countDeliveries(
  { sql }: TenantContext,
  incidentId: string,
): Promise<{ number: number; outcome: BulletinDelivery['outcome']; count: number; last: Date }[]> {
  const { rows } = await sql.query<{
    number: number
    outcome: BulletinDelivery['outcome']
    count: number
    last: Date
  }>(
    `select number, outcome, count(*)::int as count, max(at) as last from incident_bulletin_delivery
     where incident_id = $1 group by number, outcome order by number, outcome`,
    [incidentId],
  )
  return rows
}
