import { createHash, randomBytes } from 'node:crypto'
import { betterAuth } from 'better-auth'
import type { Pool, PoolClient } from 'pg'
import type { Passwords } from '../platform/index.ts'
import { openAttempts } from './attempts.ts'
import { deviceOf } from './device.ts'
import type { Device } from './device.ts'
import { accountErrors } from './errors.ts'

/** Shortest password that is accepted. NIST SP 800-63B-4 asks for 15 where a password is the only factor; BSI for 12 with blocklists. */
export const leastPasswordLength = 12

/** How long a password reset token lives. */
const resetTokenSeconds = 30 * 60

/** Hours until the first owner must have used the set-up link. */
const setupHours = 72

/** A person who is signed in. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** By what a request shows who sends it. */
export interface SessionMeans {
  readonly kind: 'session'
  readonly sessionId: string
  /** When the person signed in. */
  readonly since: Date
}
export type Means = SessionMeans

/** Who sends a request, and by what they show it. */
export interface SignedIn {
  readonly account: Account
  readonly means: Means
}

/** A session of an account, as its owner sees it. Neither its token nor an address leaves the server. */
export interface AccountSession {
  readonly id: string
  readonly device: Device
  readonly since: Date
  readonly lastUse: Date
  readonly current: boolean
}

/** How the session cookie is sent. */
export interface SessionCookie {
  readonly secure: boolean
  readonly httpOnly: boolean
  readonly sameSite: 'strict' | 'lax' | 'none'
  readonly idleSeconds: number
}

/** Accounts and sessions; better-auth keeps them, this only narrows it to what art32 uses. */
export interface Accounts {
  /**
   * Answers `/api/auth/*`: sign-in, sign-out, session.
   *
   * @param peer from where it comes, kept in memory only
   * @throws {account.too_many_attempts}
   */
  handle(request: Request, peer: string): Promise<Response>
  /** Who sends these headers, or null. */
  whoIs(headers: Headers): Promise<SignedIn | null>
  /** The session cookie's attributes in force, and how long an idle session lives. */
  sessionCookie(): Promise<SessionCookie>
  /** Names and addresses; unknown ids are missing. */
  readonly byId: (ids: readonly string[]) => Promise<ReadonlyMap<string, { name: string; email: string }>>
  /** The account that was set up first, if there is one. */
  findFirst(): Promise<Account | undefined>
  /** Whether there is no account yet. */
  needsSetup(): Promise<boolean>
  /** A new one-time set-up link's token, or null where an account exists already. Earlier links end. */
  issueSetupToken(): Promise<string | null>
  /** The open sessions of whoever sends these headers, the last used first. */
  sessions(headers: Headers): Promise<AccountSession[]>
  /** Ends one session of an account, by its id. @returns whether there was one */
  endSession(accountId: string, sessionId: string): Promise<boolean>
  /** Ends all sessions of whoever sends these headers but this one. */
  endOtherSessions(headers: Headers): Promise<void>
  rename(accountId: string, name: string): Promise<void>
  /** All other sessions end. @throws {account.password_wrong | account.password_too_short} */
  changePassword(headers: Headers, input: { current: string; password: string }): Promise<void>
  /** Whether this is the account's password; null where it has none. @throws {account.too_many_attempts} */
  isPassword(accountId: string, password: string): Promise<boolean | null>
  /** Ends every session of an account at once. */
  endSessions(accountId: string): Promise<void>
  /** Creates an account with a password. @throws {account.mail_taken | account.password_too_short} */
  create(input: { name: string; email: string; password: string }): Promise<Account>
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
  const attempts = openAttempts(now)
  const auth = betterAuth({
    appName: 'art32',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret: options.secret,
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    // What fails is ours to log, by its class: the library would print the error, and PostgreSQL's name values.
    onAPIError: { throw: true },
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
    // Counted here instead: the library counts by an address it would keep, and by nothing without one.
    rateLimit: { enabled: false },
    advanced: {
      // Said aloud: the library drops the check where NODE_ENV or TEST in the environment speak of tests.
      disableOriginCheck: false,
      cookiePrefix: 'art32',
      useSecureCookies: baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
      database: { generateId: 'uuid' },
      // No proxy is trusted to name the caller's address yet, and a session needs none.
      ipAddress: { disableIpTracking: true },
    },
  })

