/** Why nothing could be seen. Never a pass and never a fail: the engine turns it into `not-evaluated`. */
export type Why = 'denied' | 'unlicensed' | 'unreachable' | 'throttled' | 'contract' | 'incomplete' | 'not-configured'

/** Every reason, for schemas, forms and tests. */
export const whys = [
  'denied',
  'unlicensed',
  'unreachable',
  'throttled',
  'contract',
  'incomplete',
  'not-configured',
] as const satisfies readonly Why[]

/** Facts were not seen, and the reason. */
export type Unseen = {
  readonly read: 'no'
  readonly why: Why
  /** What happened, in one technical sentence without personal data or credentials. */
  readonly detail: string
  /** The permission, licence or setting that is missing, where it has a name. */
  readonly needs?: string
  /** How long the other side asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number
}

/** Facts, or the reason why there are none. `complete: false`: paging stopped, or a part of the answer was refused. */
export type Seen<T> = { readonly read: 'ok'; readonly complete: boolean; readonly facts: T } | Unseen

/** The groups of facts that one connector sees, each with its own reason where it could not be seen. */
export type Groups<F> = { readonly [K in keyof F]: Seen<F[K]> }

/** One look at one system at one time. The same shape outside (the whole look) and inside (each group). */
export type Reading<F = Readonly<Record<string, unknown>>> = Seen<Groups<F>> & {
  /** When the look began, ISO 8601 in UTC. */
  readonly at: string
  /** Connector and address without credentials, for example `tls example.com:443`. */
  readonly source: string
}

/** Seen, and all of it. */
export function seen<T>(facts: T, complete = true): Seen<T> {
  return { read: 'ok', complete, facts }
}

/** Not seen, for a reason. */
export function unseen(why: Why, detail: string, more: { needs?: string; retryAfterMs?: number } = {}): Unseen {
  return { read: 'no', why, detail, ...more }
}

/** Thrown by a connector that cannot look; the engine turns it into a reading without facts. */
export class Unreadable extends Error {
  readonly reason: Unseen
  constructor(why: Why, detail: string, more: { needs?: string; retryAfterMs?: number; cause?: unknown } = {}) {
    const { cause, ...rest } = more
    super(detail, cause === undefined ? {} : { cause })
    this.name = 'Unreadable'
    this.reason = unseen(why, detail, rest)
  }
}

const networkCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens on this port',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'no answer in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ENOTFOUND: 'the host name does not exist',
  EAI_AGAIN: 'the host name could not be resolved',
  ABORT_ERR: 'no answer in time',
}

/**
 * The reason behind an error of the operating system or the runtime. Messages of foreign errors are dropped, since
 * they may quote addresses with credentials; only known codes are told.
 */
export function reasonOf(error: unknown): Unseen {
  if (error instanceof Unreadable) return error.reason
  const code = errorCode(error)
  const known = networkCodes[code]
  if (known !== undefined) return unseen('unreachable', `${known} (${code})`)
  if (code === 'EACCES' || code === 'EPERM') return unseen('denied', `the system refused access (${code})`)
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError'))
    return unseen('unreachable', 'no answer in time')
  return unseen(
    'contract',
    `the answer could not be used (${code || (error instanceof Error ? error.name : 'unknown')})`,
  )
}

/** The `code` of an error, or an empty string. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
