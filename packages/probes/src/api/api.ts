import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Context } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import type { Unseen } from '../engine/reading.ts'
import { openBudgets } from './budget.ts'
import { ask } from './request.ts'
import type { Answer } from './request.ts'

/** How a vendor wants to be spoken with. */
export type Vendor = {
  /** Where its API begins, without a slash at the end. No request ever leaves its origin. */
  readonly base: string
  /** Credentials and version; sent with each request. */
  readonly headers: Readonly<Record<string, string>>
  /**
   * Names the credential where the headers do not: a token that is new at each look would get a new budget each time,
   * and its earlier answers would never be found again. Nothing secret.
   */
  readonly credential?: string
  /** Requests per minute that the vendor allows a credential, with a margin. Default 300. */
  readonly perMinute?: number
  /** What a refusal means where the vendor says more than the status: a missing licence, a part that is switched off. */
  readonly meaning?: (status: number, body: unknown) => Unseen | undefined
}

/** What to ask for. */
export type Question<T> = {
  /** The path as the vendor's description writes it: `/repositories/{workspace}`. Also what errors and records name. */
  readonly path: string
  /** What stands in the places of the path. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  /** The answer, as far as it is read; parsed strictly, since a field that is missing is a broken contract. */
  readonly schema: z.ZodType<T>
}

/** A vendor's API, asked politely. */
export type Api = {
  get<T>(question: Question<T>): Promise<T>
  /** As `get`, but null where the vendor says that there is no such thing (404). */
  find<T>(question: Question<T>): Promise<T | null>
  /** Sends JSON, or a form where the body is one. */
  post<T>(question: Question<T> & { readonly body: object }): Promise<T>
  /** As `get`, for an answer that is not JSON: the text as it came. */
  text(question: Omit<Question<unknown>, 'schema'>): Promise<string>
  /**
   * All pages of a list.
   *
   * @param next where the next page is: an address of the same API, or query parameters; undefined: there is none
   * @returns `complete: false` where the vendor had still more after `mostPages`
   */
  list<P, T>(
    question: Question<P>,
    how: {
      readonly items: (page: P) => readonly T[]
      readonly next: (page: P, answer: Answer) => string | Readonly<Record<string, string>> | undefined
    },
  ): Promise<{ readonly items: readonly T[]; readonly complete: boolean }>
}

/** More pages than this are not read: a list without end is a fault of the other side. */
export const mostPages = 500

/** How long a vendor's wish to be left alone is waited for; a longer one ends the look. */
const patienceMs = 2_000

const aloneBudgets = openBudgets()

/**
 * Opens a vendor's API. Every refusal becomes the reason why nothing was seen: 401 and 403 `denied`, 404 and 410
 * `contract`, 429 `throttled` with the time that the vendor names, 5xx `unreachable`.
 */
