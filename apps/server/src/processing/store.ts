import type { TenantContext } from '../evidence/index.ts'
import { Body, Said } from './activity.ts'
import type { Record30, Side } from './activity.ts'
import { processingErrors } from './errors.ts'

/** A processing activity. */
export interface ActivityRow {
  readonly id: string
  readonly role: Side
  readonly name: string
  readonly said: Said
  readonly template: string | null
  readonly revision: number
  readonly ended_at: Date | null
  readonly changed_at: Date
}

/** A recorded version, without what it says. */
export interface VersionRow {
  readonly id: string
  readonly number: number
  readonly role: string
  readonly at: Date
  readonly review_due: string
}

/** Who we are, as both records begin; empty where nobody said it yet. */
export async function findBody({ sql }: TenantContext): Promise<Body> {
  const { rows } = await sql.query<{ said: unknown }>('select said from processing_setting')
  return Body.parse(rows[0]?.said ?? {})
}

export async function setBody({ sql }: TenantContext, body: Body): Promise<void> {
  await sql.query(
    'insert into processing_setting (id, said) values (1, $1) on conflict (id) do update set said = excluded.said',
    [body],
  )
}

/** Those that go on, by side and name. */
export async function listActivities({ sql }: TenantContext): Promise<ActivityRow[]> {
  const { rows } = await sql.query<ActivityRow>(
    'select * from processing_activity where ended_at is null order by role, lower(name), id',
  )
  return rows.map((row) => ({ ...row, said: Said.parse(row.said) }))
}

/** One that goes on, held for a change. @throws {processing.not_found} */
export async function getActivity({ sql }: TenantContext, id: string): Promise<ActivityRow> {
  const { rows } = await sql.query<ActivityRow>(
    'select * from processing_activity where id = $1 and ended_at is null for update',
    [id],
  )
  if (!rows[0]) throw processingErrors.not_found()
  return { ...rows[0], said: Said.parse(rows[0].said) }
}

/** Keeps an activity, new or changed. */
export async function saveActivity({ sql }: TenantContext, row: ActivityRow): Promise<void> {
  await sql.query(
    `insert into processing_activity (id, role, name, said, template, revision, ended_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update set name = excluded.name, said = excluded.said, revision = excluded.revision,
       ended_at = excluded.ended_at, changed_at = excluded.changed_at`,
    [row.id, row.role, row.name, row.said, row.template, row.revision, row.ended_at, row.changed_at],
  )
}

/** The newest first. */
export async function listVersions({ sql }: TenantContext): Promise<VersionRow[]> {
  const { rows } = await sql.query<VersionRow>(
    'select id, number, role, at, review_due::text from processing_version order by number desc',
  )
  return rows
}

/** What a version says. @throws {processing.no_version} */
export async function getVersion(
  { sql }: TenantContext,
  number: number,
): Promise<VersionRow & { readonly content: Record30 }> {
  const { rows } = await sql.query<VersionRow & { readonly content: Record30 }>(
    'select id, number, role, at, review_due::text, content from processing_version where number = $1',
    [number],
  )
  if (!rows[0]) throw processingErrors.no_version()
  return rows[0]
}

/** The next number; numbers are never used twice. Who we are is said before, so its one row is there to be held. */
export async function nextNumber({ sql }: TenantContext): Promise<number> {
  await sql.query('select 1 from processing_setting where id = 1 for update')
  const { rows } = await sql.query<{ n: number }>('select coalesce(max(number), 0) + 1 as n from processing_version')
  return rows[0]?.n ?? 1
}

export async function addVersion(
  { sql }: TenantContext,
  row: VersionRow & { readonly content: Record30; readonly commitment: Buffer },
): Promise<void> {
  await sql.query(
    'insert into processing_version (id, number, role, at, review_due, content, commitment) values ($1, $2, $3, $4, $5, $6, $7)',
    [row.id, row.number, row.role, row.at, row.review_due, row.content, row.commitment],
  )
}

/** Activities as controller that go on, by name: what a privacy notice can refer to. */
export async function listActivityNames(tx: TenantContext): Promise<{ readonly id: string; readonly name: string }[]> {
  return (await listActivities(tx)).flatMap(({ id, name, role }) => (role === 'controller' ? [{ id, name }] : []))
}
