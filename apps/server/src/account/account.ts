import { randomBytes } from 'node:crypto'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Pool, PoolClient } from 'pg'
import type { Passwords } from '../platform/index.ts'
import type { Attempts, Limit } from './attempts.ts'
import { isCommonPassword } from './common-password.ts'
import type { PasswordOwner } from './common-password.ts'
import { doorOf } from './doors.ts'
import { accountErrors } from './errors.ts'
import type { CertificateMeans, TokenMeans } from './means.ts'
import { codeLock, isConfirmed, openFactors } from './factor.ts'
import type { Factors, SecondFactors } from './factor.ts'
import { openPasskeys } from './passkey.ts'
import type { Passkeys } from './passkey.ts'
import { openRecoveryCodes } from './recovery-code.ts'
import { secondStep } from './second-step.ts'
import { endOthers, openSessions, sessionLife, sessionRefresh } from './session.ts'
import type { AccountSession } from './session.ts'
import { openKnownDevices } from './known-device.ts'
import { networkOf } from './network.ts'
import { readForm } from './sign-in-form.ts'
import { digest, inTransaction } from './transaction.ts'
import { enterThrough, isOpenThroughProvider } from './through.ts'

/** Shortest password that is accepted. NIST SP 800-63B-4 asks for 15 where a password is the only factor; BSI for 12 with blocklists. */
export const leastPasswordLength = 12

/** Hours until the first owner must have used the set-up link. */
const setupHours = 72

/** A person who is signed in. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly email: string
  /**
   * The tenant whose provider opened the session: it opens that tenant and nothing else, since whoever runs the provider
   * can sign in as anybody. Null: the person signed in themselves. Left out where there is no session.
   */
  readonly through?: string | null
}

/** By what a request shows who sends it. */
export interface SessionMeans {
  readonly kind: 'session'
  readonly sessionId: string
  /** When the person signed in. */
  readonly since: Date
  /** How many factors it has shown. */
  readonly factors: Factors
  /** When the person last confirmed that it is they, with all that the account has; signing in counts. */
  readonly confirmedAt: Date | null
}
/** What a request shows of its sender: a session, a token or a certificate. */
export type Means = SessionMeans | TokenMeans | CertificateMeans

/** A person at the door: who, and how many factors they have shown here. */
export interface Entrant extends Account {
  readonly factors: Factors
}

