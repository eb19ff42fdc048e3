import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { readConfig, startServer } from '@art32/server'
import type { Server } from '@art32/server'
import { runHere } from './testing/terminal.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-transfer-'))
const environment = { XDG_CONFIG_HOME: home }
const cli = (args: string[], typed = '') => runHere(args, { environment, typed })
const file = join(home, 'alpha.zip')
const password = 'correct horse battery staple'
let server: Server

beforeAll(async () => {
  const config = readConfig({
    ART32_DATA: join(home, 'data'),
    ART32_PORT: '0',
    ART32_LOG: 'error',
    ART32_DATABASE_URL: inject('databaseUrl'),
  })
  server = await startServer(config, {
    prefix: `c${process.pid}x${Date.now().toString(36)}`,
    passwordCost: { memoryKiB: 64, passes: 1 },
  })
  const { id } = await server.accounts.create({ name: 'Owner', email: 'owner@example.com', password })
  for (const slug of ['this-installation', 'alpha']) {
    await server.registry.create({ name: slug, slug, language: 'en' })
    await server.tenants.join(slug, id, 'owner')
  }
  await cli(['sign-in', '--url', server.url, '--email', 'owner@example.com'], `${password}\n`)
})
afterAll(async () => {
  await server.stop()
  rmSync(home, { recursive: true, force: true })
})

it('keeps a whole tenant in a file that only its user reads, and makes a tenant of it', async () => {
  const kept = await cli(['tenant', 'export', 'alpha', file])
  expect([kept.exit, kept.err]).toEqual([0, ''])
  expect(kept.out).toContain(`${file}: ${statSync(file).size} bytes`)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const made = await cli(['tenant', 'import', file, '--slug', 'beta'])
  expect([made.exit, made.err]).toEqual([0, ''])
  expect(made.out).toContain('The tenant beta was imported')
})

it('says what the server refuses and leaves no file of it', async () => {
  const missing = join(home, 'missing.zip')
  const refused = await cli(['tenant', 'export', 'nobody', missing])
  expect([refused.exit, refused.err]).toEqual([1, 'art32: This tenant does not exist.\n'])
  expect([existsSync(missing), existsSync(`${missing}.part`)]).toEqual([false, false])
  writeFileSync(missing, 'hello')
  const bad = await cli(['tenant', 'import', missing])
  expect([bad.exit, bad.err]).toEqual([1, expect.stringContaining('it is no ZIP file')])
  expect((await cli(['tenant', 'import', join(home, 'nothing.zip')])).exit).toBe(2)
})

it('changes both keys, and says when it may not', async () => {
  expect(await cli(['keys', 'rotate-tenant', 'alpha'])).toEqual({
    exit: 0,
    out: 'The key was changed: 0 values lie under the new one.\n',
    err: '',
  })
  expect((await cli(['keys', 'rotate-master'])).out).toMatch(/The key was changed: \d+ values/)
  expect((await cli(['keys', 'rotate-tenant', 'nobody'])).err).toBe('art32: This tenant does not exist.\n')
})
