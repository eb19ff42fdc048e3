import { open, seal } from '../platform/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { disclosureErrors } from './errors.ts'

/** A document as stored, without its bytes. */
export interface DocumentRow {
  readonly id: string
  readonly title: string
  readonly name: string
  readonly type: string
  readonly sha256: Buffer
  readonly size: number
  readonly audience: 'public' | 'request'
  readonly added_at: Date
}

/** A request and what became of it. */
export interface DisclosureRow {
  readonly id: string
  readonly state: 'asked' | 'granted' | 'declined' | 'revoked'
  readonly name: string
  readonly organisation: string
  readonly email: string
  readonly reason: string
  readonly language: 'en' | 'de'
  readonly asked_at: Date
  readonly decided_at: Date | null
  readonly answer: string | null
  readonly audience: 'customers' | 'auditors' | null
  readonly documents: readonly string[]
  readonly ends_at: Date
  readonly terms_version: number | null
  readonly accepted_at: Date | null
  readonly uses: number
}

/** The terms that hold now. */
export interface Terms {
  readonly version: number
  readonly text: string
  readonly sha256: Buffer
  readonly made_at: Date
}

export async function addDocument(
  tx: TenantContext,
  document: Omit<DocumentRow, 'added_at'>,
  bytes: Uint8Array,
): Promise<void> {
  const { id, title, name, type, sha256, size, audience } = document
  await tx.sql.query(
    `insert into disclosed_document (id, title, name, type, sha256, size, audience, content, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, title, name, type, sha256, size, audience, seal(tx.dataKey, place(tx, id), bytes), tx.now],
  )
}

/** What is given out, by title. */
export async function listDocuments({ sql }: TenantContext): Promise<DocumentRow[]> {
  const { rows } = await sql.query<DocumentRow>(
    `select id, title, name, type, sha256, size, audience, added_at from disclosed_document
     where withdrawn_at is null order by title, added_at, id`,
  )
  return rows
}

/** @throws {disclosure.no_document} */
export async function getDocument(tx: TenantContext, id: string): Promise<DocumentRow> {
  const found = (await listDocuments(tx)).find((one) => one.id === id)
  if (!found) throw disclosureErrors.no_document()
  return found
}

/** The bytes of a document; null where it was withdrawn. */
export async function openDocument(tx: TenantContext, id: string): Promise<Buffer | null> {
  const { rows } = await tx.sql.query<{ content: Buffer | null }>(
    'select content from disclosed_document where id = $1',
    [id],
  )
  const content = rows[0]?.content
  return content ? open(tx.dataKey, place(tx, id), content) : null
}

/** Empties a document; that it was there stays. */
export async function withdrawDocument({ sql, now }: TenantContext, id: string): Promise<void> {
  await sql.query('update disclosed_document set content = null, withdrawn_at = $2 where id = $1', [id, now])
}

export async function findTerms({ sql }: TenantContext): Promise<Terms | null> {
  const { rows } = await sql.query<Terms>('select * from disclosure_terms order by version desc limit 1')
  return rows[0] ?? null
}

/** One version of the terms. */
export async function getTerms({ sql }: TenantContext, version: number): Promise<Terms | null> {
  const { rows } = await sql.query<Terms>('select * from disclosure_terms where version = $1', [version])
  return rows[0] ?? null
}

const columns = `id, state, name, organisation, email, reason, language, asked_at, decided_at, answer, audience, documents,
  ends_at, terms_version, accepted_at, uses`

/** Requests, those that wait first, then the newest. */
export async function list({ sql }: TenantContext): Promise<DisclosureRow[]> {
  const { rows } = await sql.query<DisclosureRow>(
    `select ${columns} from disclosure order by (state = 'asked') desc, asked_at desc, id limit 500`,
  )
  return rows
}

/** @throws {disclosure.not_found} */
export async function get({ sql }: TenantContext, id: string): Promise<DisclosureRow> {
  const { rows } = await sql.query<DisclosureRow>(`select ${columns} from disclosure where id = $1 for update`, [id])
  if (!rows[0]) throw disclosureErrors.not_found()
  return rows[0]
}

export async function findByHash({ sql }: TenantContext, hash: Buffer): Promise<DisclosureRow | undefined> {
  const { rows } = await sql.query<DisclosureRow>(
    `select ${columns} from disclosure where token_hash = $1 for update`,
    [hash],
  )
  return rows[0]
}

/** When what was taken by links, by link. */
export async function listUses({ sql }: TenantContext): Promise<{ disclosure_id: string; what: string; at: Date }[]> {
  const { rows } = await sql.query<{ disclosure_id: string; what: string; at: Date }>(
    'select disclosure_id, what, at from disclosure_use order by at desc limit 2000',
  )
  return rows
}

function place(tx: TenantContext, id: string): string {
  return `tenant:${tx.tenant.id}/disclosed_document:${id}/content`
}