/** Who sends a request, and by what they show it. */
export interface SignedIn {
  readonly account: Entrant
  readonly means: Means
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
   * Answers those of `/api/auth/*` that are open: signing in, in two steps or by passkey, and out.
   *
   * @param peer the address it comes from; what is counted of it is a keyed hash
   * @throws {account.too_many_attempts}
   */
  handle(request: Request, peer: string): Promise<Response | null>
  /** Whether the person confirmed within the last minutes that it is they: asked before what is dangerous. */
  isConfirmed(means: Means): boolean
  readonly factors: SecondFactors
  readonly passkeys: Passkeys
  /** Whose session these headers carry, or null. @param place the network they come from, already coarse; kept with the session */
  whoIs(headers: Headers, place?: string | null): Promise<SignedIn | null>
  /** The session cookie's attributes in force, and how long an idle session lives. */
  sessionCookie(): Promise<SessionCookie>
  /** Names and addresses; unknown ids are missing. */
  readonly byId: (ids: readonly string[]) => Promise<ReadonlyMap<string, { name: string; email: string }>>
  /** The account that was set up first, if there is one. */
  findFirst(): Promise<Account | undefined>
  /** Whether there is no account yet. */
  needsSetup(): Promise<boolean>
  /** A new one-time set-up link's token, or null where an account exists already. Earlier links end. */
  issueSetupToken(options?: { readonly unlessIssued: boolean }): Promise<string | null>
  /** The open sessions of whoever sends these headers, the last used first. */
  sessions(headers: Headers): Promise<AccountSession[]>
  /** Ends one session of an account, by its id. @returns whether there was one */
  endSession(accountId: string, sessionId: string): Promise<boolean>
  /** Ends all sessions of whoever sends these headers but this one. */
  endOtherSessions(headers: Headers): Promise<void>
  rename(accountId: string, name: string): Promise<void>
  /**
   * Checks the present password of whoever sends these headers.
   *
   * @throws {account.password_wrong | account.too_many_attempts}
   */
  confirm(headers: Headers, password: string): Promise<Confirmed>
  /** All other sessions end. @throws {account.password_wrong | account.password_too_short | account.password_common} */
  changePassword(headers: Headers, input: { current: string; password: string }): Promise<void>
  /** Whether this is the account's password; null where it has none. @throws {account.too_many_attempts} */
  isPassword(accountId: string, password: string): Promise<boolean | null>
  /** Ends every session of everybody. @returns how many */
  endEverySession(): Promise<number>
  /** Ends every session of an account at once. @returns how many */
  endSessions(accountId: string): Promise<number>
  /** Ends those sessions of an account that a tenant's provider opened. */
  endSessionsThrough(accountId: string, tenantId: string): Promise<void>
  /** Whether a session is still open. */
  hasSession(sessionId: string): Promise<boolean>
  /**
   * Opens a session for an account that a tenant's provider vouched for. @returns cookies to set
   *
   * @param shown how many factors the provider saw, as far as the tenant believes it
   * @param headers of the browser's request
   */
  enterThrough(accountId: string, tenantId: string, shown: Factors, headers: Headers): Promise<string[]>
  /** The account with this mail address. */
  findByEmail(email: string): Promise<Account | undefined>
  /** Creates an account without a password. @throws {account.mail_taken} */
  admit(input: { name: string; email: string }): Promise<Account>
  /** Corrects name and mail address. @throws {account.mail_taken} */
  correct(accountId: string, input: { name: string; email: string }): Promise<void>
  /** Creates an account with a password. @throws {account.mail_taken | account.password_too_short | account.password_common} */
  create(input: { name: string; email: string; password: string }): Promise<Account>
  /** Uses the token once and creates the first account. @throws {account.setup_link_invalid | account.too_many_attempts} */
  setUp(input: { token: string; name: string; email: string; password: string }, peer: string): Promise<Account>
}

/** Somebody who has just shown the present password. */
export interface Confirmed {
  readonly account: Account
  readonly sessionId: string
  /** The hash that the password was checked against. */
  readonly hash: string
}

/** @throws {account.password_too_short | account.password_common} */
export async function refuseWeak(password: string, owner: PasswordOwner): Promise<void> {
  if (password.length < leastPasswordLength) throw accountErrors.password_too_short({ least: leastPasswordLength })
  if (await isCommonPassword(password, owner)) throw accountErrors.password_common()
}

/** Tokens cannot be guessed; this keeps a flood of them away from the database. */
export function linkLimits(peer: string): readonly Limit[] {
  return [{ of: 'link.network', who: networkOf(peer), most: 100 }]
}

