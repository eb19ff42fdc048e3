import { readBody, unanswered } from './fetch-bytes.ts'
import { Refusal } from './refusal.ts'
import { SessionFile } from './sessions.ts'
import { clean, type Terminal } from './terminal.ts'

const answerBytes = 64 * 1_048_576
const problemBytes = 65_536

/** What lets this user in: the cookie of a session, or an API token. */
type Key = { readonly cookie: string } | { readonly authorization: string }

/** A server that this user speaks to, with the session kept for it or the token of the environment. */
export class Remote {
  readonly origin: string
  readonly #key: Key | undefined

  constructor(origin: string, key?: Key) {
    this.origin = origin
    this.#key = key
  }

  /**
   * The server of `--url`, else the only one where the user is signed in. A token in `ART32_TOKEN` goes before the session,
   * and then the server has to be named: it must not reach one that happens to be known.
   *
   * @throws {Refusal} no address, one that would send a session in the clear, or something else than a token
   */
  static async open(url: string | undefined, terminal: Terminal): Promise<Remote> {
    const token = terminal.environment['ART32_TOKEN']
    if (token) {
      if (!/^art32_[0-9A-Za-z]{38}$/.test(token))
        throw new Refusal('ART32_TOKEN holds no API token: one begins with art32_ and has 44 characters.')
      if (url === undefined) throw new Refusal('With ART32_TOKEN, name the server: --url, or set ART32_SERVER.')
      return new Remote(originOf(url), { authorization: `Bearer ${token}` })
    }
    return await Remote.bySession(url, terminal)
  }

  /** As `open`, by the session alone. */
  static async bySession(url: string | undefined, terminal: Terminal): Promise<Remote> {
    const sessions = new SessionFile(terminal)
    const origin = url === undefined ? onlyOne(await sessions.origins()) : originOf(url)
    const cookie = await sessions.find(origin)
    return new Remote(origin, cookie === undefined ? undefined : { cookie })
  }

  /**
   * Sends a request. The session goes to this origin only: a redirect is not followed.
   *
   * @throws {Refusal} no answer, or a refusal by the server (exit 1), with its own sentence
   */
  async send(
    path: string,
    request: { method: string; headers?: Record<string, string>; body?: string | Blob | Uint8Array<ArrayBuffer> },
  ): Promise<Response> {
    const url = new URL(path, this.origin)
    const headers = {
      origin: this.origin,
      ...request.headers,
      ...this.#key,
    }
    const answer = await fetch(url, { ...request, headers, redirect: 'manual' }).catch((error: unknown) => {
      throw unanswered(error, url) ?? error
    })
    if (answer.ok) return answer
    throw await refused(answer, this.#key !== undefined && 'authorization' in this.#key)
  }

  /** The JSON of an answer. @throws {Refusal} not JSON, or too large */
  async json(answer: Response): Promise<unknown> {
    const bytes = await readBody(answer, answerBytes)
    try {
      return JSON.parse(Buffer.from(bytes).toString('utf8'))
    } catch (error) {
      throw new Refusal(`${this.origin} answered with something that is no JSON. Is it an art32 server?`, 2, {
        cause: error,
      })
    }
  }
}

/** The origin of an address. @throws {Refusal} unreadable, or plain HTTP beyond this machine */
export function originOf(text: string): string {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Refusal('--url takes an address such as https://art32.example')
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) || url.hostname.endsWith('.localhost')
  if (url.protocol === 'http:' && !isLocal)
    throw new Refusal(`Password and session would cross the network in the clear. Use https://${url.host}`)
  return url.origin
}

function onlyOne(origins: readonly string[]): string {
  const [origin, ...more] = origins
  if (origin !== undefined && more.length === 0) return origin
  throw new Refusal(
    origin === undefined
      ? 'Name the server: --url http://localhost:3232, or set ART32_SERVER.'
      : `You are signed in to several servers; name one: --url ${origins.join(' or ')}`,
  )
}

/** The server's own sentence where it gave one (RFC 9457), with what to do where only this side knows it. */
async function refused(answer: Response, byToken: boolean): Promise<Refusal> {
  const text = Buffer.from(await readBody(answer, problemBytes)).toString('utf8')
  const { detail, message, trace, fields, code } = problemOf(text)
  const say = [detail, message].find((part) => typeof part === 'string' && part !== '')
  const sentence = typeof say === 'string' ? clean(say) : `The server answered with status ${answer.status}.`
  const places = fieldsOf(fields)
    .filter((field) => !sentence.includes(field))
    .map((field) => `\n  ${field}`)
  const signIn = byToken ? ' It was sent from ART32_TOKEN.' : ' Sign in: art32 sign-in --url … --email …'
  const remedy = answer.status === 401 ? signIn : ''
  const mark = typeof trace === 'string' && answer.status >= 500 ? ` (trace ${clean(trace)})` : ''
  return new Refusal(`${sentence}${remedy}${mark}${places.join('')}`, 1, typeof code === 'string' ? { code } : {})
}

function problemOf(text: string): {
  readonly detail?: unknown
  readonly code?: unknown
  readonly message?: unknown
  readonly trace?: unknown
  readonly fields?: unknown
} {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function fieldsOf(fields: unknown): string[] {
  if (!Array.isArray(fields)) return []
  return fields.flatMap((field: unknown) =>
    typeof field === 'object' && field !== null && 'path' in field && 'problem' in field
      ? [clean(`${String(field.path) || 'input'}: ${String(field.problem)}`)]
      : [],
  )
}
