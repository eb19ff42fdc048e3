import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import type { RequestOptions } from 'node:https'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { issue } from '../../../../scripts/testing/tls.ts'
import type { Issued } from '../../../../scripts/testing/tls.ts'
import { forwardedCertificate } from './client-certificate.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-tls-'))
const keep = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const authority = issue({ name: 'authority.example', authority: true })
const stranger = issue({ name: 'stranger.example', authority: true })
const own = issue({ issuer: authority })
const tls = {
  ART32_TLS_CERTIFICATE: keep('server.pem', own.certificate),
  ART32_TLS_KEY: keep('server.key', own.key),
  ART32_TLS_PORT: '0',
  ART32_CLIENT_CERTIFICATE_PORT: '0',
}
/** How a client is told that its certificate, or the lack of one, ended the handshake; a reset may be quicker. */
const handshake = /alert|ECONNRESET|EPIPE|hang up/
const anna = issue({ name: 'anna', issuer: authority })

let server: TestServer
let owner: Person
let member: Person

beforeAll(async () => {
  // The header is read, but nobody on this machine is a trusted proxy.
  const proxies = { ART32_TRUSTED_PROXIES: '192.0.2.1', ART32_CLIENT_CERTIFICATE_HEADER: 'X-SSL-Client-Cert' }
  server = await startTestServer({ ...tls, ...proxies })
  ;[owner, member] = await people(server)
  await register(owner, anna)
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function people(at: TestServer): Promise<[Person, Person]> {
  await at.registry.create({ name: 'alpha', slug: 'alpha', language: 'en' })
  return [
    await at.addPerson('owner@example.com', 'alpha', 'owner'),
    await at.addPerson('member@example.com', 'alpha', 'member'),
  ]
}

async function register(by: Person, { certificate }: Issued): Promise<string> {
  const response = await by.post('/api/certificate/add', { name: 'laptop', pem: certificate })
  expect(response.status).toBe(200)
  return ((await response.json()) as { certificateId: string }).certificateId
}

interface Answer {
  status: number
  body: { code?: string; account?: { email: string } | null }
}
type More = Omit<RequestOptions, 'headers'> & { headers?: Record<string, string> }

/** Asks by TLS, with a client certificate or without. */
function ask(port: number | null, shown: Issued | null, path: string, more: More = {}, body?: object) {
  return new Promise<Answer>((resolve, reject) => {
    const options: RequestOptions = {
      host: 'localhost',
      port,
      path,
      agent: false,
      ca: authority.certificate,
      ...(shown ? { cert: shown.certificate, key: shown.key } : {}),
      ...(body ? { method: 'POST' } : {}),
      ...more,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...more.headers },
    }
    const sent = request(options, (response) => {
      let text = ''
      response.on('data', (part: Buffer) => void (text += part.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Answer['body'] }))
    })
    sent.on('error', reject)
    sent.end(body ? JSON.stringify(body) : undefined)
  })
}
const who = async (port: number | null, shown: Issued | null, more: More = {}) =>
  (await ask(port, shown, '/api/account/whoami', more)).body.account?.email ?? null

