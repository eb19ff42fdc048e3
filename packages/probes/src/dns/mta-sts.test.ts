import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:https'
import type { RequestListener } from 'node:http'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { issue } from '../testing/certificates.ts'
import { hangingServer, listen, testContext } from '../testing/servers.ts'
import type { TestServer } from '../testing/servers.ts'
import { parseKey, readDkim } from './dkim.ts'
import { parsePolicy, readMtaSts, readReceiving } from './mta-sts.ts'
import type { Ask } from './query.ts'

const root = issue({ name: 'Test Root', authority: true })
const good = issue({ issuer: root, hosts: ['mta-sts.example.com'] })
const servers: TestServer[] = []
afterAll(() => Promise.all(servers.map((server) => server.close())))

async function start(server: Promise<TestServer>): Promise<number> {
  const started = await server
  servers.push(started)
  return started.port
}
const secure = (answer: RequestListener, issued = good) =>
  start(listen(createServer({ key: issued.key, cert: issued.certificate }, answer)))
const serves =
  (body: string, status = 200, type = 'text/plain'): RequestListener =>
  (request, response) => {
    const isPolicy = request.url === '/.well-known/mta-sts.txt' && request.headers.host === 'mta-sts.example.com'
    response.writeHead(isPolicy ? status : 404, { 'content-type': type, location: '/elsewhere' }).end(body)
  }

/** A name server of a few records. */
const zone =
  (records: Readonly<Record<string, readonly unknown[]>>): Ask =>
  async (name, type) =>
    await Promise.resolve({
      rcode: 'NOERROR',
      authentic: false,
      authorities: [],
      answers: (records[`${name} ${type}`] ?? []).map((data) => ({ name, type, ttl: 60, data })),
    })
const records = {
  'example.com MX': [
    { preference: 10, exchange: 'mx1.example.com' },
    { preference: 20, exchange: 'mx.example.net.' },
  ],
  '_mta-sts.example.com TXT': [['v=STSv1; id=20261122;']],
  'mta-sts.example.com A': ['127.0.0.1'],
  '_smtp._tls.example.com TXT': [['v=TLSRPTv1; rua=mailto:tls@example.com,https://example.com/tls']],
}
const text = 'version: STSv1\r\nmode: enforce\r\nmx: *.example.com\r\nmx: mx.example.net\r\nmax_age: 604800\r\n'
const look = (port: number, own: Readonly<Record<string, readonly unknown[]>> = records) =>
  readMtaSts(zone(own), 'example.com', testContext(), { port, trust: root.certificate })

