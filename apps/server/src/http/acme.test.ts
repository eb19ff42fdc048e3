import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { issue } from '../../../../scripts/testing/tls.ts'
import { startAuthority } from '../platform/acme/testing/authority.ts'
import type { TestAuthority } from '../platform/acme/testing/authority.ts'
import { openTurn } from '../platform/acme/turn.ts'

const name = 'toms.example.com'
const folder = mkdtempSync(join(tmpdir(), 'art32-acme-server-'))
const pause = { pause: 20 }
let ahead = 0
const clock = { now: () => new Date(Date.now() + ahead) }

/** Who issued the certificate that a client is shown, and which one it is. */
function shown(server: TestServer, agent: Agent | false = false, path = '/healthz') {
  return new Promise<{ issuer: string; serial: string; status: number | undefined }>((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      servername: name,
      port: server.ports.tls,
      path,
      agent,
      rejectUnauthorized: false,
    }
    const sent = request(options, (response) => {
      const { issuer, serialNumber: serial } = (response.socket as TLSSocket).getPeerCertificate()
      const found = { issuer: String(issuer.CN), serial, status: response.statusCode }
      response.resume()
      response.on('end', () => resolve(found))
    })
    sent.on('error', reject)
    sent.end()
  })
}
const settings = (directory: string, ca: string) => ({
  ART32_ACME: 'agreed',
  ART32_ACME_DIRECTORY: directory,
  ART32_ACME_CA: ca,
  ART32_URL: `https://${name}`,
  ART32_TLS_PORT: '0',
  ART32_REDIRECT_PORT: '0',
})
const redirectPort = (server: TestServer) => server.ports.redirect ?? 0

describe('an installation beside an authority', () => {
  let authority: TestAuthority
  let server: TestServer
  beforeAll(async () => {
    // The first order begins with the server: where the proof is fetched has to be known before.
    const proofPort = await freePort()
    authority = await startAuthority({ own: issue(), portOf: () => proofPort, now: clock.now })
    const ca = join(folder, 'ca.pem')
    writeFileSync(ca, authority.ca)
    const environment = { ...settings(authority.directory, ca), ART32_REDIRECT_PORT: String(proofPort) }
    server = await startTestServer(environment, { clock, acmeTimes: pause })
  })
  afterAll(async () => {
    await server.stop()
    await authority.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('serves the certificate that it got over its own port, and nothing there once it is proven', async () => {
    await server.renewCertificate()
    expect((await shown(server)).issuer).toBe('middle.example')
    expect(authority.offences).toEqual([])
    const [order] = authority.orders.values()
    const path = `/.well-known/acme-challenge/${order?.token}`
    const answer = await fetch(`http://127.0.0.1:${redirectPort(server)}${path}`, { redirect: 'manual' })
    expect(answer.status).toBe(308)
  })

  it('is the one process of its database that orders', async () => {
    const other = openTurn(server.databases.controlUrl)
    expect(await other.isOurs()).toBe(false)
    await other.end()
  })

  it('shows the renewed one to whoever comes next, and drops nobody who is there', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const old = await shown(server, agent)
    ahead = 61 * 86_400_000
    await server.renewCertificate()
    const same = await shown(server, agent)
    const next = await shown(server)
    agent.destroy()
    expect(same).toEqual(old)
    expect(next).toMatchObject({ issuer: 'middle.example', status: 200 })
    expect(next.serial).not.toBe(old.serial)
    expect(authority.accounts.size).toBe(1)
  })
})

const hasPebble = spawnSync('pebble', ['-version']).error === undefined

describe.runIf(hasPebble)('an installation beside pebble, where it is installed', () => {
  it('gets a certificate by a proof over HTTP, whatever nonces are refused', async () => {
    const work = mkdtempSync(join(tmpdir(), 'art32-pebble-'))
    const own = issue({ name: 'localhost', hosts: ['localhost'] })
    writeFileSync(join(work, 'c.pem'), own.certificate)
    writeFileSync(join(work, 'k.pem'), own.key)
    const [acmePort, dnsPort, controlPort] = [await freePort(), await freePort(), await freePort()]
    const proofPort = await freePort()
    const config = {
      listenAddress: `127.0.0.1:${acmePort}`,
      managementListenAddress: '',
      certificate: join(work, 'c.pem'),
      privateKey: join(work, 'k.pem'),
      httpPort: proofPort,
      tlsPort: 1,
      externalAccountBindingRequired: false,
    }
    writeFileSync(join(work, 'config.json'), JSON.stringify({ pebble: config }))
    const names = spawn('pebble-challtestsrv', [
      '-defaultIPv6',
      '',
      '-defaultIPv4',
      '127.0.0.1',
      '-dns01',
      `127.0.0.1:${dnsPort}`,
      '-management',
      `127.0.0.1:${controlPort}`,
      '-http01',
      '',
      '-https01',
      '',
      '-tlsalpn01',
      '',
    ])
    const pebble = spawn(
      'pebble',
      ['-config', join(work, 'config.json'), '-dnsserver', `127.0.0.1:${dnsPort}`, '-strict'],
      { env: { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '30' } },
    )
    try {
      await listens(acmePort)
      const environment = settings(`https://localhost:${acmePort}/dir`, join(work, 'c.pem'))
      const server = await startTestServer(
        { ...environment, ART32_REDIRECT_PORT: String(proofPort) },
        { acmeTimes: pause },
      )
      try {
        await server.renewCertificate()
        expect((await shown(server)).issuer).toMatch(/^Pebble Intermediate/)
      } finally {
        await server.stop()
      }
    } finally {
      pebble.kill()
      names.kill()
      rmSync(work, { recursive: true, force: true })
    }
  })
})

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Until somebody listens there. */
async function listens(port: number): Promise<void> {
  const { connect } = await import('node:net')
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
