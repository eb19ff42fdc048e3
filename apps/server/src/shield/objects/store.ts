import type { TenantContext } from '../../evidence/index.ts'

/** A bucket of an object store. */
export interface StoreRow {
  readonly id: string
  readonly name: string
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly addressing: 'path' | 'host'
  /** Sealed; empty where it has to be entered again. */
  readonly settings: Buffer
  readonly added_at: Date
  readonly removed_at: Date | null
}

/** Where a job stands. */
export type JobState = 'listing' | 'running' | 'stopped' | 'done' | 'cancelled'

/** A folder of objects that goes through the shield. */
export interface JobRow {
  readonly id: string
  readonly store_id: string
  readonly store_name: string
  readonly plan_id: string
  readonly plan_name: string
  readonly plan_version: number
  readonly input: string
  readonly output: string
  readonly state: JobState
  readonly problem: string | null
  readonly waits: number
  readonly at_key: string | null
  readonly at_bytes: number | null
  readonly report: unknown
  readonly started_by: string | null
  readonly started_at: Date
  readonly ended_at: Date | null
  /** Objects by their state, and bytes of the input that went through and of all. */
  readonly waiting: number
  readonly done: number
  readonly failed: number
  readonly bytes_done: number
  readonly bytes_all: number
}

/** One object of a job. */
export interface ObjectRow {
  readonly key: string
  readonly etag: string
  readonly bytes: number
  readonly output_key: string
  readonly state: 'waiting' | 'done' | 'failed'
  readonly document: string
  readonly upload: string | null
  readonly problem: string | null
  readonly problem_about: Readonly<Record<string, string | number>> | null
  readonly sha256: string | null
  readonly report: unknown
  readonly done_at: Date | null
}

export async function addStore(tx: TenantContext, row: Omit<StoreRow, 'added_at' | 'removed_at'>): Promise<boolean> {
  const { rows } = await tx.sql.query(
    `insert into shield_store (id, name, endpoint, region, bucket, addressing, settings, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (name) where removed_at is null do nothing returning id`,
    [row.id, row.name, row.endpoint, row.region, row.bucket, row.addressing, row.settings, tx.now],
  )
  return rows.length > 0
}

export async function listStores({ sql }: TenantContext): Promise<StoreRow[]> {
  return (await sql.query<StoreRow>('select * from shield_store where removed_at is null order by name limit 200')).rows
}

/** Also one that was removed, for the names of its jobs. */
export async function findStore({ sql }: TenantContext, id: string): Promise<StoreRow | undefined> {
  return (await sql.query<StoreRow>('select * from shield_store where id = $1', [id])).rows[0]
}

export async function setSettings({ sql }: TenantContext, id: string, settings: Buffer): Promise<void> {
  await sql.query('update shield_store set settings = $2 where id = $1', [id, settings])
}

/** @returns whether no job over it is under way */
export async function removeStore({ sql, now }: TenantContext, id: string): Promise<boolean> {
  const { rows } = await sql.query(
    `update shield_store set removed_at = $2, settings = '' where id = $1
       and not exists (select from shield_job where store_id = $1 and state in ('listing', 'running')) returning id`,
    [id, now],
  )
  return rows.length > 0
}

export async function addJob(
  tx: TenantContext,
  row: Pick<JobRow, 'id' | 'store_id' | 'plan_id' | 'input' | 'output'>,
): Promise<void> {
  await tx.sql.query(
    `insert into shield_job (id, store_id, plan_id, input, output, state, started_by, started_at)
     values ($1, $2, $3, $4, $5, 'listing', $6, $7)`,
    [row.id, row.store_id, row.plan_id, row.input, row.output, tx.caller.accountId, tx.now],
  )
}

const jobs = `select j.*, j.at_bytes::float8 as at_bytes, s.name as store_name, p.name as plan_name, p.version as plan_version, o.*
  from shield_job j join shield_store s on s.id = j.store_id join shield_plan p on p.id = j.plan_id
  cross join lateral (
    select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'done')::int as done,
      count(*) filter (where state = 'failed')::int as failed, coalesce(sum(bytes), 0)::float8 as bytes_all,
      coalesce(sum(bytes) filter (where state = 'done'), 0)::float8 as bytes_done
    from shield_object where job_id = j.id
  ) o`