export function openApi(vendor: Vendor, context: Context): Api {
  const base = new URL(vendor.base)
  const budgets = context.budgets ?? aloneBudgets
  const key = createHash('sha256')
    .update(`${base.origin}\0${vendor.credential ?? JSON.stringify(vendor.headers)}`)
    .digest('hex')

  async function send(method: 'GET' | 'POST', path: string, url: URL, body?: object): Promise<Answer> {
    if (url.origin !== base.origin) throw new Unreadable('contract', `${method} ${path} led to another host`)
    const pauseMs = budgets.pauseOf(key)
    if (pauseMs > 0) throw throttled(path, pauseMs)
    await budgets.take(key, vendor.perMinute ?? 300, context.signal)
    const known = method === 'GET' ? context.answers?.get(`${key} ${url.href}`) : undefined
    const answer = await ask(
      url,
      {
        method,
        headers: {
          ...vendor.headers,
          ...(known === undefined ? {} : { 'if-none-match': known.etag }),
          ...(body === undefined ? {} : { 'content-type': contentTypeOf(body) }),
        },
        ...(body === undefined ? {} : { body: textOf(body) }),
      },
      context,
    )
    context.sent?.({ method, host: url.host, path, status: answer.status })
    if (answer.status === 304 && known !== undefined) return { ...answer, status: 200, body: known.body }
    const { etag } = answer.headers
    if (method === 'GET' && answer.status === 200 && etag !== undefined)
      context.answers?.set(`${key} ${url.href}`, { etag, body: answer.body })
    return answer
  }

  /** Asks once more where the vendor wants a short pause. */
  async function sendPatiently(method: 'GET' | 'POST', path: string, url: URL, body?: object): Promise<Answer> {
    const answer = await send(method, path, url, body)
    if (answer.status !== 429 && !(answer.status === 503 && answer.headers['retry-after'] !== undefined)) return answer
    const waitMs = retryAfterMs(answer, context.now())
    if (waitMs > patienceMs) {
      budgets.pause(key, waitMs)
      throw throttled(path, waitMs)
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    const second = await send(method, path, url, body)
    if (second.status === 429) throw throttled(path, retryAfterMs(second, context.now()))
    return second
  }

  function refuse(path: string, answer: Answer): Unreadable {
    const own = vendor.meaning?.(answer.status, jsonOf(answer.body))
    if (own) return new Unreadable(own.why, own.detail, own)
    const said = `${path} was answered with ${answer.status}`
    if (answer.status === 401) return new Unreadable('denied', `${said}: the credential is not accepted`)
    if (answer.status === 403) return new Unreadable('denied', said)
    if (answer.status === 404) return new Unreadable('contract', `${said}: it is not there`)
    if (answer.status === 410) return new Unreadable('contract', `${said}: the vendor removed it`)
    if (answer.status >= 500) return new Unreadable('unreachable', said)
    return new Unreadable('contract', said)
  }

  function parse<T>({ path, schema }: Question<T>, { body }: Answer): T {
    const json = jsonOf(body)
    if (json === undefined) throw new Unreadable('contract', `${path} was answered with something else than JSON`)
    const parsed = schema.safeParse(json)
    if (parsed.success) return parsed.data
    const places = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'answer'} (${issue.code})`)
    throw new Unreadable('contract', `${path} was answered in another form: ${places.join(', ')}`)
  }

  async function find<T>(question: Question<T>): Promise<T | null> {
    const answer = await sendPatiently('GET', question.path, addressOf(base, question))
    if (answer.status === 404) return null
    if (answer.status !== 200) throw refuse(question.path, answer)
    return parse(question, answer)
  }

  return {
    find,
    async get(question) {
      const answer = await sendPatiently('GET', question.path, addressOf(base, question))
      if (answer.status !== 200) throw refuse(question.path, answer)
      return parse(question, answer)
    },
    async post(question) {
      const answer = await sendPatiently('POST', question.path, addressOf(base, question), question.body)
      if (answer.status !== 200) throw refuse(question.path, answer)
      return parse(question, answer)
    },
    async text(question) {
      const answer = await sendPatiently('GET', question.path, addressOf(base, question))
      if (answer.status !== 200) throw refuse(question.path, answer)
      return answer.body
    },
    async list(question, { items, next }) {
      const all: ReturnType<typeof items>[number][] = []
      let url = addressOf(base, question)
      for (let page = 0; page < mostPages; page += 1) {
        const answer = await sendPatiently('GET', question.path, url)
        if (answer.status !== 200) throw refuse(question.path, answer)
        const parsed = parse(question, answer)
        all.push(...items(parsed))
        const onward = next(parsed, answer)
        if (onward === undefined) return { items: all, complete: true }
        const before = url.href
        url =
          typeof onward === 'string'
            ? new URL(onward, url)
            : addressOf(base, { ...question, query: { ...question.query, ...onward } })
        if (url.href === before)
          throw new Unreadable('contract', `${question.path} names the same page as the next one`)
      }
      return { items: all, complete: false }
    },
  }
}

function addressOf(base: URL, { path, params = {}, query = {} }: Omit<Question<unknown>, 'schema'>): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_place, name: string) => encodeURIComponent(params[name] ?? ''))
  const url = new URL(`${base.pathname.replace(/\/$/, '')}${filled}`, base)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

function throttled(path: string, waitMs: number): Unreadable {
  return new Unreadable('throttled', `${path}: the vendor asked to slow down`, { retryAfterMs: waitMs })
}

/** Seconds or a date (RFC 9110 §10.2.3); where the vendor names neither, a minute. */
function retryAfterMs({ headers }: Answer, now: Date): number {
  const said = headers['retry-after']
  if (said === undefined) return 60_000
  const seconds = Number(said)
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(said) - now.getTime()
  return Number.isNaN(ms) ? 60_000 : Math.max(0, ms)
}

function contentTypeOf(body: object): string {
  return body instanceof URLSearchParams ? 'application/x-www-form-urlencoded' : 'application/json'
}

function textOf(body: object): string {
  return body instanceof URLSearchParams ? body.toString() : JSON.stringify(body)
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
