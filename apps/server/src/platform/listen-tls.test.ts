import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import type { RequestOptions } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { issue } from '../../../../scripts/testing/tls.ts'
import { listenTls } from './listen-tls.ts'
import type { TlsListeners } from './listen-tls.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-renew-'))
const certificateFile = join(folder, 'certificate.pem')
const keyFile = join(folder, 'key.pem')
const authority = issue({ name: 'authority.example', authority: true })
const soon = new Date(Math.floor(Date.now() / 1000) * 1000 + 86_400_000)
const first = issue({ issuer: authority, notAfter: soon })
const second = issue({ issuer: authority })
/** Of another key, so that it fits neither of the others. */
const other = issue({ issuer: authority, rsaBits: 3072 })

let tls: TlsListeners
const keep = (certificate: string, key: string) => {
  writeFileSync(certificateFile, certificate)
  writeFileSync(keyFile, key)
}
const open = async (minVersion: 'TLSv1.2' | 'TLSv1.3' = 'TLSv1.2') => {
  tls = await listenTls(
    { certificateFile, keyFile, port: 0, minVersion, redirectPort: null, clientPort: 0, clientAuthorityFile: null },
    '127.0.0.1',
  )
  for (const one of tls.listeners) one.answer((_, response) => void response.end('ok'))
}
beforeEach(() => keep(first.certificate, first.key))
afterEach(async () => void (await Promise.all(tls.listeners.map((one) => one.close()))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Until when the certificate is valid that is shown, and by which version of TLS. */
function shown(port: number | undefined, more: RequestOptions = {}) {
  return new Promise<{ until: string; version: string | null }>((resolve, reject) => {
    const sent = request({ host: 'localhost', port, ca: authority.certificate, agent: false, ...more }, (response) => {
      const socket = response.socket as TLSSocket
      const found = { until: socket.getPeerCertificate().valid_to, version: socket.getProtocol() }
      response.resume()
      response.on('end', () => resolve(found))
    })
    sent.on('error', reject)
    sent.end()
  })
}
const ports = () => tls.listeners.map(({ port }) => port)
const untils = async () => await Promise.all(ports().map(async (port) => Date.parse((await shown(port)).until)))

it('shows a renewed certificate on all its ports to whoever comes next, and goes on with whoever is there', async () => {
  await open()
  expect(await untils()).toEqual([soon.getTime(), soon.getTime()])
  expect(tls.validUntil()).toEqual(soon)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  await shown(ports()[0], { agent })
  expect(tls.renew()).toBe(false)
  keep(second.certificate, second.key)
  expect(tls.renew()).toBe(true)
  expect(Date.parse((await shown(ports()[0], { agent })).until)).toBe(soon.getTime())
  agent.destroy()
  const [until = 0, same] = await untils()
  expect(until).toBeGreaterThan(soon.getTime())
  expect(same).toBe(until)
  expect(tls.validUntil().getTime()).toBe(until)
})

it('keeps the certificate that it has while the files do not fit together, are empty or away', async () => {
  await open()
  for (const [certificate, key] of [
    [other.certificate, first.key],
    [first.certificate, other.key],
    ['', first.key],
    [first.certificate, 'x'],
  ] as const) {
    keep(certificate, key)
    expect(() => tls.renew()).toThrow('no certificates and key')
  }
  rmSync(keyFile)
  expect(() => tls.renew()).toThrow('ART32_TLS_KEY')
  expect(await untils()).toEqual([soon.getTime(), soon.getTime()])
  keep(other.certificate, other.key)
  expect(tls.renew()).toBe(true)
})

it('speaks nothing older than it is told, also after a renewal', async () => {
  await open('TLSv1.3')
  const old = { maxVersion: 'TLSv1.2' } as const
  const refused = async () => {
    for (const port of ports()) await expect(shown(port, old)).rejects.toThrow(/protocol version/)
  }
  await refused()
  keep(second.certificate, second.key)
  expect(tls.renew()).toBe(true)
  await refused()
  expect((await shown(ports()[0])).version).toBe('TLSv1.3')
})
