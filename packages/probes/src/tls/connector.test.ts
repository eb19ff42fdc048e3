import { createServer } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { afterAll, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { prove } from '../engine/prove.ts'
import { issue } from '../testing/certificates.ts'
import type { Issued } from '../testing/certificates.ts'
import { hangingServer, listen, plainServer, resettingServer, testContext, tlsServer } from '../testing/servers.ts'
import type { TestServer } from '../testing/servers.ts'
import { tls } from './connector.ts'

const dayMs = 86_400_000
const root = issue({ name: 'Test Root', authority: true })
const intermediate = issue({ name: 'Test Intermediate', authority: true, issuer: root })
const good = issue({ issuer: root })
const expired = { notBefore: new Date(Date.now() - 90 * dayMs), notAfter: new Date(Date.now() - dayMs) }
const servers: TestServer[] = []
afterAll(() => Promise.all(servers.map((server) => server.close())))

const start = async (server: Promise<TestServer>): Promise<number> => {
  const started = await server
  servers.push(started)
  return started.port
}

/** Looks at a server and gives the state of each check, and the sentences that failed. */
async function look(port: number, host = 'localhost'): Promise<Record<string, string>> {
  const settings = { host, port, trust: root.certificate }
  const { targets } = await prove([{ connector: 'tls', settings, system: 'test' }], {
    attempts: 1,
    context: { limits: { silenceMs: 500, answerBytes: 65_536 } },
  })
  const said = targets.flatMap(({ checks }) =>
    checks.map(({ check, state, outcomes }) => {
      const fails = outcomes.filter((outcome) => outcome.state === 'fail').map((outcome) => outcome.say.key)
      const [first] = outcomes
      return [
        check.replace('tls.', ''),
        [state, ...fails, ...(first?.reason === undefined ? [] : [first.reason])].join(' '),
      ] as const
    }),
  )
  return Object.fromEntries(said)
}

const lookAt = async (issued: Issued, options: TlsOptions = {}, host?: string) =>
  look(await start(tlsServer(issued, options)), host)
const strong: TlsOptions = { ciphers: 'ECDHE+AESGCM:@SECLEVEL=0', minVersion: 'TLSv1.2' }

describe('looking at a TLS endpoint', () => {
  it('finds nothing wrong with a good one', async () => {
    expect(await lookAt(good, strong)).toEqual({
      chain: 'pass',
      ciphers: 'pass',
      'client-cert': 'info',
      expiry: 'pass',
      protocols: 'pass',
      starttls: 'not-applicable',
    })
  })

  it('sees TLS 1.0, which its own library would not speak', async () => {
    const old = await lookAt(good, { minVersion: 'TLSv1', maxVersion: 'TLSv1' })
    expect(old['protocols']).toBe('fail old none')
    expect(old['ciphers']).toMatch(/no-forward-secrecy/)
  })

  it('lists exactly the suites that the server takes', async () => {
    const port = await start(
      tlsServer(good, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:AES256-SHA:@SECLEVEL=0' }),
    )
    const reading = await collect(tls, { host: 'localhost', port }, testContext())
    expect(reading).toMatchObject({
      facts: {
        ciphers: {
          facts: [
            { version: '1.2', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' },
            { version: '1.2', name: 'TLS_RSA_WITH_AES_256_CBC_SHA' },
          ],
        },
      },
    })
  })

  it('sees SSLv3 with RC4, which no library here speaks any more', async () => {
    const old = createServer((socket) =>
      socket.once('data', (hello: Buffer) => {
        const isOld = hello.readUInt16BE(9) === 0x0300 && hello.includes(Buffer.from([0x00, 0x05]))
        const body = Buffer.concat([Buffer.from([3, 0]), Buffer.alloc(32), Buffer.from([0, 0, 5, 0])])
        const flight = Buffer.concat([
          Buffer.from([22, 3, 0, 0, body.length + 8, 2, 0, 0, body.length]),
          body,
          Buffer.from([14, 0, 0, 0]),
        ])
        socket.end(isOld ? flight : Buffer.from([21, 3, 0, 0, 2, 2, 40]))
      }),
    )
    expect(await look(await start(listen(old)))).toMatchObject({
      protocols: 'fail old none',
      ciphers: expect.stringContaining('broken') as string,
      chain: 'not-evaluated denied',
    })
  })

  it('sees TLS 1.1 beside current versions', async () => {
    expect((await lookAt(good, { minVersion: 'TLSv1.1' }))['protocols']).toBe('fail old')
  })

  it('finds nothing to blame on a server that speaks TLS 1.3 alone', async () => {
    expect(await lookAt(good, { minVersion: 'TLSv1.3' })).toMatchObject({ ciphers: 'pass', protocols: 'pass' })
  })

  it('sees an expired certificate, and does not blame the chain for it', async () => {
    expect(await lookAt(issue({ issuer: root, ...expired }), strong)).toMatchObject({
      chain: 'pass',
      expiry: 'fail expired',
    })
  })

  it('sees a certificate that vouches for itself', async () => {
    expect(await lookAt(issue(), strong)).toMatchObject({ chain: 'fail self-signed', expiry: 'pass' })
  })

  it('sees a root that nobody trusts', async () => {
    const stranger = issue({ name: 'Stranger', authority: true })
    const leaf = issue({ issuer: stranger })
    expect(await lookAt({ ...leaf, certificate: leaf.certificate + stranger.certificate }, strong)).toMatchObject({
      chain: 'fail unknown-root',
    })
  })

  it('misses an intermediate that the server does not send, and accepts it when it does', async () => {
    const leaf = issue({ issuer: intermediate })
    expect(await lookAt(leaf, strong)).toMatchObject({ chain: 'fail missing-intermediate' })
    expect(await lookAt({ ...leaf, certificate: leaf.certificate + intermediate.certificate }, strong)).toMatchObject({
      chain: 'pass',
    })
  })

  it('sees another name, a short key and a signature with SHA-1', async () => {
    expect(await lookAt(issue({ issuer: root, hosts: ['www.example.com'] }), strong)).toMatchObject({
      chain: 'fail misnamed',
    })
    expect(await lookAt(issue({ issuer: root, rsaBits: 1024 }), strong)).toMatchObject({ chain: 'fail key-weak' })
    expect(await lookAt(issue({ issuer: root, digest: 'sha1' }), strong)).toMatchObject({
      chain: expect.stringMatching(/signature-weak/) as string,
    })
  })

  it('checks an address against the addresses in the certificate', async () => {
    expect(await lookAt(issue({ issuer: root, hosts: ['127.0.0.1'] }), strong, '127.0.0.1')).toMatchObject({
      chain: 'pass',
    })
    expect(await lookAt(good, strong, '127.0.0.1')).toMatchObject({ chain: 'fail misnamed' })
  })

  it.each([
    ['TLS 1.2', { maxVersion: 'TLSv1.2' }],
    ['TLS 1.3', { minVersion: 'TLSv1.3' }],
    ['both', {}],
  ] as const)(
    'sees that a client certificate is required with %s, and that the versions are accepted all the same',
    async (_name, versions) => {
      const said = await lookAt(good, { ...strong, ...versions, requestCert: true, rejectUnauthorized: true })
      expect(said).toMatchObject({ 'client-cert': 'pass', protocols: 'pass' })
    },
  )

  it('does not take a wish for a certificate for a requirement', async () => {
    expect(await lookAt(good, { ...strong, requestCert: true, rejectUnauthorized: false })).toMatchObject({
      'client-cert': 'info',
    })
  })

  it.each([
    ['hangs', hangingServer],
    ['resets', resettingServer],
  ])('could not look at a port that %s, and says no more', async (_name, serve) => {
    const said = await look(await start(serve()))
    expect(new Set(Object.values(said))).toEqual(new Set(['not-evaluated unreachable']))
  })

  it('could not look at a port where nothing listens', async () => {
    const server = await hangingServer()
    await server.close()
    expect(new Set(Object.values(await look(server.port)))).toEqual(new Set(['not-evaluated unreachable']))
  })

  it('says that a port does not speak TLS', async () => {
    expect(new Set(Object.values(await look(await start(plainServer()))))).toEqual(new Set(['not-evaluated contract']))
  })
})
