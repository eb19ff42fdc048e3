import { createHash } from 'node:crypto'
import { openBudgets } from '../api/budget.ts'
import { ask } from '../api/request.ts'
import type { Answer } from '../api/request.ts'
import type { Context } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import { authorizationOf, canonicalQuery, emptyBody, stampOf } from './signature.ts'
import { parseXml, textAt } from './xml.ts'
import type { Element } from './xml.ts'

/** A bucket and who asks. */
export type Bucket = {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export type Storage = {
  /** The answer to a question about the bucket, whose root has this name. */
  get(root: string, query: Readonly<Record<string, string>>): Promise<Element>
  /** As `get`, but null where the storage says by this code that there is no such setting. */
  find(root: string, query: Readonly<Record<string, string>>, absent: string): Promise<Element | null>
}

const perMinute = 600
const path = '/{bucket}'
const aloneBudgets = openBudgets()

/** Opens a bucket of Amazon S3 or of a storage that speaks like it. Nothing but GET is ever sent. */
export function openStorage(given: Bucket, context: Context): Storage {
  const budgets = context.budgets ?? aloneBudgets
  const key = createHash('sha256').update(`${given.endpoint}\0${given.accessKeyId}`).digest('hex')

  async function send(query: Readonly<Record<string, string>>): Promise<Answer> {
    const pauseMs = budgets.pauseOf(key)
    if (pauseMs > 0) throw throttled(pauseMs)
    await budgets.take(key, perMinute, context.signal)
    const url = new URL(given.endpoint)
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${given.bucket}`
    url.search = canonicalQuery(query)
    const answer = await ask(url, { method: 'GET', headers: signed(given, url, query, context.now()) }, context)
    context.sent?.({ method: 'GET', host: url.host, path, status: answer.status })
    return answer
  }

  async function find(root: string, query: Readonly<Record<string, string>>, absent?: string) {
    const answer = await send(query)
    const document = parseXml(answer.body)
    if (answer.status === 200) {
      if (document?.name === root) return document
      throw new Unreadable('contract', `${path} was answered with something else than ${root}`)
    }
    const code = document?.name === 'Error' ? (textAt(document, 'Code') ?? '') : ''
    if (answer.status === 404 && absent !== undefined && code === absent) return null
    const refused = refusalOf(answer, code, Object.keys(query)[0] ?? '')
    if (refused.reason.retryAfterMs !== undefined) budgets.pause(key, refused.reason.retryAfterMs)
    throw refused
  }

  return {
    find,
    async get(root, query) {
      const found = await find(root, query)
      if (found === null) throw new Unreadable('contract', `${path} was not answered`)
      return found
    },
  }
}

function signed(given: Bucket, url: URL, query: Readonly<Record<string, string>>, now: Date): Record<string, string> {
  const headers = { host: url.host, 'x-amz-content-sha256': emptyBody, 'x-amz-date': stampOf(now) }
  const request = { method: 'GET', path: url.pathname, query, headers, body: emptyBody }
  return { ...headers, authorization: authorizationOf(request, { ...given, service: 's3' }) }
}

/** Codes that say more than the status: the question went to the wrong place, or the clocks differ. */
const misconfigured: Readonly<Record<string, string>> = {
  PermanentRedirect: 'the bucket is in another region',
  AuthorizationHeaderMalformed: 'the bucket is in another region',
  IllegalLocationConstraintException: 'the bucket is in another region',
  NoSuchBucket: 'there is no such bucket',
  RequestTimeTooSkewed: 'the clock of this machine is wrong',
}

/** The code of an error may be told, since it is a word of the vendor; its message quotes what was asked. */
function refusalOf({ status, headers }: Answer, code: string, what: string): Unreadable {
  const said = `${path}?${what} was answered with ${status}${/^[A-Za-z]{1,60}$/.test(code) ? ` (${code})` : ''}`
  const known = misconfigured[code]
  if (known !== undefined) return new Unreadable('not-configured', `${said}: ${known}`)
  if (status === 401 || status === 403) return new Unreadable('denied', said)
  if (status === 429 || code === 'SlowDown') return throttled(Number(headers['retry-after'] ?? 60) * 1_000)
  if (status === 405 || status === 501) return new Unreadable('contract', `${said}: this storage does not offer it`)
  if (status >= 500) return new Unreadable('unreachable', said)
  return new Unreadable('contract', said)
}

function throttled(waitMs: number): Unreadable {
  const retryAfterMs = Number.isFinite(waitMs) && waitMs > 0 ? waitMs : 60_000
  return new Unreadable('throttled', `${path}: the vendor asked to slow down`, { retryAfterMs })
}
