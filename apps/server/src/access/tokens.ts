import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import { changeAs } from '../account/index.ts'
import type { SignedIn } from '../account/index.ts'
import type { Permission } from '../kernel/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import { isToken, newToken } from './token-text.ts'

/** A token as its owner, and an owner of its tenant, sees it: never the token itself. */
export interface Token {
  readonly id: string
  readonly accountId: string
  readonly tenantId: string
  readonly slug: string
  readonly tenantName: string
  readonly name: string
  readonly permissions: readonly Permission[]
  readonly since: Date
  readonly expiresAt: Date
  /** To the hour; null before the first use. */
  readonly lastUse: Date | null
}

/** API tokens in the control database. */
export interface Tokens {
  /** Whose token this is, unless it is forged, has run out or was revoked. */
  find(text: string): Promise<SignedIn | null>
  /** Keeps the hash of a new token. @returns the token, which is known only now @throws {tenant.not_found} */
  create(wish: {
    id: string
    accountId: string
    tenantId: string
    name: string
    permissions: readonly Permission[]
    since: Date
    expiresAt: Date
  }): Promise<string>
  list(of: { accountId: string } | { tenantId: string }): Promise<Token[]>
  /** @param by whom the log names @returns whether it was there */
  revoke(token: { id: string; tenantId: string }, by: string): Promise<boolean>
  /** Ends every token of an account at once. */
  endAll(accountId: string): Promise<void>
}

interface Row {
  readonly id: string
  readonly account_id: string
  readonly tenant_id: string
  readonly slug: string
  readonly tenant_name: string
  readonly name: string
  readonly permissions: Permission[]
  readonly since: Date
  readonly expires_at: Date
  readonly last_use: Date | null
}

/** Opens the tokens. Found by their hash, so no comparison could tell by its time how much of a guess was right. */
export function openTokens(pool: Pool, now: () => Date): Tokens {
  return {
    async find(text) {
      if (!isToken(text)) return null
      const at = now()
      const { rows } = await pool.query<Row & { account_name: string; email: string }>(
        `select t.id, t.account_id, t.tenant_id, t.permissions, t.last_use, a.name as account_name, a.email
         from api_token t join account a on a.id = t.account_id where t.secret_hash = $1 and t.expires_at > $2`,
        [digest(text), at],
      )
      const row = rows[0]
      if (!row) return null
      const hourAgo = new Date(at.getTime() - 3_600_000)
      if (row.last_use === null || row.last_use < hourAgo)
        await pool.query('update api_token set last_use = $2 where id = $1', [row.id, at])
      return {
        // It was made by somebody who could enter.
        account: { id: row.account_id, name: row.account_name, email: row.email, factors: 'two' },
        means: { kind: 'token', tokenId: row.id, tenantId: row.tenant_id, permissions: row.permissions },
      }
    },
    async create({ id, accountId, tenantId, name, permissions, since, expiresAt }) {
      const text = newToken()
      await changeAs(pool, accountId, (db) =>
        db.query(
          `insert into api_token (id, secret_hash, tenant_id, account_id, name, permissions, since, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [id, digest(text), tenantId, accountId, name, permissions, since, expiresAt],
        ),
      ).catch((error: unknown) => {
        // The membership, to which a token is bound, ended at this very moment.
        if (error instanceof Error && 'code' in error && error.code === '23503') throw tenantErrors.not_found()
        throw error
      })
      return text
    },
    async list(of) {
      const [column, value] = 'accountId' in of ? ['account_id', of.accountId] : ['tenant_id', of.tenantId]
      const { rows } = await pool.query<Row>(
        `select t.id, t.account_id, t.tenant_id, t.name, t.permissions, t.since, t.expires_at, t.last_use,
           e.slug, e.name as tenant_name
         from api_token t join tenant e on e.id = t.tenant_id where t.${column} = $1 and e.state <> 'deleting'
         order by t.since, t.id`,
        [value],
      )
      return rows.map((row) => ({
        id: row.id,
        accountId: row.account_id,
        tenantId: row.tenant_id,
        slug: row.slug,
        tenantName: row.tenant_name,
        name: row.name,
        permissions: row.permissions,
        since: row.since,
        expiresAt: row.expires_at,
        lastUse: row.last_use,
      }))
    },
    async revoke({ id, tenantId }, by) {
      const { rowCount } = await changeAs(pool, by, (db) =>
        db.query('delete from api_token where id = $1 and tenant_id = $2', [id, tenantId]),
      )
      return rowCount === 1
    },
    async endAll(accountId) {
      await pool.query('delete from api_token where account_id = $1', [accountId])
    },
  }
}

/** SHA-256 is enough for 190 random bits: there is nothing to guess slowly. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
