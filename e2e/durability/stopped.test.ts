import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { issue } from '../../scripts/testing/tls.ts'
import { processesOf, startDoomed } from './doomed.ts'
import type { Doomed } from './doomed.ts'

const body = JSON.stringify({ token: 'x', name: 'Owner', email: 'owner@example.com', password: 'x' })

/** Sends a request but for its last byte. */
async function halfAsked(url: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  let text = ''
  socket.on('data', (part: Buffer) => void (text += part.toString()))
  const head = `POST /api/account/setup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
  await new Promise<void>((resolve) => socket.write(head + body.slice(0, -1), () => resolve()))
  // Answered on another connection after it: the server has read it, and does not take its connection for an idle one.
  for (let i = 0; i < 2; i++) await fetch(`${url}/healthz`)
  return { socket, text: () => text, closed: new Promise<void>((resolve) => socket.on('close', () => resolve())) }
}

describe.skipIf(process.platform !== 'linux')('the server that is told to stop', () => {
  let folder: string
  let doomed: Doomed
  let certificateFile: string
  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-stopped-')))
    certificateFile = join(folder, 'c.pem')
    const { certificate, key } = issue()
    writeFileSync(certificateFile, certificate)
    writeFileSync(join(folder, 'k.pem'), key)
    doomed = await startDoomed(folder, 'stay', {
      ART32_URL: 'http://localhost',
      ART32_TLS_CERTIFICATE: certificateFile,
      ART32_TLS_KEY: join(folder, 'k.pem'),
      ART32_TLS_PORT: '0',
    })
  })
  afterEach(async () => {
    if (doomed.isAlive()) await doomed.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  it('takes nobody new, answers whom it has begun with, and leaves no process behind', async () => {
    const asked = await halfAsked(doomed.local)
    doomed.tell('SIGTERM')
    await expect
      .poll(
        () =>
          fetch(`${doomed.local}/healthz`).then(
            () => 'answered',
            () => 'refused',
          ),
        { timeout: 20_000 },
      )
      .toBe('refused')
    expect(doomed.isAlive()).toBe(true)
    asked.socket.write(body.slice(-1))
    await asked.closed
    expect(asked.text()).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(asked.text()).toMatch(/connection: close/i)
    expect(await doomed.ended).toBe(0)
    expect(processesOf(folder)).toEqual([])
  })

  it('ends at once when it is told a second time', async () => {
    const asked = await halfAsked(doomed.local)
    doomed.tell('SIGTERM')
    await expect.poll(() => doomed.complaints.join(''), { timeout: 20_000 }).toContain('is stopping')
    doomed.tell('SIGINT')
    expect(await doomed.ended).toBe(130)
    await asked.closed
    await expect.poll(() => processesOf(folder), { timeout: 20_000 }).toEqual([])
  })

  it('shows a renewed certificate on SIGHUP, and goes on', async () => {
    const until = () =>
      new Promise<string>((resolve, reject) => {
        const socket = connectTls({ port: doomed.tls ?? 0, host: '127.0.0.1', rejectUnauthorized: false }, () => {
          resolve(socket.getPeerCertificate().valid_to)
          socket.destroy()
        }).on('error', reject)
      })
    const before = await until()
    const next = issue({ notAfter: new Date(Date.now() + 86_400_000) })
    writeFileSync(certificateFile, next.certificate)
    writeFileSync(join(folder, 'k.pem'), next.key)
    expect(await until()).toBe(before)
    doomed.tell('SIGHUP')
    await expect.poll(until, { timeout: 20_000 }).not.toBe(before)
    expect((await fetch(`${doomed.local}/healthz`)).status).toBe(200)
  })
})
