import type { TenantContext } from '../evidence/index.ts'
import { appErrors } from './errors.ts'
import { Facts } from './facts.ts'
import type { Known } from './facts.ts'
import type { Sheet } from './sheet.ts'

/** An app or service of the organisation. */
export interface AppRow {
  readonly id: string
  readonly slug: string
  readonly facts: Facts
  readonly told: number
  readonly review_due: string | null
  readonly revision: number
  readonly ended_at: Date | null
  readonly changed_at: Date
}

/** What a version says: the facts, and the sentences that were made of them then. */
export interface Content {
  readonly format: 'art32.privacy-notice/1'
  readonly app: string
  readonly number: number
  readonly known: Known
  readonly sheets: Readonly<Record<'en' | 'de', Sheet>>
}

/** A published version, without what it says. */
export interface VersionHead {
  readonly id: string
  readonly app_id: string
  readonly number: number
  readonly role: string
  readonly at: Date
  readonly missing: readonly string[]
  readonly reason: string
}

/** A published version. */
export interface VersionRow extends VersionHead {
  readonly content: Content
}

const columns = 'id, slug, facts, told, review_due::text, revision, ended_at, changed_at'
const heads = 'id, app_id, number, role, at, missing, reason'

const read = (row: AppRow): AppRow => ({ ...row, facts: Facts.parse(row.facts) })

/** All, the ended ones too, by address. */
export async function listApps({ sql }: TenantContext): Promise<AppRow[]> {
  return (await sql.query<AppRow>(`select ${columns} from notice_app order by slug`)).rows.map(read)
}

/** @throws {app.not_found} */
export async function getApp({ sql }: TenantContext, id: string, lock = false): Promise<AppRow> {
  const { rows } = await sql.query<AppRow>(
    `select ${columns} from notice_app where id = $1${lock ? ' for update' : ''}`,
    [id],
  )
  if (!rows[0]) throw appErrors.not_found()
  return read(rows[0])
}

/** Those that go on, locked, for whoever tells of what is due. */
export async function lockApps({ sql }: TenantContext): Promise<AppRow[]> {
  const { rows } = await sql.query<AppRow>(
    `select ${columns} from notice_app where ended_at is null and review_due is not null order by id for update`,
  )
  return rows.map(read)
}

/** @throws {app.taken} where the address was ever used */
export async function addApp({ sql }: TenantContext, row: AppRow): Promise<void> {
  const { rows } = await sql.query(
    `insert into notice_app (id, slug, facts, revision, changed_at) values ($1, $2, $3, $4, $5)
     on conflict (slug) do nothing returning id`,
    [row.id, row.slug, row.facts, row.revision, row.changed_at],
  )
  if (rows.length === 0) throw appErrors.taken()
}

export async function saveApp({ sql }: TenantContext, row: AppRow): Promise<void> {
  await sql.query(
    `update notice_app set facts = $2, told = $3, review_due = $4, revision = $5, ended_at = $6, changed_at = $7
     where id = $1`,
    [row.id, row.facts, row.told, row.review_due, row.revision, row.ended_at, row.changed_at],
  )
}

/** The newest of each app first. */
export async function listVersions({ sql }: TenantContext, appId?: string): Promise<VersionHead[]> {
  const { rows } = await sql.query<VersionHead>(
    `select ${heads} from notice_version where $1::uuid is null or app_id = $1 order by app_id, number desc`,
    [appId ?? null],
  )
  return rows
}

/** One version with what it says. */
export async function findVersion(
  { sql }: TenantContext,
  appId: string,
  number: number,
): Promise<VersionRow | undefined> {
  const { rows } = await sql.query<VersionRow>(
    `select ${heads}, content from notice_version where app_id = $1 and number = $2`,
    [appId, number],
  )
  return rows[0]
}

/** The newest version of every app, by the app. */
export async function newestVersions({ sql }: TenantContext): Promise<Map<string, VersionRow>> {
  const { rows } = await sql.query<VersionRow>(
    `select distinct on (app_id) ${heads}, content from notice_version order by app_id, number desc`,
  )
  return new Map(rows.map((row) => [row.app_id, row]))
}

export async function addVersion(
  { sql }: TenantContext,
  row: VersionRow & { readonly commitment: Buffer },
): Promise<void> {
  await sql.query(
    `insert into notice_version (id, app_id, number, role, at, content, missing, reason, commitment)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [row.id, row.app_id, row.number, row.role, row.at, row.content, row.missing, row.reason, row.commitment],
  )
}
