import type { AskedOften, OutcomeState } from '@art32/probes'
import type { TenantContext } from '../evidence/index.ts'
import type { Environment } from '../system/index.ts'
import { checkErrors } from './errors.ts'

/** A run over some connections. */
export interface RunRow {
  readonly id: string
  readonly connection_ids: string[]
  /** Where it looks. */
  readonly environments: Environment[]
  readonly state: 'queued' | 'running' | 'done' | 'interrupted' | 'cancelled'
  /** Connections that are looked at right now. */
  readonly looking: string[]
  readonly requested_at: Date
  readonly finished_at: Date | null
}

/** What one subject of a system was judged. */
export interface SubjectVerdict {
  readonly subject: string
  readonly state: OutcomeState
  readonly say: { readonly en: string; readonly de: string }
}

/** The outcome of a check on a system. */
export interface OutcomeRow {
  readonly id: string
  readonly run_id: string
  readonly reading_id: string
  readonly check_id: string
  readonly check_version: number
  /** Of the check's own code; null where it was judged before this was kept. */
  readonly check_digest: string | null
  /** The approved states that it was compared with. */
  readonly baseline: string | null
  /** For how old things were; null where it was judged before this was kept: a moment after `at`. */
  readonly judged_at: Date | null
  readonly system_id: string
  readonly system_name: string
  readonly state: 'pass' | 'fail' | 'info' | 'not-evaluated' | 'not-applicable'
  readonly reason: string | null
  readonly subjects: SubjectVerdict[]
  /** Canonical JSON of what the statement wants, defaults filled in. */
  readonly parameters: string
  /** What people declared besides. */
  readonly declared: Readonly<Record<string, unknown>>
  readonly at: Date
  readonly fresh_until: Date
  readonly commitment: Buffer
  /** Who signed what it rests on, as name+id of the key; empty: nobody; null: nobody could. */
  readonly signed_by: string | null
}

/** A look of a run. */
export interface ReadingRow {
  readonly id: string
  readonly run_id: string
  readonly connection_id: string
  readonly read: 'ok' | 'no'
  readonly why: string | null
  /** Sealed; null where their time is over and only the hash is left. */
  readonly facts: Buffer | null
  readonly facts_hash: Buffer
  /** What was asked of others. */
  readonly requests: readonly AskedOften[]
  readonly at: Date
  /** What whoever sent it signed, sealed; null: nothing, or its time is over. */
  readonly envelope: Buffer | null
}

export async function addRun(
  { sql, now }: TenantContext,
  id: string,
  connectionIds: readonly string[],
  environments: readonly Environment[],
): Promise<void> {
  await sql.query(
    `insert into run (id, connection_ids, environments, state, requested_at) values ($1, $2, $3, 'queued', $4)`,
    [id, connectionIds, environments, now],
  )
}

/**
 * Since when looks of a connection see nothing, and when the last one did so before this instant; null where the last
 * look saw something.
 */
export async function findBlind(
  { sql, now }: TenantContext,
  connectionId: string,
): Promise<{ since: Date; last: Date } | null> {
  const { rows } = await sql.query<{ since: Date | null; last: Date | null }>(
    `select min(at) as since, max(at) as last from reading where connection_id = $1 and read = 'no' and at < $2
       and at > coalesce((select max(at) from reading where connection_id = $1 and read = 'ok'), '-infinity')`,
    [connectionId, now],
  )
  const { since = null, last = null } = rows[0] ?? {}
  return since && last ? { since, last } : null
}

/** Takes a queued run for work; a run that was taken before is not taken again. */
export async function takeRun({ sql, now }: TenantContext, id: string): Promise<boolean> {
  const { rows } = await sql.query(
    `update run set state = 'running', started_at = coalesce(started_at, $2) where id = $1 and state = 'queued' returning id`,
    [id, now],
  )
  return rows.length > 0
}

/** Ends a run. @returns whether it was still to be ended: one that was cancelled is not done */
export async function finishRun(
  { sql, now }: TenantContext,
  id: string,
  state: 'done' | 'interrupted' | 'cancelled',
): Promise<boolean> {
  const { rows } = await sql.query(
    `update run set state = $2, finished_at = $3, looking = '{}' where id = $1 and state in ('queued', 'running') returning id`,
    [id, state, now],
  )
  return rows.length > 0
}

/** Puts a run that ended early back into the queue. @returns whether it had */
export async function queueAgain({ sql }: TenantContext, id: string): Promise<boolean> {
  const { rows } = await sql.query(
    `update run set state = 'queued', finished_at = null where id = $1 and state in ('interrupted', 'cancelled') returning id`,
    [id],
  )
  return rows.length > 0
}

export async function setLooking({ sql }: TenantContext, id: string, connectionIds: readonly string[]): Promise<void> {
  await sql.query(`update run set looking = $2 where id = $1 and state = 'running'`, [id, connectionIds])
}

