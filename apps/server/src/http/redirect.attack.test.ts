import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { issue } from '../../../../scripts/testing/tls.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-redirect-'))
const certificate = issue()
let server: TestServer

beforeAll(async () => {
  writeFileSync(join(folder, 'c.pem'), certificate.certificate)
  writeFileSync(join(folder, 'k.pem'), certificate.key)
  server = await startTestServer({
    ART32_URL: 'https://toms.example.com',
    ART32_TLS_CERTIFICATE: join(folder, 'c.pem'),
    ART32_TLS_KEY: join(folder, 'k.pem'),
    ART32_TLS_PORT: '0',
    ART32_REDIRECT_PORT: '0',
  })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function raw(line: string, host: string): Promise<string> {
  const socket = connect(server.ports.redirect ?? 0, '127.0.0.1')
  let text = ''
  socket.on('data', (part: Buffer) => void (text += part.toString()))
  socket.on('error', () => undefined)
  socket.write(`${line}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  await new Promise<void>((resolve) => socket.on('close', () => resolve()))
  return text
}
const leadsTo = (text: string) => /^location: (.*)$/im.exec(text)?.[1]?.trim()
const statusAndPlace = (text: string) => [/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1], leadsTo(text)]

it('leads a person to the same page with TLS, whatever the request says of hosts', async () => {
  for (const host of ['toms.example.com', 'evil.example', '127.0.0.1', 'toms.example.com.evil.example'])
    expect(leadsTo(await raw('GET /trust/alpha?language=de HTTP/1.1', host))).toBe(
      'https://toms.example.com/trust/alpha?language=de',
    )
  expect(leadsTo(await raw('GET //evil.example/x HTTP/1.1', 'toms.example.com'))).toBe(
    'https://toms.example.com//evil.example/x',
  )
  expect(leadsTo(await raw('GET http://evil.example/x HTTP/1.1', 'evil.example'))).toBe('https://toms.example.com/')
})

it('leads nobody who names two hosts, or something that is none', async () => {
  for (const host of ['x@evil.example', 'toms.example.com\r\nHost: evil.example', ''])
    expect(statusAndPlace(await raw('GET /trust/alpha HTTP/1.1', host))).toEqual(['400', undefined])
  const divided = await raw('GET http://evil.example/x HTTP/1.1', 'toms.example.com')
  expect(statusAndPlace(divided)).toEqual(['400', undefined])
})

it('leads no program and no form, which have sent what they had in the clear', async () => {
  for (const line of [
    'POST /sign-in HTTP/1.1',
    'GET /api/account/whoami HTTP/1.1',
    'DELETE /scim/v2/Users/1 HTTP/1.1',
    'OPTIONS * HTTP/1.1',
  ]) {
    const text = await raw(line, 'toms.example.com')
    expect(text).toContain('403 Forbidden')
    expect(leadsTo(text)).toBeUndefined()
  }
})

it('insists on TLS for a year, where TLS is spoken', async () => {
  const header = await new Promise<string | undefined>((resolve, reject) => {
    const options = { host: 'localhost', port: server.ports.tls, path: '/healthz', ca: certificate.certificate }
    request({ ...options, agent: false }, (response) => {
      response.resume()
      resolve(response.headers['strict-transport-security'])
    })
      .on('error', reject)
      .end()
  })
  expect(header).toContain('max-age=31536000')
  expect(await raw('GET / HTTP/1.1', 'toms.example.com')).not.toMatch(/strict-transport-security/i)
})
