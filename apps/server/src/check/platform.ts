import type { Reading } from '@art32/probes'
import { z } from 'zod'
import type { TenantContext } from '../evidence/index.ts'

/** The check that asks whether incidents of platforms were acknowledged in time. */
export const platformCheck = 'status.platforms'
/** The connector that sees them. */
export const platformConnector = 'status'

/** An incident as a look saw it; facts of earlier releases have neither title nor state. */
const PlatformIncident = z.object({
  id: z.string(),
  publishedAt: z.iso.datetime(),
  touches: z.array(z.string()),
  link: z.string().nullable(),
  title: z.string().nullable().default(null),
  state: z.enum(['ongoing', 'resolved']).nullable().default(null),
})
export type PlatformIncident = z.output<typeof PlatformIncident>

const Feed = z.object({
  facts: z.object({ incidents: z.object({ facts: z.array(PlatformIncident) }) }),
})

/** What art32 keeps of an incident besides the facts. */
export interface IncidentRow {
  readonly id: string
  readonly system_id: string
  readonly incident: string
  readonly seen_at: Date
  readonly acknowledged_at: Date | null
  readonly role: string | null
  readonly note: string | null
}

/** The incidents in what a look saw that touch something in use; null where it saw no feed. */
export function incidentsIn(reading: unknown): PlatformIncident[] | null {
  const feed = Feed.safeParse(reading)
  return feed.success ? feed.data.facts.incidents.facts.filter(({ touches }) => touches.length > 0) : null
}

/** How far back acknowledgements can matter: a feed is looked at for 90 days. */
const lookBack = '100 days'

/** Who acknowledged what on a system when, as the check takes it. */
export async function acknowledgementsOf(
  { sql, now }: TenantContext,
  systemId: string,
): Promise<{ incident: string; by: string; at: string }[]> {
  const { rows } = await sql.query<{ incident: string; role: string; acknowledged_at: Date }>(
    `select incident, role, acknowledged_at from platform_incident
     where system_id = $1 and acknowledged_at > $2::timestamptz - interval '${lookBack}' order by acknowledged_at, incident`,
    [systemId, now],
  )
  return rows.map(({ incident, role, acknowledged_at: at }) => ({ incident, by: role, at: at.toISOString() }))
}

/** A status page, with a look at it; its facts are sealed. */
export interface FeedRow {
  readonly connection_id: string
  readonly system_id: string
  readonly system_name: string
  readonly target: string
  readonly reading_id: string | null
  readonly facts: Buffer | null
  readonly at: Date | null
}

/** The newest look of each status page; a page that nobody looked at has a row without one. */
export async function listFeeds({ sql }: TenantContext): Promise<FeedRow[]> {
  const { rows } = await sql.query<FeedRow>(
    `select c.id as connection_id, c.system_id, s.name as system_name, c.target, r.id as reading_id, r.facts, r.at
     from connection c join system s on s.id = c.system_id
     left join lateral (select id, facts, at from reading where connection_id = c.id and facts is not null
       order by at desc limit 1) r on true
     where c.connector = $1 order by s.name, c.id`,
    [platformConnector],
  )
  return rows
}

/** So many looks are gone through to find one that saw the feed. */
const looksBack = 20

/** The looks at a status page before its newest one, newest first. */
export async function listEarlierLooks(
  { sql }: TenantContext,
  connectionId: string,
): Promise<{ id: string; facts: Buffer; at: Date }[]> {
  const { rows } = await sql.query<{ id: string; facts: Buffer; at: Date }>(
    `select id, facts, at from reading where connection_id = $1 and facts is not null order by at desc offset 1 limit ${looksBack}`,
    [connectionId],
  )
  return rows
}

export async function listIncidents({ sql }: TenantContext): Promise<IncidentRow[]> {
  const { rows } = await sql.query<IncidentRow>(
    'select id, system_id, incident, seen_at, acknowledged_at, role, note from platform_incident',
  )
  return rows
}

/** Of one incident, locked until the transaction ends. */
export async function findIncident(
  { sql }: TenantContext,
  systemId: string,
  incident: string,
): Promise<IncidentRow | undefined> {
  const { rows } = await sql.query<IncidentRow>(
    'select * from platform_incident where system_id = $1 and incident = $2 for update',
    [systemId, incident],
  )
  return rows[0]
}

/** Keeps that somebody saw an incident. */
export async function saveAcknowledgement(
  { sql, caller, now }: TenantContext,
  row: Pick<IncidentRow, 'id' | 'system_id' | 'incident' | 'note'> & { role: string },
): Promise<void> {
  await sql.query(
    `insert into platform_incident (id, system_id, incident, seen_at, acknowledged_at, role, note, account_id)
     values ($1, $2, $3, $4, $4, $5, $6, $7)
     on conflict (system_id, incident) do update set acknowledged_at = excluded.acknowledged_at, role = excluded.role,
       note = excluded.note, account_id = excluded.account_id
       where platform_incident.acknowledged_at is null`,
    [row.id, row.system_id, row.incident, now, row.role, row.note, caller.accountId],
  )
}

/**
 * Notes incidents that no look saw before, and tells of them. What the first look at a page finds is history: nobody is
 * told of fifty incidents because a page was connected.
 */
export async function noteIncidents(tx: TenantContext, systemId: string, reading: Reading): Promise<void> {
  const incidents = incidentsIn(reading)
  if (incidents === null || incidents.length === 0) return
  const { rows: known } = await tx.sql.query('select 1 from platform_incident where system_id = $1 limit 1', [systemId])
  for (const { id: incident } of incidents) {
    const { rows } = await tx.sql.query<{ id: string }>(
      `insert into platform_incident (id, system_id, incident, seen_at) values ($1, $2, $3, $4)
       on conflict (system_id, incident) do nothing returning id`,
      [tx.newId(), systemId, incident, tx.now],
    )
    const [added] = rows
    if (added && known.length > 0)
      await tx.append({ type: 'platform.reported', about: { kind: 'platform-incident', id: added.id }, by: 'system' })
  }
}
