import { open, seal } from '../platform/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** An upload as stored, without its bytes. */
export interface FileRow {
  readonly id: string
  /** In hexadecimal. */
  readonly sha256: string
  /** Null: it was deleted. */
  readonly name: string | null
  readonly type: string
  readonly size: number
  readonly added_by: string | null
  readonly added_at: Date
  readonly scan: 'clean' | 'not-scanned'
  readonly scanned_at: Date | null
  readonly commitment: Buffer
  readonly shielded: Readonly<Record<string, number>> | null
  readonly names_for: string | null
  readonly removed_at: Date | null
  readonly removed_reason: string | null
}

/** What a file is evidence of. */
export interface UseRow {
  readonly file_id: string
  readonly about_kind: string
  readonly about_id: string
}

const columns = `id, sha256, name, type, size, added_by, added_at, scan, scanned_at, commitment, shielded, names_for, removed_at, removed_reason`

/** Keeps bytes once, whoever brings them. A job that deletes what nothing refers to leaves them alone from here on. */
export async function saveContent(tx: TenantContext, sha256: string, bytes: Uint8Array): Promise<void> {
  // The bytes travel only where they are not here yet.
  const { rows } = await tx.sql.query<{ is_kept: boolean }>(
    `insert into evidence_content (sha256, stored_at) values ($1, $2)
     on conflict (sha256) do update set stored_at = excluded.stored_at returning content is not null as is_kept`,
    [sha256, tx.now],
  )
  if (rows[0]?.is_kept) return
  await tx.sql.query('update evidence_content set content = $2 where sha256 = $1', [
    sha256,
    seal(tx.dataKey, place(tx, sha256), bytes),
  ])
}

/** The bytes; null where they were deleted. */
export async function openContent(tx: TenantContext, sha256: string): Promise<Buffer | null> {
  const { rows } = await tx.sql.query<{ content: Buffer | null }>(
    'select content from evidence_content where sha256 = $1',
    [sha256],
  )
  const content = rows[0]?.content
  return content ? open(tx.dataKey, place(tx, sha256), content) : null
}

function place(tx: TenantContext, sha256: string): string {
  return `tenant:${tx.tenant.id}/evidence_content:${sha256}/content`
}

export async function addFile(
  { sql }: TenantContext,
  row: Omit<FileRow, 'removed_at' | 'removed_reason'>,
): Promise<void> {
  await sql.query(
    `insert into evidence_file (id, sha256, name, type, size, added_by, added_at, scan, scanned_at, commitment, shielded, names_for)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      row.id,
      row.sha256,
      row.name,
      row.type,
      row.size,
      row.added_by,
      row.added_at,
      row.scan,
      row.scanned_at,
      row.commitment,
      row.shielded === null ? null : JSON.stringify(row.shielded),
      row.names_for,
    ],
  )
}

export async function findFile({ sql }: TenantContext, id: string): Promise<FileRow | undefined> {
  return (await sql.query<FileRow>(`select ${columns} from evidence_file where id = $1`, [id])).rows[0]
}

/** Files, locked so that none is deleted while something is proven by it. */
export async function lockFiles({ sql }: TenantContext, ids: readonly string[]): Promise<FileRow[]> {
  const { rows } = await sql.query<FileRow>(
    `select ${columns} from evidence_file where id = any ($1::uuid[]) order by id for update`,
    [ids],
  )
  return rows
}

/** How many files of an account belong to nothing yet. */
export async function countWaiting({ sql }: TenantContext, accountId: string): Promise<number> {
  const { rows } = await sql.query<{ n: number }>(
    `select count(*)::int as n from evidence_file f where added_by = $1
       and not exists (select 1 from evidence_use u where u.file_id = f.id)`,
    [accountId],
  )
  return rows[0]?.n ?? 0
}

export async function addUse(tx: TenantContext, { file_id, about_kind, about_id }: UseRow): Promise<void> {
  await tx.sql.query(
    `insert into evidence_use (file_id, about_kind, about_id, attached_by, attached_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [file_id, about_kind, about_id, tx.caller.accountId, tx.now],
  )
}

export async function listUses({ sql }: TenantContext, fileIds: readonly string[]): Promise<UseRow[]> {
  const { rows } = await sql.query<UseRow>(
    'select file_id, about_kind, about_id from evidence_use where file_id = any ($1::uuid[])',
    [fileIds],
  )
  return rows
}

export async function countUses({ sql }: TenantContext, kind: string, id: string): Promise<number> {
  const { rows } = await sql.query<{ n: number }>(
    'select count(*)::int as n from evidence_use where about_kind = $1 and about_id = $2',
    [kind, id],
  )
  return rows[0]?.n ?? 0
}

/** The files of many things of one kind, in the order in which they were attached. */
export async function listOf(
  { sql }: TenantContext,
  kind: string,
  ids: readonly string[],
): Promise<(FileRow & Pick<UseRow, 'about_id'>)[]> {
  const { rows } = await sql.query<FileRow & Pick<UseRow, 'about_id'>>(
    `select ${columns}, about_id from evidence_file join evidence_use on file_id = id
     where about_kind = $1 and about_id = any ($2::uuid[]) order by attached_at, name, id`,
    [kind, ids],
  )
  return rows
}

/** Files that were brought before an instant and belong to nothing; not those that somebody is attaching right now. */
export async function lockUnused({ sql }: TenantContext, before: Date): Promise<FileRow[]> {
  const { rows } = await sql.query<FileRow>(
    `select ${columns} from evidence_file f where added_at < $1
       and not exists (select 1 from evidence_use u where u.file_id = f.id) limit 500 for update skip locked`,
    [before],
  )
  return rows
}

/** Takes files away that belong to nothing, with the bytes that no other file has. */
export async function deleteUnused({ sql }: TenantContext, files: readonly FileRow[]): Promise<void> {
  // In one order: two who delete wait for each other and not in a circle.
  const hashes = [...new Set(files.map(({ sha256 }) => sha256))].toSorted()
  await sql.query('select 1 from evidence_content where sha256 = any ($1) order by sha256 for update', [hashes])
  await sql.query('delete from evidence_file where id = any ($1::uuid[])', [files.map(({ id }) => id)])
  await sql.query(
    `delete from evidence_content c where sha256 = any ($1)
       and not exists (select 1 from evidence_file f where f.sha256 = c.sha256)`,
    [hashes],
  )
}

/** Takes the content of a file away; that it was there, and its hash, stay. Bytes go unless another file has them. */
export async function emptyFile({ sql, now, caller }: TenantContext, file: FileRow, reason: string): Promise<void> {
  // Whoever brings the same bytes now waits, and keeps them anew.
  await sql.query('select 1 from evidence_content where sha256 = $1 for update', [file.sha256])
  await sql.query(
    'update evidence_file set name = null, names_for = null, removed_at = $2, removed_by = $3, removed_reason = $4 where id = $1',
    [file.id, now, caller.accountId, reason],
  )
  await sql.query(
    `update evidence_content c set content = null where sha256 = $1
       and not exists (select 1 from evidence_file f where f.sha256 = c.sha256 and f.removed_at is null)`,
    [file.sha256],
  )
}

/** Files whose period is over for all that they belong to; not those that somebody is working on. */
export async function lockOutlived({ sql, now }: TenantContext): Promise<FileRow[]> {
  const { rows } = await sql.query<FileRow>(
    `select ${columns} from evidence_file f where removed_at is null
       and exists (select 1 from evidence_use u where u.file_id = f.id)
       and not exists (
         select 1 from evidence_use u left join evidence_retention r on r.about_kind = u.about_kind
         where u.file_id = f.id and (r.months is null or u.attached_at + make_interval(months => r.months) > $1))
     limit 500 for update of f skip locked`,
    [now],
  )
  return rows
}

/** Files that belong to one thing and to nothing else. */
export async function lockOnlyOf({ sql }: TenantContext, kind: string, id: string): Promise<FileRow[]> {
  const { rows } = await sql.query<FileRow>(
    `select ${columns} from evidence_file f where removed_at is null
       and exists (select 1 from evidence_use u where u.file_id = f.id and u.about_kind = $1 and u.about_id = $2)
       and not exists (select 1 from evidence_use u where u.file_id = f.id and (u.about_kind, u.about_id) <> ($1, $2))
     for update`,
    [kind, id],
  )
  return rows
}

export async function listPeriods({ sql }: TenantContext): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ about_kind: string; months: number }>(
    'select about_kind, months from evidence_retention',
  )
  return new Map(rows.map(({ about_kind: kind, months }) => [kind, months]))
}

