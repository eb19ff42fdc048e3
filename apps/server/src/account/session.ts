import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Pool } from 'pg'
import { deviceOf } from './device.ts'
import type { Device } from './device.ts'

/** Seconds that a session lives without being used. */
export const sessionLife = 12 * 3_600
/**
 * Seconds after which a session ends however much it is used: then the person signs in again.
 *
 * @source NIST SP 800-63B-4, 2.2.3: at the second level no later than after 24 hours
 */
export const sessionLongest = 24 * 3_600
/** Seconds after which use prolongs it. */
export const sessionRefresh = 3_600

/** A session of an account, as its owner sees it. Neither its token nor an address leaves the server. */
export interface AccountSession {
  readonly id: string
  readonly device: Device
  readonly since: Date
  readonly lastUse: Date
  /** The network of the last use, masked; null before the first. */
  readonly place: string | null
  readonly current: boolean
}

/** The session that a request shows. */
export interface ShownSession {
  readonly id: string
  readonly since: Date
  /** `pending`: the second step is still to come. */
  readonly factors: 'one' | 'two' | 'pending'
  readonly confirmedAt: Date | null
  readonly place: string | null
  /** The tenant whose provider opened it. */
  readonly through: string | null
  readonly account: { readonly id: string; readonly name: string; readonly email: string }
}

/** Sessions. The library opens and prolongs them; they are found and ended here. */
export interface Sessions {
  /** The session whose cookie these headers carry. */
  readonly find: (headers: Headers) => Promise<ShownSession | null>
  /** Keeps from where it is used. */
  readonly place: (sessionId: string, place: string) => Promise<void>
  /** The open ones of whoever sends these headers, the last used first. */
  readonly list: (headers: Headers) => Promise<AccountSession[]>
  /** @returns whether there was one */
  readonly end: (accountId: string, sessionId: string) => Promise<boolean>
  /** @returns how many there were */
  readonly endAll: (accountId: string) => Promise<number>
  /** Ends those of everybody. @returns how many there were */
  readonly endEvery: () => Promise<number>
  /** Ends those that a tenant's provider opened. */
  readonly endThrough: (accountId: string, tenantId: string) => Promise<void>
  readonly isOpen: (sessionId: string) => Promise<boolean>
}

/**
 * Opens the sessions. They are looked up with each request: by one query, where the library takes a third of the time of
 * a whole request.
 *
 * @param prolong lets the library prolong the session of these headers
 */
export function openSessions(options: {
  pool: Pool
  secret: string
  cookieName: () => Promise<string>
  prolong: (headers: Headers) => Promise<unknown>
  now: () => Date
}): Sessions {
  const { pool, secret, cookieName, prolong, now } = options

  const find: Sessions['find'] = async (headers) => {
    const token = readCookie(headers.get('cookie') ?? '', await cookieName(), secret)
    if (token === null) return null
    const { rows } = await pool.query<SessionRow>({ ...byToken, values: [token, now(), oldest(now())] })
    const row = rows[0]
    if (!row) return null
    if (row.expires.getTime() - (sessionLife - sessionRefresh) * 1_000 <= now().getTime()) await prolong(headers)
    const { account_id: accountId, name, email, id, since, factors, confirmed: confirmedAt, place, through } = row
    return { id, since, factors, confirmedAt, place, through, account: { id: accountId, name, email } }
  }

  return {
    find,
    async place(sessionId, place) {
      await pool.query('update session set place = $2 where id = $1', [sessionId, place])
    },
    async list(headers) {
      const own = await find(headers)
      if (!own) return []
      const { rows } = await pool.query<{
        id: string
        createdAt: Date
        updatedAt: Date
        userAgent: string | null
        place: string | null
      }>(
        `select id, "createdAt", "updatedAt", "userAgent", place from session where "userId" = $1 and "expiresAt" > $2
           and "createdAt" > $3 order by "updatedAt" desc, id`,
        [own.account.id, now(), oldest(now())],
      )
      return rows.map(({ id, createdAt, updatedAt, userAgent, place }) => ({
        id,
        device: deviceOf(userAgent),
        since: createdAt,
        lastUse: updatedAt,
        place,
        current: id === own.id,
      }))
    },
    async end(accountId, sessionId) {
      const query = 'delete from session where id = $1 and "userId" = $2'
      return (await pool.query(query, [sessionId, accountId])).rowCount === 1
    },
    async endAll(accountId) {
      return (await pool.query('delete from session where "userId" = $1', [accountId])).rowCount ?? 0
    },
    async endEvery() {
      return (await pool.query('delete from session')).rowCount ?? 0
    },
    async endThrough(accountId, tenantId) {
      await pool.query('delete from session where "userId" = $1 and "throughTenant" = $2', [accountId, tenantId])
    },
    async isOpen(sessionId) {
      const query = 'select 1 from session where id = $1 and "expiresAt" > $2 and "createdAt" > $3'
      return (await pool.query(query, [sessionId, now(), oldest(now())])).rowCount === 1
    },
  }
}

/** Ends all sessions of an account but one. */
export const endOthers = 'delete from session where "userId" = $1 and id <> $2'

interface SessionRow {
  readonly id: string
  readonly since: Date
  readonly expires: Date
  readonly factors: ShownSession['factors']
  readonly confirmed: Date | null
  readonly place: string | null
  readonly through: string | null
  readonly account_id: string
  readonly name: string
  readonly email: string
}

const byToken = {
  name: 'session',
  text: `select s.id, s."createdAt" as since, s."expiresAt" as expires, s.factors, s."confirmedAt" as confirmed, s.place,
      s."throughTenant" as through, a.id as account_id, a.name, a.email
    from session s join account a on a.id = s."userId" where s.token = $1 and s."expiresAt" > $2
      and s."createdAt" > $3`,
}

/** Sessions that began before this are over. */
const oldest = (now: Date): Date => new Date(now.getTime() - sessionLongest * 1_000)

/** As the library writes it: the token, a dot and its HMAC-SHA256 in base64, percent-encoded. */
const signed = /^(.+)\.([A-Za-z0-9+/]{43}=)$/

/** @returns the token, or null where there is no cookie, or one that was not signed here */
function readCookie(header: string, name: string, secret: string): string | null {
  const pair = header.split(';').find((one) => one.trimStart().startsWith(`${name}=`))
  if (pair === undefined) return null
  const [, token, signature] = signed.exec(decoded(pair.slice(pair.indexOf('=') + 1).trim())) ?? []
  if (token === undefined || signature === undefined) return null
  const own = createHmac('sha256', secret).update(token).digest()
  return timingSafeEqual(own, Buffer.from(signature, 'base64')) ? token : null
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}