export async function listJobs({ sql }: TenantContext, most: number): Promise<JobRow[]> {
  return (await sql.query<JobRow>(`${jobs} order by j.started_at desc, j.id limit $1`, [most])).rows
}

export async function findJob({ sql }: TenantContext, id: string): Promise<JobRow | undefined> {
  return (await sql.query<JobRow>(`${jobs} where j.id = $1`, [id])).rows[0]
}

export async function stateOf({ sql }: TenantContext, id: string): Promise<JobState | undefined> {
  const { rows } = await sql.query<{ state: JobState }>('select state from shield_job where id = $1', [id])
  return rows[0]?.state
}

/** Ids of those that are under way. */
export async function listUnderWay({ sql }: TenantContext): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from shield_job where state in ('listing', 'running') order by started_at`,
  )
  return rows.map(({ id }) => id)
}

/** Gives a job under way another state. @returns whether it was under way */
export async function endJob(
  { sql, now }: TenantContext,
  id: string,
  { state, problem = null, report = null }: { state: JobState; problem?: string | null; report?: object | null },
): Promise<boolean> {
  const { rows } = await sql.query(
    `update shield_job set state = $2, problem = $3, report = coalesce($4, report), at_key = null, at_bytes = null, ended_at = $5
     where id = $1 and state in ('listing', 'running') returning id`,
    [id, state, problem, report === null ? null : JSON.stringify(report), now],
  )
  return rows.length > 0
}

/** All objects were found. */
export async function beginJob({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query(`update shield_job set state = 'running', problem = null where id = $1 and state = 'listing'`, [id])
}

/** Notes that it waits for the store. @returns how often it did */
export async function waitJob({ sql }: TenantContext, id: string, problem: string): Promise<number> {
  const { rows } = await sql.query<{ waits: number }>(
    `update shield_job set problem = $2, waits = waits + 1, at_key = null, at_bytes = null where id = $1 returning waits`,
    [id, problem],
  )
  return rows[0]?.waits ?? 0
}

/** Ends a job that did not end by itself. @returns whether it was one */
export async function cancelJob({ sql, now }: TenantContext, id: string): Promise<boolean> {
  const { rows } = await sql.query(
    `update shield_job set state = 'cancelled', problem = null, at_key = null, at_bytes = null, ended_at = $2
     where id = $1 and state in ('listing', 'running', 'stopped') returning id`,
    [id, now],
  )
  return rows.length > 0
}

/** Where it is within an object. */
export async function setAt({ sql }: TenantContext, id: string, key: string | null, bytes: number): Promise<void> {
  await sql.query('update shield_job set at_key = $2, at_bytes = $3 where id = $1', [
    id,
    key,
    key === null ? null : bytes,
  ])
}

/** Begins again one that ended, with the objects that did not go through. @returns whether anything is left to do */
export async function reviveJob({ sql }: TenantContext, id: string): Promise<boolean> {
  await sql.query(
    `update shield_object set state = 'waiting', problem = null, problem_about = null
     where job_id = $1 and state = 'failed' and problem <> 'shield.name_taken'
       and exists (select from shield_job where id = $1 and state in ('stopped', 'cancelled', 'done'))`,
    [id],
  )
  const { rows } = await sql.query(
    `update shield_job j set problem = null, waits = 0, ended_at = null,
       state = case when exists (select from shield_object where job_id = j.id) then 'running' else 'listing' end
     where id = $1 and state in ('stopped', 'cancelled', 'done')
       and (not exists (select from shield_object where job_id = j.id)
         or exists (select from shield_object where job_id = j.id and state = 'waiting')) returning id`,
    [id],
  )
  return rows.length > 0
}

/** Forgets what was found before a list came to its end. */
export async function clearObjects({ sql }: TenantContext, jobId: string): Promise<void> {
  await sql.query('delete from shield_object where job_id = $1', [jobId])
}

export async function addObjects(
  { sql }: TenantContext,
  jobId: string,
  found: readonly Pick<ObjectRow, 'key' | 'etag' | 'bytes' | 'output_key' | 'document'>[],
): Promise<void> {
  await sql.query(
    `insert into shield_object (job_id, key, etag, bytes, output_key, document, state, problem)
     select $1, f.key, f.etag, f.bytes, f.output_key, f.document,
       case when t.taken then 'failed' else 'waiting' end, case when t.taken then 'shield.name_taken' end
     from jsonb_to_recordset($2) as f (key text, etag text, bytes bigint, output_key text, document text, twice boolean)
     cross join lateral (select f.twice
       or exists (select from shield_object o where o.job_id = $1 and o.output_key = f.output_key) as taken) t
     on conflict do nothing`,
    [jobId, JSON.stringify(withTwice(found))],
  )
}

function withTwice<T extends { readonly output_key: string }>(found: readonly T[]): (T & { twice: boolean })[] {
  const seen = new Set<string>()
  return found.map((one) => {
    const twice = seen.has(one.output_key)
    seen.add(one.output_key)
    return { ...one, twice }
  })
}

const columns = `key, etag, bytes::float8 as bytes, output_key, state, document, upload, problem, problem_about, sha256, report, done_at`

/** The next one that waits. */
export async function nextObject({ sql }: TenantContext, jobId: string): Promise<ObjectRow | undefined> {
  const { rows } = await sql.query<ObjectRow>(
    `select ${columns} from shield_object where job_id = $1 and state = 'waiting' order by key limit 1`,
    [jobId],
  )
  return rows[0]
}

/** Those that failed first, then the others by their names. */
export async function listObjects({ sql }: TenantContext, jobId: string, most: number): Promise<ObjectRow[]> {
  const { rows } = await sql.query<ObjectRow>(
    `select ${columns} from shield_object where job_id = $1
     order by case state when 'failed' then 0 when 'waiting' then 2 else 1 end, key limit $2`,
    [jobId, most],
  )
  return rows
}

/** The report of an object that went through. */
export async function findReport({ sql }: TenantContext, jobId: string, key: string): Promise<unknown> {
  const { rows } = await sql.query<{ report: unknown }>(
    `select report from shield_object where job_id = $1 and key = $2 and state = 'done'`,
    [jobId, key],
  )
  return rows[0]?.report
}

/** Reports and hashes of what went through, from this key on. */
export async function listDone(
  { sql }: TenantContext,
  jobId: string,
  after: string,
): Promise<Pick<ObjectRow, 'key' | 'report' | 'sha256'>[]> {
  const { rows } = await sql.query<Pick<ObjectRow, 'key' | 'report' | 'sha256'>>(
    `select key, report, sha256 from shield_object where job_id = $1 and state = 'done' and key > $2 order by key limit 500`,
    [jobId, after],
  )
  return rows
}

/** Uploads that were begun and are not to be finished. */
export async function listUploads(
  { sql }: TenantContext,
  jobId: string,
): Promise<{ output_key: string; upload: string }[]> {
  const { rows } = await sql.query<{ output_key: string; upload: string }>(
    `select output_key, upload from shield_object where job_id = $1 and upload is not null limit 100`,
    [jobId],
  )
  return rows
}

export async function setUpload(
  { sql }: TenantContext,
  jobId: string,
  outputKey: string,
  upload: string | null,
): Promise<void> {
  await sql.query('update shield_object set upload = $3 where job_id = $1 and output_key = $2', [
    jobId,
    outputKey,
    upload,
  ])
}

export async function doneObject(
  { sql, now }: TenantContext,
  jobId: string,
  key: string,
  { report, sha256 }: { readonly report: object; readonly sha256: string },
): Promise<void> {
  await sql.query(
    `update shield_object set state = 'done', upload = null, problem = null, problem_about = null, report = $3, sha256 = $4,
       done_at = $5 where job_id = $1 and key = $2`,
    [jobId, key, JSON.stringify(report), sha256, now],
  )
  await sql.query('update shield_job set waits = 0, problem = null where id = $1', [jobId])
}

export async function failObject(
  { sql, now }: TenantContext,
  jobId: string,
  key: string,
  { code, about }: { readonly code: string; readonly about: object },
): Promise<void> {
  await sql.query(
    `update shield_object set state = 'failed', problem = $3, problem_about = $4, done_at = $5 where job_id = $1 and key = $2`,
    [jobId, key, code, JSON.stringify(about), now],
  )
}