describe('a client certificate', () => {
  it('signs in on its own port only, with the rights of the account in its tenants', async () => {
    expect(await who(server.ports.clientCertificate, anna)).toBe('owner@example.com')
    expect(await who(server.ports.clientCertificate, null)).toBeNull()
    expect(await who(server.ports.tls, anna)).toBeNull()
    const add = await ask(
      server.ports.clientCertificate,
      anna,
      '/api/tenants/alpha/connection/add',
      {},
      {
        target: 'dns:example.com',
      },
    )
    expect(add.status).toBe(200)
  })

  it('is nothing when it has the same names and another key, is self-signed, or is not registered', async () => {
    const twins = [
      issue({ name: 'anna', issuer: authority }),
      issue({ name: 'anna', issuer: stranger }),
      issue({ name: 'anna' }),
      issue({ name: 'bert', issuer: authority }),
    ]
    for (const twin of twins) expect(await who(server.ports.clientCertificate, twin)).toBeNull()
  })

  it('ends with its last day, also where the handshake lets it through', async () => {
    const soon = new Date(Math.floor(Date.now() / 1000) * 1000 + 1_500_000)
    const short = issue({ name: 'short', issuer: authority, notAfter: soon })
    const certificateId = await register(owner, short)
    expect(await who(server.ports.clientCertificate, short)).toBe('owner@example.com')
    const { rows } = await server.databases.control.query<{ not_after: Date }>(
      `update account_certificate set not_after = not_after - interval '1 hour' where id = $1
       returning not_after + interval '1 hour' as not_after`,
      [certificateId],
    )
    expect(rows[0]?.not_after).toEqual(soon)
    expect(await who(server.ports.clientCertificate, short)).toBeNull()
  })

  it('ends when it is removed, by its own account only, also on a connection that is open', async () => {
    const short = issue({ name: 'removed', issuer: authority })
    const certificateId = await register(owner, short)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    expect(await who(server.ports.clientCertificate, short, { agent })).toBe('owner@example.com')
    expect((await member.post('/api/certificate/remove', { certificateId })).status).toBe(404)
    expect((await owner.post('/api/certificate/remove', { certificateId })).status).toBe(200)
    expect(await who(server.ports.clientCertificate, short, { agent })).toBeNull()
    agent.destroy()
    expect((await owner.post('/api/certificate/remove', { certificateId })).status).toBe(404)
    const { rows } = await server.databases.control.query(
      `select 1 from log_pending where event -> 'subj' ->> 'id' = $1
       union all select 1 from log_entry where convert_from(leaf, 'UTF8') like '%' || $1 || '%'`,
      [certificateId],
    )
    expect(rows).toHaveLength(2)
  })

  it('ends with the last tenant of its account', async () => {
    const leaver = await server.addPerson('leaver@example.com', 'alpha', 'member')
    const shown = issue({ name: 'leaver', issuer: authority })
    await register(leaver, shown)
    expect(await who(server.ports.clientCertificate, shown)).toBe('leaver@example.com')
    await owner.post('/api/tenants/alpha/access/remove', { accountId: leaver.accountId })
    expect(await who(server.ports.clientCertificate, shown)).toBeNull()
  })

  it('changes neither the account nor its other means', async () => {
    const refused = server.operations.filter(
      (one) => one.scope === 'installation' && one.changes && !one.id.startsWith('tenant.'),
    )
    expect(refused.map((one) => one.id)).toEqual(
      expect.arrayContaining(['account.change_password', 'certificate.add', 'token.create', 'account.end_others']),
    )
    for (const { id } of refused) {
      const { status, body } = await ask(server.ports.clientCertificate, anna, `/api/${id.replace('.', '/')}`, {}, {})
      expect([id, status, body.code]).toEqual([id, 403, 'http.certificate_confined'])
    }
  })

  it('is not at the service of another site, which a browser would send it for', async () => {
    const add = (headers: Record<string, string>) =>
      ask(
        server.ports.clientCertificate,
        anna,
        '/api/tenants/alpha/connection/add',
        { headers },
        { target: 'dns:a.example' },
      )
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: `https://localhost:1` },
    ]
    for (const headers of foreign)
      expect((await add(headers as Record<string, string>)).body.code).toBe('http.foreign_origin')
    expect((await add({ origin: `https://localhost:${server.ports.clientCertificate}` })).status).toBe(200)
  })

  it('in a header is nothing when no trusted proxy hands it on', async () => {
    const headers = { 'x-ssl-client-cert': encodeURIComponent(anna.certificate) }
    expect(await who(server.ports.tls, null, { headers })).toBeNull()
    const forged = { ...headers, 'x-forwarded-for': '192.0.2.1', forwarded: 'for=192.0.2.1' }
    expect(await who(server.ports.tls, null, { headers: forged })).toBeNull()
  })

  it('is refused on registration where it could not be relied on', async () => {
    const day = 86_400_000
    const cases = [
      ['x', 'certificate_unreadable'],
      [anna.certificate.replace('MII', 'MIX'), 'certificate_unreadable'],
      [anna.certificate + anna.key, 'certificate_with_key'],
      [
        issue({ notAfter: new Date(Date.now() - 1000), notBefore: new Date(Date.now() - day) }).certificate,
        'certificate_expired',
      ],
      [issue({ notBefore: new Date(Date.now() + day) }).certificate, 'certificate_expired'],
      [authority.certificate, 'certificate_authority'],
      [issue({ rsaBits: 1024 }).certificate, 'certificate_weak'],
      [anna.certificate, 'certificate_taken'],
    ]
    for (const [pem, reason] of cases) {
      const response = await member.post('/api/certificate/add', { name: 'x', pem })
      const { code } = (await response.json()) as { code: string }
      expect(code).toBe(`account.${reason}`)
    }
  })
})

