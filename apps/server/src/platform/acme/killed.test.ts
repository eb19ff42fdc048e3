import { spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { issue } from '../../../../../scripts/testing/tls.ts'
import { startAuthority } from './testing/authority.ts'
import type { TestAuthority } from './testing/authority.ts'

const program = fileURLToPath(new URL('order.process.ts', import.meta.url))
let authority: TestAuthority
let port: number
let folder: string
beforeAll(async () => {
  port = await freePort()
  authority = await startAuthority({ own: issue(), portOf: () => port })
})
afterAll(async () => await authority.stop())
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: found } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return found
}

const start = () => {
  const given = [program, join(folder, 'tls'), authority.directory, join(folder, 'ca.pem'), String(port)]
  return spawn(process.execPath, given, { stdio: 'inherit' })
}

it.each(['/new-account', '/new-order', '/finalize'])(
  'killed while it waits at %s goes on at the next start, by the same account',
  async (path) => {
    folder = mkdtempSync(join(tmpdir(), 'art32-killed-'))
    writeFileSync(join(folder, 'ca.pem'), authority.ca)
    const accounts = authority.accounts.size
    const orders = authority.orders.size
    let child = start()
    let struck = false
    // The authority does what it is asked for; its answer finds nobody any more.
    authority.whims.answer = (asked, response) => {
      if (!asked.startsWith(path) || struck) return false
      struck = true
      response.end = () => response
      child.kill('SIGKILL')
      return false
    }
    await once(child, 'exit')
    expect(struck).toBe(true)
    child = start()
    expect(await once(child, 'exit')).toEqual([0, null])
    const served = new X509Certificate(readFileSync(join(folder, 'tls', 'served.pem')))
    expect(served.checkHost('toms.example.com')).toBe('toms.example.com')
    expect(authority.accounts.size).toBe(accounts + 1)
    // Only an order whose address never came back is begun again.
    expect(authority.orders.size - orders).toBe(path === '/new-order' ? 2 : 1)
    expect(authority.offences).toEqual([])
  },
)
