import { request as requestPlain } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { request as requestSecure } from 'node:https'
import { BlockList, isIP, isIPv6 } from 'node:net'
import type { Context } from '../engine/connector.ts'
import { addressOf } from '../engine/network.ts'
import { Unreadable } from '../engine/reading.ts'

/** The longest answer that is read; a page of a thousand accounts has one or two megabytes. */
const answerBytes = 16 * 1_048_576

/** An answer, read to its end. */
export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

/**
 * One request to a vendor. The certificate is verified, no redirect is followed, and the name is resolved once, to an
 * address that this installation may reach.
 *
 * @throws {Unreadable} unreachable, contract (an answer without end) or not-configured (a forbidden address)
 */
export async function ask(
  url: URL,
  { method, headers, body }: { method: 'GET' | 'POST'; headers: Readonly<Record<string, string>>; body?: string },
  context: Context,
): Promise<Answer> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const address = await addressOf(host, context)
  if (url.protocol !== 'https:' && !isLoopback(address))
    throw new Unreadable('not-configured', 'credentials are sent by https only', { needs: 'https' })
  const options = {
    host: address,
    port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    method,
    headers: {
      host: url.host,
      'user-agent': 'art32',
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      ...headers,
    },
    signal: context.signal,
    agent: false as const,
    timeout: context.limits.silenceMs,
  }
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent =
      url.protocol === 'https:'
        ? requestSecure({ ...options, ...(isIP(host) === 0 ? { servername: host } : {}) })
        : requestPlain(options)
    sent.once('response', resolve)
    sent.once('error', reject)
    sent.once('timeout', () => sent.destroy(new Unreadable('unreachable', 'the vendor stayed silent (ETIMEDOUT)')))
    sent.end(body)
  })
  try {
    return { status: message.statusCode ?? 0, headers: message.headers, body: await readAll(message) }
  } finally {
    message.destroy()
  }
}

async function readAll(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of message as AsyncIterable<Buffer>) {
    parts.push(part)
    size += part.length
    if (size > answerBytes) throw new Unreadable('contract', 'the answer has no end')
  }
  return Buffer.concat(parts).toString('utf8')
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

function isLoopback(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
