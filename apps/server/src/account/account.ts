import { createHash, randomBytes } from 'node:crypto'
import { betterAuth } from 'better-auth'
import type { Pool } from 'pg'
import type { Passwords } from '../platform/index.ts'
import { accountErrors } from './errors.ts'

/** Shortest password that is accepted. NIST SP 800-63B-4 asks for 15 where a password is the only factor; BSI for 12 with blocklists. */
export const leastPasswordLength = 12

/** How long a password reset token lives. */
export const resetTokenSeconds = 30 * 60

/** Hours until the first owner must have used the set-up link. */
const setupHours = 72

/** A person who is signed in. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** Accounts and sessions; better-auth keeps them, this only narrows it to what art32 uses. */
export interface Accounts {
  /** Answers `/api/auth/*`: sign-in, sign-out, session. */
  handle(request: Request): Promise<Response>
  /** Who sends these headers, or null. */
  whoIs(headers: Headers): Promise<Account | null>
  /** A new one-time set-up link's token, or null where an account exists already. Earlier links end. */
  issueSetupToken(): Promise<string | null>
  /** Uses the token once and creates the first account. @throws {account.setup_link_invalid} */
  setUp(input: { token: string; name: string; email: string; password: string }): Promise<Account>
}

/** Opens the accounts in the control database. @param baseUrl of this installation, e.g. http://localhost:3232 */
export function openAccounts(options: {
  pool: Pool
  baseUrl: string
  secret: string
  passwords: Passwords
  now: () => Date
}): Accounts {
  const { pool, baseUrl, passwords, now } = options
  const auth = betterAuth({
    appName: 'art32',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret: options.secret,
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    user: { modelName: 'account' },
    account: { modelName: 'credential' },
    verification: { storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: leastPasswordLength,
      maxPasswordLength: 256,
      resetPasswordTokenExpiresIn: resetTokenSeconds,
      revokeSessionsOnPasswordReset: true,
      password: { hash: passwords.hash, verify: ({ hash, password }) => passwords.verify(password, hash) },
    },
    session: { expiresIn: 12 * 3_600, updateAge: 3_600 },
    rateLimit: { enabled: true, storage: 'database', window: 60, max: 120, customRules: { '/sign-in/email': { window: 60, max: 10 } } },
    advanced: {
      cookiePrefix: 'art32',
      useSecureCookies: baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
      database: { generateId: 'uuid' },
      // No proxy is trusted to name the caller's address yet, and a session needs none.
      ipAddress: { disableIpTracking: true },
    },
  })

  return {
    handle: (request) => auth.handler(request),

    async whoIs(headers) {
      const session = await auth.api.getSession({ headers })
      return session ? { id: session.user.id, name: session.user.name, email: session.user.email } : null
    },

    async issueSetupToken() {
      const { rows } = await pool.query<{ any: boolean }>('select exists (select 1 from account) as any')
      if (rows[0]?.any) return null
      const token = randomBytes(24).toString('base64url')
      await pool.query('delete from setup_link where used_at is null')
      await pool.query('insert into setup_link (token_hash, expires_at) values ($1, $2)', [
        digest(token),
        new Date(now().getTime() + setupHours * 3_600_000),
      ])
      return token
    },

    async setUp({ token, name, email, password }) {
      if (password.length < leastPasswordLength) throw accountErrors.password_too_short({ least: leastPasswordLength })
      const hash = await passwords.hash(password)
      const client = await pool.connect()
      try {
        await client.query('begin')
        const used = await client.query(
          'update setup_link set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2',
          [digest(token), now()],
        )
        if (used.rowCount !== 1) throw accountErrors.setup_link_invalid()
        const account = await client.query<Account>(
          `insert into account (name, email, "emailVerified") values ($1, lower($2), true) returning id, name, email`,
          [name, email],
        )
        const created = account.rows[0]
        if (!created) throw accountErrors.mail_taken()
        await client.query(
          `insert into credential ("accountId", "providerId", "userId", password, "updatedAt") values ($1, 'credential', $2, $3, $4)`,
          [created.id, created.id, hash, now()],
        )
        await client.query('commit')
        return created
      } catch (error) {
        await client.query('rollback')
        throw error
      } finally {
        client.release()
      }
    },
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