describe('with a file of authorities, and open to others', () => {
  let strict: TestServer
  beforeAll(async () => {
    const proxies = { ART32_TRUSTED_PROXIES: '127.0.0.1,::1', ART32_CLIENT_CERTIFICATE_HEADER: 'X-SSL-Client-Cert' }
    strict = await startTestServer({
      ...tls,
      ...proxies,
      ART32_HOST: '0.0.0.0',
      ART32_CLIENT_CA: keep('ca.pem', authority.certificate),
    })
    const [first] = await people(strict)
    await register(first, anna)
    await register(first, byStranger)
  })
  afterAll(() => strict.stop())
  const byStranger = issue({ name: 'anna', issuer: stranger })

  it('no other authority gets through the handshake, registered or not', async () => {
    await expect(who(strict.ports.clientCertificate, byStranger)).rejects.toThrow(handshake)
    await expect(who(strict.ports.clientCertificate, null)).rejects.toThrow(handshake)
    expect(await who(strict.ports.tls, null)).toBeNull()
  })

  it('the port without TLS answers this machine only', async () => {
    const elsewhere = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address
    expect((await fetch(`${strict.local}/health`)).status).toBe(200)
    if (elsewhere === undefined) return
    await expect(fetch(`http://${elsewhere}:${new URL(strict.local).port}/health`)).rejects.toThrow('fetch failed')
    const answer = await ask(strict.ports.tls, null, '/health', { host: elsewhere, servername: 'localhost' })
    expect(answer.status).toBe(200)
  })

  it('a trusted proxy hands on what it has seen, and its own certificate counts for nobody else', async () => {
    const headers = { 'x-ssl-client-cert': encodeURIComponent(anna.certificate), 'x-forwarded-for': '203.0.113.5' }
    expect(await who(strict.ports.tls, null, { headers })).toBe('owner@example.com')
    expect(await who(strict.ports.clientCertificate, anna)).toBeNull()
    const twin = encodeURIComponent(issue({ name: 'anna', issuer: authority }).certificate)
    for (const value of [twin, 'x', '', '%E0%A4%A', 'A'.repeat(15_000)])
      expect(await who(strict.ports.tls, null, { headers: { 'x-ssl-client-cert': value } })).toBeNull()
    expect(await who(strict.ports.tls, null, { headers: { 'client-cert': value9440(anna) } })).toBeNull()
  })
})

const value9440 = ({ certificate }: Issued) => `:${new X509Certificate(certificate).raw.toString('base64')}:`

it('reads a certificate as nginx, Traefik and RFC 9440 write it', () => {
  const { raw } = new X509Certificate(anna.certificate)
  const read = (header: Parameters<typeof forwardedCertificate>[1], value: string) =>
    forwardedCertificate(new Headers({ [header]: value }), header)
  expect(read('X-SSL-Client-Cert', encodeURIComponent(anna.certificate))).toEqual(raw)
  const bare = raw.toString('base64')
  expect(read('X-Forwarded-Tls-Client-Cert', `${bare},${bare}`)).toEqual(raw)
  expect(read('X-Forwarded-Tls-Client-Cert', encodeURIComponent(bare))).toEqual(raw)
  expect(read('Client-Cert', value9440(anna))).toEqual(raw)
  for (const wrong of [bare, `:${bare}`, ':x:', '::']) expect(read('Client-Cert', wrong)).toBeNull()
})

it('takes no suite without forward secrecy and authenticated encryption', async () => {
  for (const ciphers of ['AES256-GCM-SHA384', 'AES128-SHA', 'ECDHE-RSA-AES256-SHA384', 'ECDHE-RSA-AES128-SHA'])
    await expect(who(server.ports.tls, null, { maxVersion: 'TLSv1.2', ciphers })).rejects.toThrow(/handshake failure/)
  expect(
    await who(server.ports.tls, null, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }),
  ).toBeNull()
})

it('speaks nothing older than TLS 1.2', async () => {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const
  await expect(who(server.ports.tls, null, old)).rejects.toThrow(/protocol version/)
  expect(await who(server.ports.tls, null, { maxVersion: 'TLSv1.2' })).toBeNull()
})
