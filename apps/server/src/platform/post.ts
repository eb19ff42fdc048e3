import { lookup as systemLookup } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { isLocalAddress } from './reach.ts'

/** What came of it: the status of the answer, or why there was none. */
export type Posted =
  | { readonly status: number }
  | { readonly status: null; readonly problem: 'local' | 'unreachable' | 'timeout' | 'tls' }

/** Asks for the addresses of a name, once. */
type Resolve = (name: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void

/** How a message is sent. */
export interface PostOptions {
  /** Whether it may go to this machine itself. */
  readonly mayBeLocal: boolean
  readonly patienceMs?: number
  /** For tests: other addresses of names, an authority to trust. */
  readonly resolve?: Resolve
  readonly trust?: string
}

class Local extends Error {}

/**
 * Posts a message to an address that a stranger may have chosen. The name is resolved once, every address of it is
 * judged, and the connection goes to exactly those: an answer that changes between look and use (DNS rebinding) changes
 * nothing. A redirect is an answer like any other, and nothing of the answer but its status is read.
 *
 * @source OWASP Server-Side Request Forgery Prevention Cheat Sheet; Standard Webhooks, "Webhook security"
 */
export async function post(
  url: URL,
  message: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  { mayBeLocal, patienceMs = 10_000, resolve = allAddresses, trust }: PostOptions,
): Promise<Posted> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !mayBeLocal && isLocalAddress(host)) return { status: null, problem: 'local' }
  const lookup: LookupFunction = (name, options, done) => {
    resolve(name, (error, addresses) => {
      const [first] = addresses
      if (error || !first) done(error ?? new Error('the name has no address'), [])
      else if (!mayBeLocal && addresses.some(({ address }) => isLocalAddress(address))) done(new Local(), [])
      else if (options.all) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
  const send = url.protocol === 'https:' ? tlsRequest : plainRequest
  return await new Promise((answer) => {
    const request = send(url, {
      method: 'POST',
      headers: { ...message.headers, 'content-length': Buffer.byteLength(message.body) },
      lookup,
      // A kept connection would be one that was judged for another message.
      agent: false,
      signal: AbortSignal.timeout(patienceMs),
      ...(trust === undefined ? {} : { ca: trust }),
    })
    request.once('response', (response) => {
      answer({ status: response.statusCode ?? 0 })
      response.destroy()
    })
    request.on('error', (error) => answer({ status: null, problem: problemOf(error) }))
    request.end(message.body)
  })
}

const allAddresses: Resolve = (name, done) => {
  systemLookup(name, { all: true }, (error, addresses) => done(error, error ? [] : addresses))
}

function problemOf(error: Error & { code?: string }): 'local' | 'unreachable' | 'timeout' | 'tls' {
  if (error instanceof Local) return 'local'
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'timeout'
  const isTls = /^(ERR_(TLS|SSL)|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(error.code ?? '')
  return isTls ? 'tls' : 'unreachable'
}
