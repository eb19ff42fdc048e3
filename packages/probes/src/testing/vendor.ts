import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen } from './servers.ts'
import type { ListenAt } from './servers.ts'

/** One call as the vendor describes it. */
export type Call = {
  /** Query parameters that exist; another one is a mistake of ours. */
  readonly query?: readonly string[]
  /** Of these, the ones without which the vendor refuses. */
  readonly required?: readonly string[]
  /** The right that the vendor asks for, one of them. */
  readonly rights?: readonly string[]
}

/** The calls of a vendor's published description that the connector makes, by method and path: `GET /users/{id}`. */
export type Description = Readonly<Record<string, Call>>

/** What was asked, as far as answers depend on it. */
export type Asked = {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
  /** Where the server is, for links to further pages. */
  readonly base: string
}

/** An answer: JSON with status 200, or something else said in full. */
export type Said =
  | object
  | {
      readonly status: number
      readonly headers?: Record<string, string>
      readonly json?: unknown
      /** Instead of JSON, as it is. */
      readonly text?: string
    }

/** How a vendor can fail. Each of them ends in one reason. */
export const faults = {
  'a credential that is not accepted': 'denied',
  'a missing right': 'denied',
  'a call that is not there': 'contract',
  'a call that was removed': 'contract',
  'too many requests': 'throttled',
  'a server error': 'unreachable',
  'an answer cut off': 'unreachable',
  'an answer that never ends': 'unreachable',
  'a connection that is reset': 'unreachable',
  'something else than JSON': 'contract',
  'JSON of another form': 'contract',
  'a redirect to another host': 'contract',
} as const

export type Fault = keyof typeof faults

/** A strict server of a vendor on a free port of the loopback. */
export type VendorServer = {
  readonly base: string
  /** What was asked against the description: must be empty at the end of each test. */
  readonly mistakes: readonly string[]
  /** Calls that came, in order: `GET /users`. */
  readonly calls: readonly string[]
  /** From now on this call fails, or all of them. null: everything works again. */
  fail(fault: Fault | null, call?: string): void
  readonly close: () => Promise<void>
}

/**
 * Starts a server that follows a vendor's description strictly: an unknown path, an unknown parameter or a missing one is
 * a mistake that the test sees, and is answered as the vendor would.
 *
 * @param answers by call; a call of the description without an answer is a mistake of the test
 * @param isAuthorised whether the credentials of a request are right
 */
export async function startVendor(options: {
  description: Description
  answers: Readonly<Record<string, (asked: Asked) => Said>>
  isAuthorised: (headers: IncomingMessage['headers']) => boolean
  /** Calls that need no credentials, as the one that gives a token. */
  open?: readonly string[]
  at?: ListenAt | undefined
}): Promise<VendorServer> {
  const { description, answers, isAuthorised, open = [], at = {} } = options
  const mistakes: string[] = []
  const calls: string[] = []
  let failing: { fault: Fault; call: string | undefined } | null = null
  const routes = Object.keys(description).map((call) => ({ call, pattern: patternOf(call) }))
  let base = ''

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    const url = new URL(request.url ?? '/', 'http://vendor.test')
    const line = `${request.method} ${url.pathname}`
    const route = routes.find(({ pattern }) => pattern.test(line))
    if (!route) {
      mistakes.push(`${line} is not in the description`)
      return say(response, { status: 404, json: { error: 'not found' } })
    }
    const { call } = route
    calls.push(call)
    if (failing && (failing.call === undefined || failing.call === call)) return await fail(failing.fault, response)
    if (!open.includes(call) && !isAuthorised(request.headers))
      return say(response, { status: 401, json: { error: 'unauthorised' } })
    const { query = [], required = [] } = description[call] ?? {}
    for (const name of url.searchParams.keys())
      if (!query.includes(name)) mistakes.push(`${call} has no parameter ${name}`)
    for (const name of required) if (!url.searchParams.has(name)) mistakes.push(`${call} needs the parameter ${name}`)
    const answered = answers[call]
    if (!answered) throw new Error(`the test has no answer for ${call}`)
    const params = route.pattern.exec(line)?.groups ?? {}
    const decoded = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]))
    say(response, answered({ params: decoded, query: url.searchParams, headers: request.headers, body, base }))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      mistakes.push(error instanceof Error ? error.message : 'a failure of the test server')
      response.destroy()
    })
  })
  const { port, close } = await listen(server, at)
  base = `http://${at.host ?? '127.0.0.1'}:${port}`
  return {
    base,
    mistakes,
    calls,
    fail(fault, call) {
      failing = fault === null ? null : { fault, call }
    },
    close,
  }
}

/** `GET /users/{id}` as a pattern with named groups. */
function patternOf(call: string): RegExp {
  const escaped = call.replace(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
}

function say(response: ServerResponse, said: Said): void {
  const isFull = 'status' in said && typeof said.status === 'number'
  const { status, headers, json, text } = isFull
    ? (said as { status: number; headers?: Record<string, string>; json?: unknown; text?: string })
    : { status: 200, headers: {}, json: said, text: undefined }
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(text ?? (json === undefined ? undefined : JSON.stringify(json)))
}

async function fail(fault: Fault, response: ServerResponse): Promise<void> {
  switch (fault) {
    case 'a credential that is not accepted':
      return say(response, { status: 401, json: { error: 'unauthorised' } })
    case 'a missing right':
      return say(response, { status: 403, json: { error: 'forbidden' } })
    case 'a call that is not there':
      return say(response, { status: 404, json: { error: 'not found' } })
    case 'a call that was removed':
      return say(response, { status: 410, json: { error: 'gone' } })
    case 'too many requests':
      return say(response, { status: 429, headers: { 'retry-after': '3600' }, json: { error: 'slow down' } })
    case 'a server error':
      return say(response, { status: 503, json: { error: 'sorry' } })
    case 'an answer cut off':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '4096' })
      response.write('{"value":[')
      setTimeout(() => response.destroy(), 20)
      return
    case 'an answer that never ends':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"value":[')
      return
    case 'a connection that is reset':
      response.socket?.resetAndDestroy()
      return
    case 'something else than JSON':
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<html>Please sign in</html>')
      return
    case 'JSON of another form':
      return say(response, { status: 200, json: { unexpected: [true] } })
    case 'a redirect to another host':
      return say(response, { status: 302, headers: { location: 'http://other.example/' }, json: {} })
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  const text = Buffer.concat(parts).toString('utf8')
  if (text === '') return undefined
  if (request.headers['content-type']?.includes('json')) return JSON.parse(text)
  return Object.fromEntries(new URLSearchParams(text))
}
