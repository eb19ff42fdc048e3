import { lookup } from 'node:dns'
import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { isLocalAddress } from './reach.ts'

/** What is asked of somebody else's server. */
export interface Question {
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Whether the machine itself may be asked, then also without TLS. */
  readonly mayBeLocal: boolean
  /** For a document rather than an answer: how much of it, and that it may take its time. Left out: 512 KiB in 5 seconds. */
  readonly mostBytes?: number
}

/** What it answered. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** The same, for what is no text. */
export interface BytesAnswer {
  readonly status: number
  readonly bytes: Uint8Array
}

/** Asks a server outside. */
export type Ask = (address: string, question: Question) => Promise<Answer>

/** The address may not be asked: without TLS, or of this machine. */
class Unreached extends Error {
  override readonly name = 'Unreached'
}

const longestMs = 5_000
const longestDocumentMs = 30_000
const usualBytes = 512 * 1024

/**
 * Asks a server whose address a tenant typed. Only by TLS, never this machine or its link, whatever name leads there:
 * the address that is checked is the one that is connected to. Redirects are not followed, five seconds and 512 KiB are
 * enough for any honest answer.
 *
 * @throws {Unreached} or the system's error
 * @source OWASP ASVS 5.0 1.3.6; RFC 9700 §4.12 (server-side request forgery by metadata)
 */
export const askOutside: Ask = async (address, question) => {
  const { status, bytes } = await askForBytes(address, question)
  return { status, body: Buffer.from(bytes).toString('utf8') }
}

/** The same, whose answer is no text. @throws {Unreached} or the system's error */
export const askForBytes = (
  address: string,
  { method, headers = {}, body, mayBeLocal, mostBytes }: Question,
): Promise<BytesAnswer> =>
  new Promise((resolve, reject) => {
    const url = new URL(address)
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const isPlain = url.protocol === 'http:'
    if (!(url.protocol === 'https:' || (isPlain && mayBeLocal)) || url.username !== '' || url.password !== '') {
      reject(new Unreached('only by TLS'))
      return
    }
    if (!mayConnect(host, mayBeLocal)) {
      reject(new Unreached('an address of this machine'))
      return
    }
    const sending = (isPlain ? requestPlain : requestSecure)(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
      lookup: lookupWithin(mayBeLocal),
      agent: false,
      signal: AbortSignal.timeout(mostBytes === undefined ? longestMs : longestDocumentMs),
    })
    sending.once('error', reject)
    sending.once('response', (response) => {
      const parts: Buffer[] = []
      let size = 0
      response.once('error', reject)
      response.on('data', (part: Buffer) => {
        size += part.byteLength
        if (size > (mostBytes ?? usualBytes)) response.destroy(new Unreached('an answer that does not end'))
        else parts.push(part)
      })
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, bytes: new Uint8Array(Buffer.concat(parts)) }),
      )
    })
    sending.end(body)
  })

/** Whether a host may be connected to, as far as it is an address already; a name is judged by what it leads to. */
export function mayConnect(host: string, mayBeLocal: boolean): boolean {
  return mayBeLocal || isIP(host) === 0 || !isLocalAddress(host)
}

/** Asks for the addresses of a name, and lets none through that may not be connected to. */
export function lookupWithin(mayBeLocal: boolean): LookupFunction {
  // Its forms are those that connections are opened with.
  return mayBeLocal ? lookup : lookupOutside
}

const lookupOutside: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) {
      done(error, '')
      return
    }
    const allowed = found.filter(({ address }) => !isLocalAddress(address))
    const [first] = allowed
    if (!first) done(new Unreached('an address of this machine'), '')
    else if (options.all) done(null, allowed)
    else done(null, first.address, first.family)
  })
}