  return {
    async handle(request, peer) {
      const email = await emailOf(request)
      if (email === null) return await auth.handler(request)
      const who = `${peer} ${email}`
      if (!attempts.take(who)) throw accountErrors.too_many_attempts()
      const response = await auth.handler(request)
      if (response.ok) attempts.forget(who)
      return response
    },

    async whoIs(headers) {
      const session = await auth.api.getSession({ headers })
      if (!session) return null
      const { id, name, email } = session.user
      return {
        account: { id, name, email },
        means: { kind: 'session', sessionId: session.session.id, since: session.session.createdAt },
      }
    },

    async sessionCookie() {
      const { authCookies, sessionConfig } = await auth.$context
      const { secure = false, httpOnly = false, sameSite } = authCookies.sessionToken.attributes
      const same = String(sameSite).toLowerCase()
      return {
        secure,
        httpOnly,
        sameSite: same === 'strict' || same === 'lax' ? same : 'none',
        idleSeconds: sessionConfig.expiresIn,
      }
    },

    async byId(ids) {
      const { rows } = await pool.query<Account>('select id, name, email from account where id = any ($1::uuid[])', [
        ids,
      ])
      return new Map(rows.map(({ id, name, email }) => [id, { name, email }]))
    },

    async findFirst() {
      const { rows } = await pool.query<Account>('select id, name, email from account order by "createdAt", id limit 1')
      return rows[0]
    },

    needsSetup,

    async issueSetupToken() {
      if (!(await needsSetup())) return null
      const token = randomBytes(24).toString('base64url')
      await pool.query('delete from setup_link where used_at is null')
      await pool.query('insert into setup_link (token_hash, expires_at) values ($1, $2)', [
        digest(token),
        new Date(now().getTime() + setupHours * 3_600_000),
      ])
      return token
    },

    async sessions(headers) {
      const own = await auth.api.getSession({ headers })
      if (!own) return []
      const { rows } = await pool.query<{ id: string; createdAt: Date; updatedAt: Date; userAgent: string | null }>(
        `select id, "createdAt", "updatedAt", "userAgent" from session where "userId" = $1 and "expiresAt" > $2
         order by "updatedAt" desc, id`,
        [own.user.id, now()],
      )
      return rows.map(({ id, createdAt, updatedAt, userAgent }) => ({
        id,
        device: deviceOf(userAgent),
        since: createdAt,
        lastUse: updatedAt,
        current: id === own.session.id,
      }))
    },

    async endSession(accountId, sessionId) {
      const { rowCount } = await pool.query('delete from session where id = $1 and "userId" = $2', [
        sessionId,
        accountId,
      ])
      return rowCount === 1
    },

    async endOtherSessions(headers) {
      const own = await auth.api.getSession({ headers })
      if (own) await pool.query(endOthers, [own.user.id, own.session.id])
    },

    async rename(accountId, name) {
      await pool.query('update account set name = $2, "updatedAt" = $3 where id = $1', [accountId, name, now()])
    },

    async changePassword(headers, { current, password }) {
      if (password.length < leastPasswordLength) throw accountErrors.password_too_short({ least: leastPasswordLength })
      const own = await auth.api.getSession({ headers })
      if (!own) throw accountErrors.password_wrong()
      const { rows } = await pool.query<{ password: string }>(
        `select password from credential where "userId" = $1 and "providerId" = 'credential'`,
        [own.user.id],
      )
      const before = rows[0]?.password ?? ''
      if (!(await passwords.verify(current, before))) throw accountErrors.password_wrong()
      const hash = await passwords.hash(password)
      await inTransaction(pool, async (client) => {
        // Only from the password that was just checked: of two changes at the same moment one loses.
        const { rowCount } = await client.query(
          `update credential set password = $3, "updatedAt" = $4
           where "userId" = $1 and "providerId" = 'credential' and password = $2`,
          [own.user.id, before, hash, now()],
        )
        if (rowCount !== 1) throw accountErrors.password_wrong()
        await client.query(endOthers, [own.user.id, own.session.id])
      })
    },

    async isPassword(accountId, password) {
      if (!attempts.take(`password of ${accountId}`)) throw accountErrors.too_many_attempts()
      const { rows } = await pool.query<{ password: string }>(
        `select password from credential where "userId" = $1 and password is not null`,
        [accountId],
      )
      return rows[0] ? await passwords.verify(password, rows[0].password) : null
    },

    async endSessions(accountId) {
      await pool.query('delete from session where "userId" = $1', [accountId])
    },

    create: (input) => inTransaction(pool, (client) => create(client, input)),

    setUp: ({ token, ...input }) =>
      inTransaction(pool, async (client) => {
        const used = await client.query(
          'update setup_link set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2',
          [digest(token), now()],
        )
        if (used.rowCount !== 1) throw accountErrors.setup_link_invalid()
        return await create(client, input)
      }),
  }

  async function needsSetup(): Promise<boolean> {
    return (await pool.query('select 1 from account limit 1')).rows.length === 0
  }

  async function create(
    client: PoolClient,
    { name, email, password }: { name: string; email: string; password: string },
  ): Promise<Account> {
    if (password.length < leastPasswordLength) throw accountErrors.password_too_short({ least: leastPasswordLength })
    const hash = await passwords.hash(password)
    const { rows } = await client.query<Account>(
      `insert into account (name, email, "emailVerified") values ($1, lower($2), true) on conflict (email) do nothing returning id, name, email`,
      [name, email],
    )
    const account = rows[0]
    if (!account) throw accountErrors.mail_taken()
    await client.query(
      `insert into credential ("accountId", "providerId", "userId", password, "updatedAt") values ($1::text, 'credential', $1::text::uuid, $2, $3)`,
      [account.id, hash, now()],
    )
    return account
  }
}

/** The mail address of a form that names one, whatever its path: who guesses a password has to send one. */
async function emailOf(request: Request): Promise<string | null> {
  if (request.method !== 'POST') return null
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => null)
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : null
  return typeof email === 'string' ? email.trim().toLowerCase().slice(0, 320) : null
}

const endOthers = 'delete from session where "userId" = $1 and id <> $2'

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