/** Opens the accounts in the control database. @param baseUrl of this installation, e.g. http://localhost:3232 */
export function openAccounts(options: {
  pool: Pool
  baseUrl: string
  secret: string
  /** Signs the marks of known devices. */
  deviceSecret: Uint8Array
  passwords: Passwords
  attempts: Attempts
  now: () => Date
}): Accounts {
  const { pool, baseUrl, passwords, attempts, now } = options
  const recovery = openRecoveryCodes(options.secret)
  const factors = openFactors({
    pool,
    issuer: `art32 ${new URL(baseUrl).host}`,
    recovery,
    encrypt: (data) => symmetricEncrypt({ key: options.secret, data }),
    decrypt: (data) => symmetricDecrypt({ key: options.secret, data }),
    isPassword,
    now,
  })
  const isSecure = baseUrl.startsWith('https:')
  const devices = openKnownDevices({ secret: options.deviceSecret, secure: isSecure, now })
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
    // Passwords and addresses change by operations of art32, which know common passwords and count attempts.
    disabledPaths: [
      '/change-password',
      '/set-password',
      '/verify-password',
      '/request-password-reset',
      '/reset-password',
      '/change-email',
      '/update-user',
      '/delete-user',
    ],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: leastPasswordLength,
      maxPasswordLength: 256,
      password: { hash: passwords.hash, verify: ({ hash, password }) => passwords.verify(password, hash) },
    },
    session: {
      expiresIn: sessionLife,
      updateAge: sessionRefresh,
      // What is fresh enough for what, operations say (account.confirm).
      freshAge: 0,
      // No cookie cache: behind one a password alone would do where a second factor is asked for (GHSA-xg6x-h9c9-2m83).
      cookieCache: { enabled: false },
      additionalFields: {
        place: { type: 'string', required: false, input: false },
        factors: { type: 'string', input: false, defaultValue: 'one' },
        confirmedAt: { type: 'date', input: false, required: false },
        throughTenant: { type: 'string', input: false, required: false },
      },
    },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId, throughTenant, factors: shown }, context) => ({
            // Of both only the server itself says something here, where a provider vouched for the person.
            data:
              throughTenant && shown === 'two'
                ? { factors: 'two', confirmedAt: now() }
                : await shownBy(userId, context?.path ?? '', context?.body),
          }),
        },
      },
    },
    plugins: [
      enterThrough,
      twoFactor({
        issuer: 'art32',
        accountLockout: { maxFailedAttempts: codeLock.most, durationSeconds: codeLock.seconds },
        backupCodeOptions: {
          // Made and hashed by us; the library compares what `secondStep` has hashed too, and takes it out of the list.
          storeBackupCodes: { encrypt: (json) => Promise.resolve(json), decrypt: (json) => Promise.resolve(json) },
        },
        schema: { twoFactor: { modelName: 'totp' } },
      }),
      passkey({
        rpID: new URL(baseUrl).hostname,
        rpName: 'art32',
        origin: new URL(baseUrl).origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        advanced: { webAuthnChallengeCookie: 'passkey_challenge' },
        // The library itself asks for a present person only. Verified means: by PIN or body, so a passkey is two factors.
        registration: {
          afterVerification: ({ verification }) => {
            if (!verification.registrationInfo?.userVerified) throw accountErrors.passkey_refused()
          },
        },
        authentication: {
          afterVerification: ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) throw accountErrors.passkey_refused()
          },
        },
      }),
    ],
    // Counted here instead: the library counts by an address it would keep, and by nothing without one.
    rateLimit: { enabled: false },
    advanced: {
      // Said aloud: the library drops the check where NODE_ENV or TEST in the environment speak of tests.
      disableOriginCheck: false,
      // Named for this very host where there is TLS: no other name below the same domain can set them. The library's own
      // switch would name them `__Secure-`, which says less.
      cookiePrefix: isSecure ? '__Host-art32' : 'art32',
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure },
      // Joined, account and password are one query; a second one would tell by its time that there is an account.
      database: { generateId: 'uuid', joins: true },
      // Only the network of the last use is kept, coarse, and written by whoIs.
      ipAddress: { disableIpTracking: true },
    },
  })

  const sessions = openSessions({
    pool,
    secret: options.secret,
    cookieName: async () => (await auth.$context).authCookies.sessionToken.name,
    prolong: (headers) => auth.api.getSession({ headers }),
    now,
  })
  const step = secondStep({
    library: auth.handler,
    recovery,
    whoIs: async (headers) => {
      const session = await sessions.find(headers)
      return session && { accountId: session.account.id, sessionId: session.id }
    },
    endSession: sessions.end,
  })

  return {
    async handle(given, peer) {
      const door = doorOf(given)
      if (!door) return null
      if (!isOpenThroughProvider(new URL(given.url).pathname)) {
        if ((await sessions.find(given.headers))?.through) throw accountErrors.through_provider()
      }
      const form = await readForm(given)
      if (!form) throw accountErrors.not_json()
      const { request, address } = form
      // Second steps have locks of their own, and a passkey cannot be guessed.
      if (address === null) return await step(door, request)
      const isSignIn = door === 'POST /sign-in/email'
      const before = isSignIn ? await sessions.find(request.headers) : null
      const response = await attempts.guard(
        signInLimits(address, devices.find(request.headers, address), peer),
        () => step(door, request),
        ({ ok }) => (!ok ? 'counts' : isSignIn ? 'begins-anew' : 'taken-back'),
      )
      if (response.ok && isSignIn) {
        // The browser forgets the session that it had: so does the server.
        if (before) await sessions.end(before.account.id, before.id)
        response.headers.append('set-cookie', devices.mark(address))
      }
      return response
    },

    isConfirmed: (means) => means.kind === 'session' && isConfirmed(means.confirmedAt, now()),

    factors,

    passkeys: openPasskeys({
      shown: (own) => factors.passkeyShown(own),
      cookieName: async () => (await auth.$context).createAuthCookie('passkey_challenge').name,
      begin: (headers) => auth.api.generatePasskeyRegistrationOptions({ headers, query: {}, returnHeaders: true }),
      finish: (headers, body) => auth.api.verifyPasskeyRegistration({ headers, body }),
    }),

    async whoIs(headers, place = null) {
      const session = await sessions.find(headers)
      if (!session) return null
      const { id: sessionId, account, since, factors: shown, confirmedAt, through } = session
      if (place !== null && session.place !== place) await sessions.place(sessionId, place)
      // The password was right and the second step is still to come: that is nobody yet.
      if (shown === 'pending') return null
      return {
        account: { ...account, factors: shown, through },
        means: { kind: 'session', sessionId, since, factors: shown, confirmedAt },
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

    async issueSetupToken({ unlessIssued } = { unlessIssued: false }) {
      if (!(await needsSetup())) return null
      const { rows } = unlessIssued
        ? await pool.query('select 1 from setup_link where used_at is null and expires_at > $1', [now()])
        : { rows: [] }
      // Another process has just shown one: a second would end it.
      if (rows.length > 0) return null
      const token = randomBytes(24).toString('base64url')
      await pool.query('delete from setup_link where used_at is null')
      await pool.query('insert into setup_link (token_hash, expires_at) values ($1, $2)', [
        digest(token),
        new Date(now().getTime() + setupHours * 3_600_000),
      ])
      return token
    },

    sessions: sessions.list,
    endSession: sessions.end,

    async endOtherSessions(headers) {
      const own = await sessions.find(headers)
      if (own) await pool.query(endOthers, [own.account.id, own.id])
    },

    async rename(accountId, name) {
      await pool.query('update account set name = $2, "updatedAt" = $3 where id = $1', [accountId, name, now()])
    },

    confirm,

    async changePassword(headers, { current, password }) {
      const { account, sessionId, hash: before } = await confirm(headers, current)
      await refuseWeak(password, account)
      const hash = await passwords.hash(password)
      await inTransaction(pool, async (client) => {
        // Only from the password that was just checked: of two changes at the same moment one loses.
        const { rowCount } = await client.query(
          `update credential set password = $3, "updatedAt" = $4
           where "userId" = $1 and "providerId" = 'credential' and password = $2`,
          [account.id, before, hash, now()],
        )
        if (rowCount !== 1) throw accountErrors.password_wrong()
        await client.query(endOthers, [account.id, sessionId])
        await client.query('delete from account_link where account_id = $1', [account.id])
      })
    },

    async isPassword(accountId, password) {
      return (await passwordHashOf(pool, accountId)) === '' ? null : await isPassword(accountId, password)
    },

    endEverySession: sessions.endEvery,
    endSessions: sessions.endAll,
    endSessionsThrough: sessions.endThrough,
    hasSession: sessions.isOpen,

    async enterThrough(accountId, tenantId, shown, headers) {
      const body = { accountId, throughTenant: tenantId, factors: shown }
      const before = await sessions.find(headers)
      const answer = await auth.api.enterThrough({ body, headers, returnHeaders: true })
      if (before) await sessions.end(before.account.id, before.id)
      return answer.headers.getSetCookie()
    },

    async findByEmail(email) {
      const { rows } = await pool.query<Account>('select id, name, email from account where email = lower($1)', [email])
      return rows[0]
    },

    admit: ({ name, email }) => inTransaction(pool, (client) => add(client, name, email)),

    async correct(accountId, { name, email }) {
      const change = pool.query('update account set name = $2, email = lower($3), "updatedAt" = $4 where id = $1', [
        accountId,
        name,
        email,
        now(),
      ])
      await change.catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === '23505') throw accountErrors.mail_taken()
        throw error
      })
    },

    create: (input) => inTransaction(pool, (client) => create(client, input)),

    setUp: ({ token, ...input }, peer) =>
      attempts.guard(
        linkLimits(peer),
        () =>
          inTransaction(pool, async (client) => {
            const used = await client.query(
              'update setup_link set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2',
              [digest(token), now()],
            )
            if (used.rowCount !== 1) throw accountErrors.setup_link_invalid()
            return await create(client, input)
          }),
        () => 'taken-back',
      ),
  }

  async function confirm(headers: Headers, password: string): Promise<Confirmed> {
    const own = await sessions.find(headers)
    if (!own) throw accountErrors.password_wrong()
    const { account } = own
    const hash = await passwordHashOf(pool, account.id)
    if (!(await verifyOwn(account.id, password, hash))) throw accountErrors.password_wrong()
    return { account, sessionId: own.id, hash }
  }

  async function isPassword(accountId: string, password: string): Promise<boolean> {
    return await verifyOwn(accountId, password, await passwordHashOf(pool, accountId))
  }

  /** Whoever took over a session has not the password yet: here, too, guessing is counted. */
  async function verifyOwn(accountId: string, password: string, hash: string): Promise<boolean> {
    return await attempts.guard(
      [{ of: 'confirm.account', who: accountId, most: 10, isOwn: true }],
      () => passwords.verify(password, hash),
      (right) => (right ? 'begins-anew' : 'counts'),
    )
  }

  /** What a session has shown that begins at this path. A code was found right by the library, but it may be an old one. */
  async function shownBy(accountId: string, path: string, body: unknown) {
    const { totp, any } = await factors.has(accountId)
    if (path === '/sign-in/email' && totp) return { factors: 'pending', confirmedAt: null }
    if (path === '/two-factor/verify-totp') await factors.useCode(accountId, body)
    const isTwo = path.startsWith('/two-factor/') || path === '/passkey/verify-authentication'
    return { factors: isTwo ? 'two' : 'one', confirmedAt: isTwo || !any ? now() : null }
  }

  async function needsSetup(): Promise<boolean> {
    return (await pool.query('select 1 from account limit 1')).rows.length === 0
  }

  async function create(
    client: PoolClient,
    { name, email, password }: { name: string; email: string; password: string },
  ): Promise<Account> {
    await refuseWeak(password, { name, email })
    const hash = await passwords.hash(password)
    const account = await add(client, name, email)
    await client.query(
      `insert into credential ("accountId", "providerId", "userId", password, "updatedAt") values ($1::text, 'credential', $1::text::uuid, $2, $3)`,
      [account.id, hash, now()],
    )
    return account
  }
}

