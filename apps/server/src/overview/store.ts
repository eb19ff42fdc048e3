import { assurances } from '@art32/press'
import type { Pool } from 'pg'
import { z } from 'zod'
import { Due } from './summary.ts'
import type { Summary } from './summary.ts'

const Row = z.object({
  assurance: z.record(z.enum(assurances), z.int()),
  lines: z.int(),
  unconfirmed: z.int(),
  dues: z.array(Due),
  published_at: z.date().nullable(),
  counted_at: z.date(),
})

/** A summary as it was last counted. */
export interface CountedSummary extends Omit<Summary, 'staleAt'> {
  readonly countedAt: Date
}

export async function save(db: Pool, tenantId: string, summary: Summary, at: Date): Promise<void> {
  const { assurance, lines, unconfirmed, dues, publishedAt, staleAt } = summary
  await db.query(
    // A tenant that is just being deleted has no row to refer to any more, and needs none.
    `insert into tenant_summary (tenant_id, assurance, lines, unconfirmed, dues, published_at, counted_at, stale_at)
     select id, $2, $3, $4, $5, $6, $7, $8 from tenant where id = $1
     on conflict (tenant_id) do update set assurance = excluded.assurance, lines = excluded.lines, unconfirmed = excluded.unconfirmed,
       dues = excluded.dues, published_at = excluded.published_at, counted_at = excluded.counted_at, stale_at = excluded.stale_at`,
    [tenantId, JSON.stringify(assurance), lines, unconfirmed, JSON.stringify(dues), publishedAt, at, staleAt],
  )
}

/** The summaries of some tenants; those not counted yet are missing. */
export async function list(db: Pool, tenantIds: readonly string[]): Promise<Map<string, CountedSummary>> {
  const { rows } = await db.query<{ tenant_id: string }>(
    'select * from tenant_summary where tenant_id = any ($1::uuid[])',
    [tenantIds],
  )
  return new Map(
    rows.map((row) => {
      const { published_at: publishedAt, counted_at: countedAt, ...counts } = Row.parse(row)
      return [row.tenant_id, { ...counts, publishedAt, countedAt }]
    }),
  )
}

/** Tenants that were never counted, or whose counts time has changed. */
export async function listStale(db: Pool, now: Date, most: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select t.id from tenant t left join tenant_summary s on s.tenant_id = t.id
     where t.state = 'ready' and (s.stale_at is null or s.stale_at <= $1) order by s.stale_at nulls first limit $2`,
    [now, most],
  )
  return rows.map(({ id }) => id)
}
