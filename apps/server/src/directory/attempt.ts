import { createHash, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'

/** What somebody goes to the provider for: to enter, to connect the own account, to try the settings. */
export type Purpose = 'enter' | 'connect' | 'try'

/** A way to a provider that has begun. */
export interface Attempt {
  readonly tenantId: string
  readonly purpose: Purpose
  /** Who is signed in already; null where somebody wants to enter. */
  readonly accountId: string | null
  readonly sessionId: string | null
  /** The page to go to afterwards. */
  readonly next: string
}

/** Values that bind a way to the browser that began it. Only hashes are stored; the rest follows from the browser's secret. */
export interface Binding {
  /** Travels through the provider. */
  readonly state: string
  /** Stays in a cookie of the browser. */
  readonly secret: string
}

const minutes = 10

/** Ways to providers, in the control database: any process may receive who comes back. */
export interface Attempts {
  begin(attempt: Attempt): Promise<Binding>
  /** Uses it up: of two who come back with the same state, one is known. */
  end(binding: Binding): Promise<Attempt | undefined>
}

/** Opens the ways. */
export function openSignInAttempts(pool: Pool, now: () => Date): Attempts {
  return {
    async begin({ tenantId, purpose, accountId, sessionId, next }) {
      const binding = { state: randomBytes(32).toString('base64url'), secret: randomBytes(32).toString('base64url') }
      await pool.query('delete from sign_in_attempt where expires_at < $1', [now()])
      await pool.query(
        `insert into sign_in_attempt (state_hash, browser_hash, tenant_id, purpose, account_id, session_id, next, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          digest(binding.state),
          digest(binding.secret),
          tenantId,
          purpose,
          accountId,
          sessionId,
          next,
          new Date(now().getTime() + minutes * 60_000),
        ],
      )
      return binding
    },
    async end({ state, secret }) {
      const { rows } = await pool.query<{
        tenant_id: string
        purpose: Purpose
        account_id: string | null
        session_id: string | null
        next: string
      }>(
        `delete from sign_in_attempt where state_hash = $1 and browser_hash = $2 and expires_at > $3
         returning tenant_id, purpose, account_id, session_id, next`,
        [digest(state), digest(secret), now()],
      )
      const row = rows[0]
      if (!row) return undefined
      const { tenant_id: tenantId, purpose, account_id: accountId, session_id: sessionId, next } = row
      return { tenantId, purpose, accountId, sessionId, next }
    },
  }
}

/** The nonce and the PKCE verifier of a way: nobody without the browser's cookie can compute them. */
export function secretsOf({ state, secret }: Binding): { nonce: string; verifier: string } {
  const derive = (what: string) => createHash('sha256').update(`${what} ${secret} ${state}`).digest('base64url')
  return { nonce: derive('nonce'), verifier: derive('verifier') }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
