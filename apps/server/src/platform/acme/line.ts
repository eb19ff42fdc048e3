import { AsyncLocalStorage } from 'node:async_hooks'
import { request } from 'node:https'
import type { IncomingHttpHeaders } from 'node:http'
import type * as Library from 'acme-client'
import { z } from 'zod'
import { lookupWithin, mayConnect } from '../outward.ts'
import { AcmeFailure, codeOf, problemOf } from './failure.ts'

/** What an authority answered. */
export interface LineAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** The way to one authority, with its limits. */
export interface Line {
  /** @throws {AcmeFailure} for whatever is no answer that an order goes on with */
  ask(
    address: string,
    question: { readonly method: 'GET' | 'HEAD' | 'POST'; readonly body?: string },
  ): Promise<LineAnswer>
  /** How long the last answer asked to wait; null: it did not say. */
  pauseMs(): number | null
}

/** The limits of a line. */
export interface LineOptions {
  readonly directory: string
  /** Authorities of its certificate, PEM; null: the usual ones. */
  readonly ca: string | null
  /** For one answer, to its last byte. */
  readonly answerMs: number
  /** Ends all of it. */
  readonly signal: AbortSignal
  readonly now: () => Date
}

/** A chain of certificates takes some KiB; nothing else that an authority answers is longer. */
const mostBytes = 256 * 1024

/**
 * Opens a way to an authority: by TLS only, without redirects, each answer bounded in time and size. What the directory
 * leads to may lie at another host, but not at this machine or its link unless the directory itself does.
 *
 * @source RFC 8555 §6.1, §10.4; OWASP ASVS 5.0 1.3.6
 */
export function openLine({ directory, ca, answerMs, signal, now }: LineOptions): Line {
  const home = new URL(directory).host
  let pause: number | null = null
  return {
    pauseMs: () => pause,
    async ask(address, question) {
      if (!URL.canParse(address)) throw new AcmeFailure('answer')
      const url = new URL(address)
      const mayBeLocal = url.host === home
      const host = url.hostname.replace(/^\[|\]$/g, '')
      if (url.protocol !== 'https:' || url.username !== '' || !mayConnect(host, mayBeLocal))
        throw new AcmeFailure('answer')
      const ends = AbortSignal.any([signal, AbortSignal.timeout(answerMs)])
      const answer = await send(url, { ...question, ca, mayBeLocal, signal: ends })
      pause = pauseOf(answer.headers['retry-after'], now())
      if (answer.status >= 300 && answer.status < 400) throw new AcmeFailure('answer')
      if (answer.status < 400) return answer
      const problem = problemIn(answer.body)
      // The client asks once more with the nonce that came with it (RFC 8555 §6.5).
      if (problem === 'badNonce') return answer
      throw new AcmeFailure(codeOf(answer.status, problem), { retryAfterMs: pause, problem })
    },
  }
}

/** What is sent, and how. */
interface Sending {
  readonly method: string
  readonly body?: string
  readonly ca: string | null
  readonly mayBeLocal: boolean
  readonly signal: AbortSignal
}

function send(url: URL, { method, body, ca, mayBeLocal, signal }: Sending): Promise<LineAnswer> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(new AcmeFailure('silent', { cause }))
    const sending = request(url, {
      method,
      headers: {
        'user-agent': 'art32',
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/jose+json', 'content-length': String(Buffer.byteLength(body)) }),
      },
      lookup: lookupWithin(mayBeLocal),
      agent: false,
      signal,
      minVersion: 'TLSv1.2',
      ...(ca === null ? {} : { ca }),
    })
    sending.once('error', failed)
    sending.once('response', (response) => {
      const parts: Buffer[] = []
      let size = 0
      response.once('error', failed)
      response.on('data', (part: Buffer) => {
        size += part.byteLength
        if (size <= mostBytes) parts.push(part)
        else {
          reject(new AcmeFailure('answer'))
          response.destroy()
        }
      })
      response.once('end', () => {
        const { statusCode = 0, headers } = response
        resolve({ status: statusCode, headers, body: Buffer.concat(parts).toString('utf8') })
      })
    })
    sending.end(body)
  })
}

const Problem = z.object({ type: z.string() })

function problemIn(body: string): string | null {
  try {
    return problemOf(Problem.parse(JSON.parse(body)).type)
  } catch {
    return null
  }
}

/** Seconds or a date (RFC 9110 §10.2.3). */
function pauseOf(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now.getTime()
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}

const lines = new AsyncLocalStorage<Line>()
let isLaid = false

/**
 * The library with its requests led through the line of whoever calls. By itself it would follow redirects, read answers
 * without end, wait for them without end, and ask again as often as it is told to: its one client of HTTP is for all.
 */
export async function openLibrary(): Promise<typeof Library> {
  const library = await import('acme-client')
  if (isLaid) return library
  library.axios.defaults.adapter = async (config) => {
    const line = lines.getStore()
    if (!line) throw new AcmeFailure('answer')
    const method = (config.method ?? 'get').toUpperCase()
    if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') throw new AcmeFailure('answer')
    const body: unknown = config.data
    const {
      status,
      headers,
      body: data,
    } = await line.ask(config.url ?? '', {
      method,
      ...(typeof body === 'string' ? { body } : {}),
    })
    const told = Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
    return { status, statusText: '', headers: Object.fromEntries(told) as Record<string, string>, data, config }
  }
  isLaid = true
  return library
}

/** Does something with the library by this line. */
export async function along<T>(line: Line, work: () => Promise<T>): Promise<T> {
  return await lines.run(line, work)
}