describe('looking at how mail is received', () => {
  it('reads the policy over https and compares it with the mail servers', async () => {
    const policy = { mode: 'enforce', maxAgeSeconds: 604_800, uncovered: 0 }
    expect(await look(await secure(serves(text)))).toEqual({ servers: 2, records: 1, fault: null, policy })
    expect(await look(await secure(serves(text.replace('mx: mx.example.net\r\n', ''))))).toMatchObject({
      policy: { uncovered: 1 },
    })
  })

  it.each([
    ['is not there', serves('', 404), 'status'],
    ['redirects', serves('', 301), 'status'],
    ['is a page', serves(text, 200, 'text/html'), 'status'],
    ['has no mode', serves('version: STSv1\nmax_age: 1'), 'form'],
    ['is of another version', serves(text.replace('STSv1', 'STSv2')), 'form'],
  ])('tells a policy that %s', async (_name, answer, fault) => {
    expect(await look(await secure(answer))).toMatchObject({ records: 1, fault, policy: null })
  })

  it.each([
    ['another name', issue({ issuer: root, hosts: ['www.example.com'] })],
    ['nobody to vouch for it', issue({ hosts: ['mta-sts.example.com'] })],
    [
      'an end in the past',
      issue({ issuer: root, hosts: ['mta-sts.example.com'], notBefore: new Date(1e12), notAfter: new Date(1.1e12) }),
    ],
  ])('does not accept a certificate with %s', async (_name, issued) => {
    expect(await look(await secure(serves(text), issued))).toMatchObject({ fault: 'certificate', policy: null })
  })

  it('asks nobody where there is no record, or more than one', async () => {
    expect(await look(1, { ...records, '_mta-sts.example.com TXT': [] })).toMatchObject({ records: 0, fault: null })
    expect(
      await look(1, { ...records, '_mta-sts.example.com TXT': [['v=STSv1; id=1'], ['v=STSv1; id=2']] }),
    ).toMatchObject({
      records: 2,
    })
    expect(await look(1, { ...records, 'mta-sts.example.com A': [] })).toMatchObject({ fault: 'name' })
  })

  it('could not look at a server that hangs, is closed, is broken, or must not be reached', async () => {
    await expect(look(await start(hangingServer()))).rejects.toMatchObject({ reason: { why: 'unreachable' } })
    await expect(look(1)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await expect(look(await secure(serves('', 503)))).rejects.toMatchObject({ reason: { why: 'unreachable' } })
    const closed = testContext({ mayReach: () => false })
    await expect(readMtaSts(zone(records), 'example.com', closed)).rejects.toMatchObject({
      reason: { why: 'not-configured' },
    })
  })

  it('counts mail servers and addresses for reports', async () => {
    expect(await readReceiving(zone(records), 'example.com')).toEqual({ servers: 2, reports: 1, reportsTo: 2 })
    const none = { 'example.com MX': [{ preference: 0, exchange: '.' }] }
    expect(await readReceiving(zone(none), 'example.com')).toEqual({ servers: 0, reports: 0, reportsTo: 0 })
  })

  it('reads any policy or says that it is none, and no star covers two labels', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (any) => {
        expect(parsePolicy(any, ['mx.example.com'])?.uncovered ?? 1).toBe(1)
      }),
    )
    expect(parsePolicy(text, ['a.b.example.com', 'example.com'])).toMatchObject({ uncovered: 2 })
    expect(parsePolicy(`mx: a${'\t'.repeat(2_000_000)}\u0000`, [])).toBeNull()
  })
})

describe('looking at keys that sign mail', () => {
  const rsa = (bits: number, type: 'spki' | 'pkcs1' = 'spki') =>
    generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ type, format: 'der' }).toString('base64')
  const ed = generateKeyPairSync('ed25519')
    .publicKey.export({ type: 'spki', format: 'der' })
    .subarray(-32)
    .toString('base64')

  it.each([
    ['RSA', `v=DKIM1; k=rsa; p=${rsa(2048)}`, { state: 'valid', kind: 'rsa', bits: 2_048, testing: false }],
    ['a short RSA in the inner form', `p=${rsa(1024, 'pkcs1')}`, { state: 'valid', bits: 1_024 }],
    ['Ed25519', `v=DKIM1; k=ed25519; p=${ed}`, { state: 'valid', kind: 'ed25519', bits: 256 }],
    ['a test', `v=DKIM1; t=s:y; p=${rsa(2048)}`, { testing: true }],
    ['none any more', 'v=DKIM1; p=', { state: 'revoked', bits: null }],
    ['nonsense', 'v=DKIM1; p=bm9uc2Vuc2U=', { state: 'broken', bits: null }],
  ])('reads %s', (_name, record, key) => expect(parseKey(record)).toMatchObject(key))

  it('looks under the given names, else under usual ones, and does not take silence for none', async () => {
    const half = rsa(2048)
    const own = zone({
      'selector1._domainkey.example.com TXT': [[`v=DKIM1; p=${half.slice(0, 200)}`, half.slice(200)]],
    })
    expect(await readDkim(own, 'example.com', [])).toMatchObject([{ selector: 'selector1', records: 1, bits: 2_048 }])
    expect(await readDkim(own, 'example.com', ['own2026'])).toMatchObject([{ selector: 'own2026', records: 0 }])
    await expect(readDkim(zone({}), 'example.com', [])).rejects.toMatchObject({ reason: { why: 'not-configured' } })
  })

  it('reads anything that stands there', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (any) => {
        expect(['valid', 'revoked', 'broken']).toContain(parseKey(any).state)
      }),
    )
  })
})
