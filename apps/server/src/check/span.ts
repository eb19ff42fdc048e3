import type { TenantContext } from '../evidence/index.ts'
import type { OutcomeRow } from './store.ts'

/** A time in which each look said the same, and none was missing. */
export interface SpanRow {
  readonly check_id: string
  readonly system_id: string
  readonly parameters: string
  readonly state: OutcomeRow['state']
  readonly reason: string | null
  readonly from_at: Date
  readonly until_at: Date
}

/** Days by what was seen on them; a day counts as failed if any part of it was. */
export interface Days {
  readonly held: number
  readonly failed: number
  readonly unseen: number
}

/** Lengthens the span of this verdict, or ends it and begins another one. An outcome holds as long as it is fresh. */
export async function keepSpan(
  { sql }: TenantContext,
  {
    check_id,
    system_id,
    parameters,
    state,
    reason,
    at,
    fresh_until,
  }: Pick<OutcomeRow, 'check_id' | 'system_id' | 'parameters' | 'state' | 'reason' | 'at' | 'fresh_until'>,
): Promise<void> {
  const key = [check_id, system_id, parameters]
  const { rows } = await sql.query<SpanRow>(
    'select * from span where check_id = $1 and system_id = $2 and parameters = $3 order by from_at desc limit 1 for update',
    key,
  )
  const last = rows[0]
  const goesOn = last?.state === state && last.reason === reason && at <= last.until_at
  if (last && (goesOn || last.until_at > at))
    await sql.query(
      'update span set until_at = $5 where check_id = $1 and system_id = $2 and parameters = $3 and from_at = $4',
      [...key, last.from_at, goesOn ? fresh_until : at],
    )
  if (goesOn) return
  await sql.query(
    `insert into span (check_id, system_id, parameters, state, reason, from_at, until_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (check_id, system_id, parameters, from_at) do update set state = excluded.state, reason = excluded.reason, until_at = excluded.until_at`,
    [...key, state, reason, at, fresh_until],
  )
}

/** The spans of a check on a system in the last twelve months, oldest first, and what they say of each day. */
export async function listSpans(
  { sql, now }: TenantContext,
  { checkId, systemId, parameters }: { checkId: string; systemId: string; parameters: string },
): Promise<{ spans: SpanRow[]; days: Days }> {
  const key = [checkId, systemId, parameters, now]
  const { rows: spans } = await sql.query<SpanRow>(
    `select * from span where check_id = $1 and system_id = $2 and parameters = $3 and until_at > $4::timestamptz - interval '12 months'
     order by from_at`,
    key,
  )
  const { rows } = await sql.query<Days>(
    `with own as (
       select state, greatest(from_at, $4::timestamptz - interval '12 months') as from_at, least(until_at, $4) as until_at
       from span where check_id = $1 and system_id = $2 and parameters = $3 and until_at > $4::timestamptz - interval '12 months'
     ), day as (
       select generate_series(date_trunc('day', min(from_at), 'UTC'), $4, '1 day') as begins from own having count(*) > 0
     ), said as (
       select begins,
         exists (select 1 from own where state = 'fail' and from_at < begins + interval '1 day' and until_at > begins) as failed,
         exists (select 1 from own where state in ('pass', 'info') and from_at < begins + interval '1 day' and until_at > begins) as held
       from day
     )
     select count(*) filter (where held and not failed)::int as held, count(*) filter (where failed)::int as failed,
       count(*) filter (where not held and not failed)::int as unseen from said`,
    key,
  )
  return { spans, days: rows[0] ?? { held: 0, failed: 0, unseen: 0 } }
}

/** The spans of twelve months of everything that made these outcomes, by the commitment of the outcome, oldest first. */
export async function spansOf(
  { sql, now }: TenantContext,
  commitments: readonly Buffer[],
): Promise<Map<string, SpanRow[]>> {
  if (commitments.length === 0) return new Map()
  const { rows } = await sql.query<SpanRow & { commitment: Buffer }>(
    `select o.commitment, s.* from outcome o
     join span s on s.check_id = o.check_id and s.system_id = o.system_id and s.parameters = o.parameters
     where o.commitment = any ($1::bytea[]) and s.until_at > $2::timestamptz - interval '12 months'
     order by s.from_at`,
    [commitments, now],
  )
  return Map.groupBy(rows, ({ commitment }) => commitment.toString('base64'))
}