/** @param months null: as long as what the files belong to */
export async function savePeriod(
  { sql, now, caller }: TenantContext,
  kind: string,
  months: number | null,
): Promise<void> {
  if (months === null) await sql.query('delete from evidence_retention where about_kind = $1', [kind])
  else
    await sql.query(
      `insert into evidence_retention (about_kind, months, set_by, set_at) values ($1, $2, $3, $4)
       on conflict (about_kind) do update set months = excluded.months, set_by = excluded.set_by, set_at = excluded.set_at`,
      [kind, months, caller.accountId, now],
    )
}

/** What narrows down the list of all files. */
export interface Wanted {
  /** Kinds of which files may be seen. */
  readonly kinds: readonly string[]
  /** In names. */
  readonly text: string
  readonly limit: number
  readonly offset: number
}

/** Files by the kinds of what they belong to, the newest first, and how many there are with how many bytes. */
export async function search(
  { sql }: TenantContext,
  { kinds, text, limit, offset }: Wanted,
): Promise<{ rows: FileRow[]; found: number; bytes: number }> {
  // All that belong to something, once: asking for each of them takes longer the further one reads.
  const { rows: counted } = await sql.query<{ page: string[] | null; found: number; bytes: string }>(
    `with wanted as materialized (
       select id, added_at, size, removed_at from evidence_file
       where id in (select file_id from evidence_use where about_kind = any ($1))
         and ($2 = '' or position(lower($2) in lower(name)) > 0))
     select array(select id from wanted order by added_at desc, id limit $3 offset $4) as page, count(*)::int as found,
       coalesce(sum(size) filter (where removed_at is null), 0) as bytes
     from wanted`,
    [kinds, text, limit, offset],
  )
  const { rows } = await sql.query<FileRow>(
    `select ${columns} from evidence_file where id = any ($1::uuid[]) order by added_at desc, id`,
    [counted[0]?.page ?? []],
  )
  return { rows, found: counted[0]?.found ?? 0, bytes: Number(counted[0]?.bytes ?? 0) }
}

/** Takes away what files of one kind belong to, but for some. */
export async function removeUses({ sql }: TenantContext, kind: string, kept: readonly string[]): Promise<void> {
  await sql.query('delete from evidence_use where about_kind = $1 and about_id <> all ($2::uuid[])', [kind, kept])
}
