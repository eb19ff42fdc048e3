import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { z } from 'zod'
import type { Context } from '../engine/connector.ts'
import { Unreadable, errorCode } from '../engine/reading.ts'
import type { DnsFacts } from './facts.ts'
import { settled } from './mail.ts'
import { textsOf } from './query.ts'
import type { Ask } from './query.ts'

type Policy = DnsFacts['mtaSts']['policy']

/** Where the policy is asked for. The standard leaves no choice; tests have a port and an authority of their own. */
export type Place = { readonly port: number; readonly trust?: string }
const standard: Place = { port: 443 }

/** A policy has a few lines (RFC 8461 §3.3 allows to stop at 64 kB). */
const mostBytes = 65_536

/** Reads what a domain says about receiving mail: by whom, whether encrypted only, and where failures are told. */
export async function readReceiving(ask: Ask, domain: string): Promise<DnsFacts['receiving']> {
  const mx = await readExchanges(ask, domain)
  const reports = textsOf(settled(await ask(`_smtp._tls.${domain}`, 'TXT'))).filter((text) =>
    /^v=TLSRPTv1\s*;/i.test(text),
  )
  const [report = ''] = reports
  return {
    servers: mx.length,
    reports: reports.length,
    reportsTo: (/rua\s*=([^;]*)/i.exec(report)?.[1] ?? '')
      .split(',')
      .filter((one) => /^\s*(mailto|https):\S/i.test(one)).length,
  }
}

const mxData = z.object({ exchange: z.string() })

/** Names of mail servers; a domain that takes no mail (RFC 7505) has none. */
async function readExchanges(ask: Ask, domain: string): Promise<string[]> {
  return settled(await ask(domain, 'MX'))
    .answers.filter(({ type }) => type === 'MX')
    .map(({ data }) => mxData.parse(data).exchange.replace(/\.$/, '').toLowerCase())
    .filter((exchange) => exchange !== '')
}

/** Reads the record and, where there is one, the policy behind it (RFC 8461). */
export async function readMtaSts(
  ask: Ask,
  domain: string,
  context: Context,
  place = standard,
): Promise<DnsFacts['mtaSts']> {
  const exchanges = await readExchanges(ask, domain)
  const records = textsOf(settled(await ask(`_mta-sts.${domain}`, 'TXT'))).filter((text) => /^v=STSv1\s*;/i.test(text))
  if (records.length !== 1) return { servers: exchanges.length, records: records.length, fault: null, policy: null }
  const answer = await fetchPolicy(ask, `mta-sts.${domain}`, context, place)
  if (typeof answer === 'string') {
    const policy = parsePolicy(answer, exchanges)
    return { servers: exchanges.length, records: 1, fault: policy === null ? 'form' : null, policy }
  }
  return { servers: exchanges.length, records: 1, fault: answer.fault, policy: null }
}

async function fetchPolicy(
  ask: Ask,
  host: string,
  context: Context,
  place: Place,
): Promise<string | { fault: 'name' | 'certificate' | 'status' }> {
  const addresses = await addressesOf(ask, host)
  if (addresses.length === 0) return { fault: 'name' }
  const address = addresses.find((one) => context.mayReach(one))
  if (address === undefined)
    throw new Unreadable('not-configured', 'this installation may not reach the address', { needs: 'network limits' })
  try {
    const message = await get(host, address, context, place)
    context.sent?.({ method: 'GET', host, path: '/.well-known/mta-sts.txt', status: message.statusCode ?? 0 })
    try {
      if ((message.statusCode ?? 0) >= 500 || message.statusCode === 429)
        throw new Unreadable('unreachable', `the web server of the policy answered ${message.statusCode ?? 0}`)
      // Redirects must not be followed (§3.3).
      if (message.statusCode !== 200 || !/^text\/plain\b/i.test(message.headers['content-type'] ?? ''))
        return { fault: 'status' }
      return await textOf(message)
    } finally {
      message.destroy()
    }
  } catch (error) {
    if (isAboutCertificate(error)) return { fault: 'certificate' }
    throw error
  }
}

async function addressesOf(ask: Ask, host: string): Promise<string[]> {
  const answers = [...settled(await ask(host, 'A')).answers, ...settled(await ask(host, 'AAAA')).answers]
  return answers
    .filter(({ type }) => type === 'A' || type === 'AAAA')
    .flatMap(({ data }) => (typeof data === 'string' ? [data] : []))
}

function get(host: string, address: string, context: Context, { port, trust }: Place): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({
      host: address,
      port,
      path: '/.well-known/mta-sts.txt',
      servername: host,
      headers: { host, 'user-agent': 'art32', accept: 'text/plain' },
      signal: context.signal,
      agent: false,
      timeout: context.limits.silenceMs,
      ...(trust === undefined ? {} : { ca: trust }),
    })
    sent.once('response', resolve)
    sent.once('error', reject)
    sent.once('timeout', () => sent.destroy(new Unreadable('unreachable', 'the web server stayed silent (ETIMEDOUT)')))
    sent.end()
  })
}

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of message as AsyncIterable<Buffer>) {
    parts.push(part)
    size += part.length
    if (size >= mostBytes) break
  }
  return Buffer.concat(parts).subarray(0, mostBytes).toString('utf8')
}

/** A mail server would not accept this certificate either (§3.3). */
function isAboutCertificate(error: unknown): boolean {
  return /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH)/.test(errorCode(error))
}

/** Reads a policy (§3.2); null where a field is missing or not as it has to be. */
export function parsePolicy(text: string, exchanges: readonly string[]): Policy {
  const fields = text.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = /^\s*([a-z_]+)\s*:\s*(\S.*)$/i.exec(line.trimEnd()) ?? []
    return name === undefined || value === undefined ? [] : [{ name: name.toLowerCase(), value: value.toLowerCase() }]
  })
  const first = (wanted: string) => fields.find(({ name }) => name === wanted)?.value
  const mode = first('mode')
  const age = first('max_age') ?? ''
  if (first('version') !== 'stsv1' || !/^\d{1,10}$/.test(age)) return null
  if (mode !== 'enforce' && mode !== 'testing' && mode !== 'none') return null
  const patterns = fields.filter(({ name }) => name === 'mx').map(({ value }) => value)
  return {
    mode,
    maxAgeSeconds: Number(age),
    uncovered: exchanges.filter((exchange) => !patterns.some((pattern) => covers(pattern, exchange))).length,
  }
}

/** `*.example.com` stands for one label (§4.1). */
function covers(pattern: string, exchange: string): boolean {
  return pattern.startsWith('*.') ? exchange.slice(exchange.indexOf('.')) === pattern.slice(1) : exchange === pattern
}
