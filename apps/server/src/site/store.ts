import type { Pool } from 'pg'
import type { SiteProblem, SiteState } from './site.ts'

/** A tenant's own domain as stored, with what a request at it needs. */
export interface SiteRow {
  readonly tenant_id: string
  readonly slug: string
  readonly domain: string
  readonly challenge: string
  readonly state: SiteState
  readonly claimed_at: Date
  readonly proven_at: Date | null
  readonly looked_at: Date | null
  readonly problem: SiteProblem | null
}

const select = `select s.*, t.slug from tenant_site s join tenant t on t.id = s.tenant_id and t.state = 'ready'`

export async function list(pool: Pool): Promise<SiteRow[]> {
  return (await pool.query<SiteRow>(`${select} order by s.claimed_at`)).rows
}

export async function find(pool: Pool, tenantId: string): Promise<SiteRow | undefined> {
  return (await pool.query<SiteRow>(`${select} where s.tenant_id = $1`, [tenantId])).rows[0]
}

/** Another domain than before begins anew, with another challenge. */
export async function claim(
  pool: Pool,
  { tenantId, domain, challenge, at }: { tenantId: string; domain: string; challenge: string; at: Date },
): Promise<void> {
  await pool.query(
    `insert into tenant_site (tenant_id, domain, challenge, state, claimed_at) values ($1, $2, $3, 'waiting', $4)
     on conflict (tenant_id) do update set domain = excluded.domain, challenge = excluded.challenge, state = 'waiting',
       claimed_at = excluded.claimed_at, proven_at = null, looked_at = null, problem = null
       where tenant_site.domain <> excluded.domain`,
    [tenantId, domain, challenge, at],
  )
}

export async function release(pool: Pool, tenantId: string): Promise<boolean> {
  return (await pool.query('delete from tenant_site where tenant_id = $1 returning 1', [tenantId])).rows.length > 0
}

/** Keeps what a look said, unless the domain is another one by now. @returns false where somebody else has proven it */
export async function keep(
  pool: Pool,
  site: SiteRow,
  { state, problem }: { state: SiteState; problem: SiteProblem | null },
  at: Date,
): Promise<boolean> {
  const kept = pool.query<{ free: boolean }>(
    `with free as (
       select $3 <> 'proven' or not exists (
         select 1 from tenant_site where domain = $2 and state = 'proven' and tenant_id <> $1) as free),
     kept as (
       update tenant_site set looked_at = $5,
         state = case when (select free from free) then $3 else state end,
         problem = case when (select free from free) then $4 else 'taken' end,
         proven_at = case when $3 = 'proven' and (select free from free) then $5 else proven_at end
       where tenant_id = $1 and domain = $2)
     select free from free`,
    [site.tenant_id, site.domain, state, problem, at],
  )
  try {
    return (await kept).rows[0]?.free ?? false
  } catch (error) {
    // Two proved it at the same moment: the second is told at its next look.
    if (error instanceof Error && 'code' in error && error.code === '23505') return false
    throw error
  }
}
