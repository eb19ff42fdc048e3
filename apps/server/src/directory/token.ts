import { createHash, randomBytes } from 'node:crypto'
import type { TenantContext } from '../evidence/index.ts'

/** Begins every token of a directory, so that scanners for leaked secrets know it. */
const prefix = 'art32scim_'
const pattern = /^art32scim_[A-Za-z0-9_-]{43}$/

/** A token as its tenant's owners see it. */
export interface TokenRow {
  readonly id: string
  readonly created_at: Date
  readonly expires_at: Date
  readonly last_use: Date | null
}

/** Makes a token. @returns it, to be shown once */
export async function issueToken(context: TenantContext, days: number): Promise<{ token: string; expiresAt: Date }> {
  const { sql, now, newId, caller, append } = context
  const token = `${prefix}${randomBytes(32).toString('base64url')}`
  const expiresAt = new Date(now.getTime() + days * 86_400_000)
  const id = newId()
  await sql.query(
    'insert into directory_token (id, token_hash, created_by, created_at, expires_at) values ($1, $2, $3, $4, $5)',
    [id, digest(token), caller.accountId, now, expiresAt],
  )
  await append({ type: 'token.created', about: { kind: 'token', id }, code: 'directory' })
  return { token, expiresAt }
}

export async function listTokens({ sql }: TenantContext): Promise<TokenRow[]> {
  const { rows } = await sql.query<TokenRow>(
    'select id, created_at, expires_at, last_use from directory_token order by created_at, id',
  )
  return rows
}

/** Ends a token at once. @returns whether there was one */
export async function revokeToken({ sql, append }: TenantContext, id: string): Promise<boolean> {
  const { rows } = await sql.query('delete from directory_token where id = $1 returning id', [id])
  if (rows.length === 0) return false
  await append({ type: 'token.revoked', about: { kind: 'token', id }, code: 'directory' })
  return true
}

/** Whether a token opens this tenant's directory now; notes the use. */
export async function isValidToken({ sql, now }: TenantContext, token: string): Promise<boolean> {
  if (!pattern.test(token)) return false
  const { rows } = await sql.query<{ id: string; last_use: Date | null }>(
    'select id, last_use from directory_token where token_hash = $1 and expires_at > $2',
    [digest(token), now],
  )
  const row = rows[0]
  if (!row) return false
  // To the hour is enough to see whether it is in use, and spares a write with each of a thousand calls.
  if (row.last_use === null || now.getTime() - row.last_use.getTime() > 3_600_000)
    await sql.query('update directory_token set last_use = $2 where id = $1', [row.id, now])
  return true
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