/** After an import, what was waiting or running is over. */
export async function interruptRuns({ sql, now, append }: TenantContext): Promise<void> {
  const { rows } = await sql.query<{ id: string }>(
    `update run set state = 'interrupted', finished_at = $1, looking = '{}' where state in ('queued', 'running') returning id`,
    [now],
  )
  for (const { id } of rows) await append({ type: 'check.run', about: { kind: 'run', id }, code: 'interrupted' })
}

/** So often a run goes on by itself after art32 was killed: one that kills it each time must not do so for ever. */
const mostResumes = 3

/** Runs that somebody is at, or was until a crash. */
export async function listRunning({ sql }: TenantContext): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(`select id from run where state = 'running'`)
  return rows.map(({ id }) => id)
}

/** After a crash: what was running goes back into the queue. @returns those that do, and those that are over */
export async function listKilled(
  { sql, now }: TenantContext,
  ids: readonly string[],
): Promise<{ resumed: string[]; over: string[] }> {
  const { rows } = await sql.query<{ id: string; state: RunRow['state'] }>(
    `update run set looking = '{}', resumed = resumed + 1,
       state = case when resumed < $2 then 'queued' else 'interrupted' end,
       finished_at = case when resumed < $2 then null else $1::timestamptz end
     where state = 'running' and id = any($3::uuid[]) returning id, state`,
    [now, mostResumes, ids],
  )
  const of = (state: RunRow['state']) => rows.filter((row) => row.state === state).map(({ id }) => id)
  return { resumed: of('queued'), over: of('interrupted') }
}

/** Runs, newest first, and how many connections each has looked at. */
export async function listRuns({ sql }: TenantContext, limit: number): Promise<(RunRow & { finished: number })[]> {
  const { rows } = await sql.query<RunRow & { finished: number }>(
    `select id, connection_ids, environments, state, looking, requested_at, finished_at,
       (select count(*)::int from reading r where r.run_id = run.id) as finished
     from run order by requested_at desc, id limit $1`,
    [limit],
  )
  return rows
}

/** A run by its id. @throws {check.run_not_found} */
export async function getRun({ sql }: TenantContext, id: string): Promise<RunRow> {
  const { rows } = await sql.query<RunRow>(
    `select id, connection_ids, environments, state, looking, requested_at, finished_at from run where id = $1`,
    [id],
  )
  if (!rows[0]) throw checkErrors.run_not_found()
  return rows[0]
}

export async function listReadings(
  { sql }: TenantContext,
  runId: string,
): Promise<Pick<ReadingRow, 'id' | 'connection_id' | 'read' | 'why'>[]> {
  const { rows } = await sql.query<Pick<ReadingRow, 'id' | 'connection_id' | 'read' | 'why'>>(
    'select id, connection_id, read, why from reading where run_id = $1',
    [runId],
  )
  return rows
}

export async function addReading({ sql }: TenantContext, row: ReadingRow): Promise<void> {
  await sql.query(
    `insert into reading (id, run_id, connection_id, read, why, facts, facts_hash, requests, at, envelope)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.id,
      row.run_id,
      row.connection_id,
      row.read,
      row.why,
      row.facts,
      row.facts_hash,
      JSON.stringify(row.requests),
      row.at,
      row.envelope,
    ],
  )
}

export async function addOutcome({ sql }: TenantContext, row: Omit<OutcomeRow, 'system_name'>): Promise<void> {
  await sql.query(
    `insert into outcome (id, run_id, reading_id, check_id, check_version, system_id, state, reason, subjects, parameters, at, fresh_until,
       commitment, check_digest, baseline, judged_at, declared, signed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      row.id,
      row.run_id,
      row.reading_id,
      row.check_id,
      row.check_version,
      row.system_id,
      row.state,
      row.reason,
      JSON.stringify(row.subjects),
      row.parameters,
      row.at,
      row.fresh_until,
      row.commitment,
      row.check_digest,
      row.baseline,
      row.judged_at,
      JSON.stringify(row.declared),
      row.signed_by,
    ],
  )
}

/** What was said of the same look by the same check with the same parameters counts no more. */
export async function supersede(
  { sql }: TenantContext,
  { reading_id, check_id, parameters }: Pick<OutcomeRow, 'reading_id' | 'check_id' | 'parameters'>,
): Promise<void> {
  await sql.query(
    'update outcome set superseded = true where reading_id = $1 and check_id = $2 and parameters = $3 and not superseded',
    [reading_id, check_id, parameters],
  )
}

/** By which versions the last look of each connection was judged; `check_id` is null where nothing judged it. */
export async function listJudged({ sql }: TenantContext): Promise<
  {
    connection_id: string
    connector: string
    check_id: string | null
    check_version: number | null
    check_digest: string | null
  }[]
> {
  const { rows } = await sql.query<{
    connection_id: string
    connector: string
    check_id: string | null
    check_version: number | null
    check_digest: string | null
  }>(
    `select c.id as connection_id, c.connector, o.check_id, o.check_version, o.check_digest
     from connection c
     join lateral (select id from reading where connection_id = c.id and facts is not null order by at desc limit 1) r on true
     left join outcome o on o.reading_id = r.id and not o.superseded`,
  )
  return rows
}

