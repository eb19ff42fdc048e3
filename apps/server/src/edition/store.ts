import { open, seal } from '../platform/index.ts'
import type { EditionDocument } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { editionErrors } from './errors.ts'

/** An edition as stored. */
export interface EditionRow {
  readonly id: string
  readonly state: 'draft' | 'edition'
  readonly number: number | null
  readonly language: 'en' | 'de'
  /** Sealed. */
  readonly content: Buffer
  readonly commitment: Buffer
  readonly signed_by: string | null
  readonly signed_role: string | null
  readonly made_at: Date
}

/** A rendered file of an edition. */
export interface EditionFile {
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
}

export async function add(
  tx: TenantContext,
  edition: EditionDocument,
  row: { id: string; commitment: Buffer; signedBy: string | null; signedRole: string | null },
  files: readonly EditionFile[],
): Promise<void> {
  const content = seal(tx.dataKey, place(tx, row.id), Buffer.from(JSON.stringify(edition), 'utf8'))
  await tx.sql.query(
    `insert into edition (id, state, number, language, content, commitment, signed_by, signed_role, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.id,
      edition.state,
      edition.number,
      edition.language,
      content,
      row.commitment,
      row.signedBy,
      row.signedRole,
      tx.now,
    ],
  )
  for (const file of files) {
    await tx.sql.query('insert into edition_file (edition_id, name, type, bytes) values ($1, $2, $3, $4)', [
      row.id,
      file.name,
      file.type,
      file.bytes,
    ])
  }
}

export async function list({ sql }: TenantContext): Promise<EditionRow[]> {
  return (await sql.query<EditionRow>('select * from edition order by made_at desc')).rows
}

/** An edition or draft by its id. @throws {edition.not_found} */
export async function get({ sql }: TenantContext, id: string): Promise<EditionRow> {
  const { rows } = await sql.query<EditionRow>('select * from edition where id = $1', [id])
  if (!rows[0]) throw editionErrors.not_found()
  return rows[0]
}

/** The newest edition; where none is published, the newest draft if drafts may be seen. */
export async function findNewest({ sql }: TenantContext, withDrafts: boolean): Promise<EditionRow | undefined> {
  const { rows } = await sql.query<EditionRow>(
    `select * from edition where state = 'edition' or $1 order by (state = 'edition') desc, number desc nulls last, made_at desc limit 1`,
    [withDrafts],
  )
  return rows[0]
}

/** The edition published last. */
export async function findLast({ sql }: TenantContext): Promise<EditionRow | undefined> {
  const { rows } = await sql.query<EditionRow>(
    `select * from edition where state = 'edition' order by number desc limit 1`,
  )
  return rows[0]
}

/** A published edition by its number. */
export async function findNumber({ sql }: TenantContext, number: number): Promise<EditionRow | undefined> {
  const { rows } = await sql.query<EditionRow>(`select * from edition where state = 'edition' and number = $1`, [
    number,
  ])
  return rows[0]
}

/** What was published, newest first; all of it, or so many. */
export async function listPublished({ sql }: TenantContext, most: number | null = null): Promise<EditionRow[]> {
  const { rows } = await sql.query<EditionRow>(
    `select * from edition where state = 'edition' order by number desc limit $1`,
    [most],
  )
  return rows
}

/** The next number; numbers are never used twice. */
export async function nextNumber({ sql }: TenantContext): Promise<number> {
  await sql.query('lock table edition in share row exclusive mode')
  const { rows } = await sql.query<{ n: number }>('select coalesce(max(number), 0) + 1 as n from edition')
  return rows[0]?.n ?? 1
}

/** Takes a draft that is being signed out of the drafts. @returns whether it was still there */
export async function takeDraft({ sql }: TenantContext, id: string): Promise<boolean> {
  const { rows } = await sql.query(`delete from edition where id = $1 and state = 'draft' returning id`, [id])
  return rows.length === 1
}

/** Drafts are working copies: only the newest few are kept. Their leaves stay in the ledger. */
export async function removeOldDrafts({ sql }: TenantContext, keep: number): Promise<void> {
  await sql.query(
    `delete from edition where state = 'draft' and id not in (select id from edition where state = 'draft' order by made_at desc limit $1)`,
    [keep],
  )
}

/** The rendered files of an edition. */
export async function listFiles({ sql }: TenantContext, id: string): Promise<EditionFile[]> {
  return (
    await sql.query<EditionFile>('select name, type, bytes from edition_file where edition_id = $1 order by name', [id])
  ).rows
}

/** The whole edition, unsealed. */
export function documentOf(tx: TenantContext, row: EditionRow): EditionDocument {
  // Written by `add` from an EditionDocument and sealed at this place.
  return JSON.parse(open(tx.dataKey, place(tx, row.id), row.content).toString('utf8')) as EditionDocument
}

function place(tx: TenantContext, id: string): string {
  return `tenant:${tx.tenant.id}/edition:${id}/content`
}