/**
 * How often a password may be tried. A device on which this very address signed in before has a count of its own and no
 * other, so that nobody who guesses elsewhere, or next door, locks the owner out. The network comes first: whoever
 * floods adds nothing to the counts of made-up addresses any more.
 */
function signInLimits(address: string, device: string | null, peer: string): readonly Limit[] {
  if (device !== null) return [{ of: 'sign-in.device', who: `${device} ${address}`, most: 10, isOwn: true }]
  const network = networkOf(peer)
  return [
    { of: 'sign-in.network', who: network, most: 100 },
    { of: 'sign-in.account-network', who: `${network} ${address}`, most: 10, isOwn: true },
    { of: 'sign-in.account', who: address, most: 30 },
  ]
}

/** The password's hash; empty, and so never right, where there is none. */
async function passwordHashOf(pool: Pool, accountId: string): Promise<string> {
  const { rows } = await pool.query<{ password: string | null }>(
    `select password from credential where "userId" = $1 and "providerId" = 'credential'`,
    [accountId],
  )
  return rows[0]?.password ?? ''
}

/** A new account without any way to sign in. */
async function add(client: PoolClient, name: string, email: string): Promise<Account> {
  const { rows } = await client.query<Account>(
    `insert into account (name, email, "emailVerified") values ($1, lower($2), true) on conflict (email) do nothing returning id, name, email`,
    [name, email],
  )
  if (!rows[0]) throw accountErrors.mail_taken()
  return rows[0]
}
