import { request as requestPlain } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isIP } from 'node:net'
import type { Context } from '../engine/connector.ts'
import { addressOf } from '../engine/network.ts'
import { Unreadable } from '../engine/reading.ts'

/** An answer, read no further than asked. */
export type HttpAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

/**
 * One GET without redirect, cookie or credential. The certificate is not verified here: that is the business of the
 * tls connector, and what a server sends is worth knowing even with a bad certificate.
 *
 * @param bodyBytes  how much of the body is read; 0 for none
 */
export async function get(url: URL, context: Context, bodyBytes = 0): Promise<HttpAnswer> {
  return await send(url, context, { method: 'GET', bodyBytes })
}

/** One POST of JSON, with the rules of {@link get}; the body of the answer is not read. */
export async function post(url: URL, body: object, context: Context): Promise<HttpAnswer> {
  return await send(url, context, { method: 'POST', bodyBytes: 0, body: JSON.stringify(body) })
}

async function send(
  url: URL,
  context: Context,
  { method, bodyBytes, body }: { method: 'GET' | 'POST'; bodyBytes: number; body?: string },
): Promise<HttpAnswer> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const address = await addressOf(host, context)
  const options = {
    host: address,
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    method,
    headers: {
      host: url.host,
      'user-agent': 'art32',
      accept: 'text/html,*/*;q=0.8',
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    },
    signal: context.signal,
    agent: false,
    timeout: context.limits.silenceMs,
  }
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent =
      url.protocol === 'https:'
        ? requestSecure({
            ...options,
            rejectUnauthorized: false,
            ciphers: 'ALL:@SECLEVEL=0',
            minVersion: 'TLSv1',
            ...(isIP(host) === 0 ? { servername: host } : {}),
          })
        : requestPlain(options)
    sent.once('response', resolve)
    sent.once('error', reject)
    sent.once('timeout', () => sent.destroy(new Unreadable('unreachable', 'the web server stayed silent (ETIMEDOUT)')))
    sent.end(body)
  })
  context.sent?.({ method, host: url.host, path: url.pathname, status: message.statusCode ?? 0 })
  try {
    return { status: message.statusCode ?? 0, headers: message.headers, body: await readBody(message, bodyBytes) }
  } finally {
    message.destroy()
  }
}

async function readBody(message: IncomingMessage, limitBytes: number): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  if (limitBytes === 0) return ''
  for await (const part of message as AsyncIterable<Buffer>) {
    parts.push(part)
    size += part.length
    if (size >= limitBytes) break
  }
  return Buffer.concat(parts).subarray(0, limitBytes).toString('utf8')
}

/** Stops where an answer says nothing about the site: it asks us to slow down, or is broken itself. */
export function refuseOutage({ status, headers }: HttpAnswer): void {
  if (status === 429) {
    const seconds = Number(headers['retry-after'])
    const more = Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {}
    throw new Unreadable('throttled', 'the web server asked to slow down (429)', more)
  }
  if (status >= 500) throw new Unreadable('unreachable', `the web server answered ${status}`)
}