/** The last look of a connection of which the facts are kept. */
export async function findLastReading({ sql }: TenantContext, connectionId: string): Promise<ReadingRow | undefined> {
  const { rows } = await sql.query<ReadingRow>(
    'select * from reading where connection_id = $1 and facts is not null order by at desc limit 1',
    [connectionId],
  )
  return rows[0]
}

/**
 * The latest outcome `o` of each check on each system with each set of parameters, which are those of `k`. By the spans,
 * which are few: over the outcomes themselves it would be a sort of all that was ever judged.
 */
export const latestOutcomes = `(select distinct check_id, system_id, parameters from span) as k
  cross join lateral (
    select * from outcome
    where check_id = k.check_id and system_id = k.system_id and parameters = k.parameters and not superseded
    order by at desc limit 1
  ) as o`

/** The latest outcome per check, system and parameters. */
export async function listLatest(
  { sql }: TenantContext,
  filter: { systemId?: string | undefined; checkId?: string | undefined },
): Promise<OutcomeRow[]> {
  const { rows } = await sql.query<OutcomeRow>(
    `select o.*, s.name as system_name from ${latestOutcomes} join system s on s.id = k.system_id
     where ($1::uuid is null or k.system_id = $1) and ($2::text is null or k.check_id = $2)
     order by k.check_id, k.system_id, k.parameters`,
    [filter.systemId ?? null, filter.checkId ?? null],
  )
  return rows
}

/** Outcome states of a run by reading. */
export async function listStates(
  { sql }: TenantContext,
  runId: string,
): Promise<{ reading_id: string; state: OutcomeRow['state'] }[]> {
  const { rows } = await sql.query<{ reading_id: string; state: OutcomeRow['state'] }>(
    'select reading_id, state from outcome where run_id = $1 and not superseded',
    [runId],
  )
  return rows
}

/** @throws {check.outcome_not_found} */
export async function getOutcome({ sql }: TenantContext, id: string): Promise<Omit<OutcomeRow, 'system_name'>> {
  const { rows } = await sql.query<OutcomeRow>('select * from outcome where id = $1', [id])
  if (!rows[0]) throw checkErrors.outcome_not_found()
  return rows[0]
}

export async function getReadingOf(
  { sql }: TenantContext,
  outcomeId: string,
): Promise<ReadingRow & { commitment: Buffer }> {
  const { rows } = await sql.query<ReadingRow & { commitment: Buffer }>(
    'select r.*, o.commitment from outcome o join reading r on r.id = o.reading_id where o.id = $1',
    [outcomeId],
  )
  if (!rows[0]) throw checkErrors.outcome_not_found()
  return rows[0]
}

/** The last look of each connection with the states of its outcomes. */
export async function listLastLooks({
  sql,
}: TenantContext): Promise<
  { connection_id: string; read: 'ok' | 'no'; why: string | null; at: Date; states: OutcomeRow['state'][] }[]
> {
  const { rows } = await sql.query<{
    connection_id: string
    read: 'ok' | 'no'
    why: string | null
    at: Date
    states: OutcomeRow['state'][]
  }>(
    `select c.id as connection_id, r.read, r.why, r.at,
       coalesce((select array_agg(o.state) from outcome o where o.reading_id = r.id and not o.superseded), '{}') as states
     from connection c
     join lateral (select id, read, why, at from reading where connection_id = c.id order by at desc limit 1) r on true`,
  )
  return rows
}

export async function listNewestReadings(
  { sql }: TenantContext,
  limit: number,
): Promise<{ id: string; facts: Buffer }[]> {
  const { rows } = await sql.query<{ id: string; facts: Buffer }>(
    'select id, facts from reading where facts is not null order by at desc limit $1',
    [limit],
  )
  return rows
}

/** The newest look of each connection that a check is for, where it saw something; its facts are sealed. */
export async function listNewestLooks(
  { sql }: TenantContext,
  connectors: readonly string[],
  systemId: string | null,
): Promise<(ReadingRow & { connector: string; system_id: string })[]> {
  const { rows } = await sql.query<ReadingRow & { connector: string; system_id: string }>(
    `select r.*, c.connector, c.system_id from connection c
     join lateral (select * from reading where connection_id = c.id order by at desc limit 1) r on true
     where c.connector = any ($1::text[]) and ($2::uuid is null or c.system_id = $2) and r.facts is not null and r.read = 'ok'
     order by c.id`,
    [connectors, systemId],
  )
  return rows
}

/** Who signed what outcomes rest on, by their commitments in base64; null: nobody. Only those that could be signed are there. */
export async function listSigners(
  { sql }: Pick<TenantContext, 'sql'>,
  commitments: readonly Buffer[],
): Promise<Map<string, string | null>> {
  if (commitments.length === 0) return new Map()
  const { rows } = await sql.query<Pick<OutcomeRow, 'commitment' | 'signed_by'>>(
    'select commitment, signed_by from outcome where commitment = any ($1) and signed_by is not null',
    [commitments],
  )
  return new Map(rows.map((row) => [row.commitment.toString('base64'), row.signed_by === '' ? null : row.signed_by]))
}
