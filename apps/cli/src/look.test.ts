import { checkOf } from '@art32/probes'
import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readConfig, startServer } from '@art32/server'
import type { Server } from '@art32/server'
import { runHere } from './testing/terminal.ts'

/** Of the check that these tests look through. */
const version = checkOf('http.headers')?.version ?? 0

const home = 'this-installation'
const folder = mkdtempSync(join(tmpdir(), 'art32-look-'))
const environment = { XDG_CONFIG_HOME: folder }
const password = 'correct horse battery staple'
let server: Server
let site: HttpServer
let isSilent = false

const cli = (args: readonly string[], typed = '') => runHere(args, { environment, typed })
const look = (...args: string[]) => cli(['look', '--tenant', home, ...args])
const call = async <T>(operation: string, input: object = {}) => {
  const { out, err } = await cli(['call', operation, '--tenant', home, '--input', JSON.stringify(input)])
  expect(err).toBe('')
  return JSON.parse(out) as T
}

beforeAll(async () => {
  const config = readConfig({
    ART32_DATA: join(folder, 'data'),
    ART32_PORT: '0',
    ART32_LOG: 'error',
    ART32_DATABASE_URL: inject('databaseUrl'),
  })
  server = await startServer(config, {
    prefix: `l${process.pid}x${Date.now().toString(36)}`,
    passwordCost: { memoryKiB: 64, passes: 1 },
  })
  const { id } = await server.accounts.create({ name: 'Owner', email: 'owner@example.com', password })
  await server.registry.create({ name: home, slug: home, language: 'en' })
  await server.tenants.join(home, id, 'owner')
  await cli(['sign-in', '--url', server.url, '--email', 'owner@example.com'], `${password}\n`)
  site = createServer((_, response) => {
    if (!isSilent) response.writeHead(200).end('<!doctype html><title>x</title>')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  await call('connection.add', {
    target: `http://localhost:${(site.address() as AddressInfo).port}/`,
    name: 'Site',
  })
})
afterAll(async () => {
  site?.close()
  site?.closeAllConnections()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('art32 look', () => {
  it('follows a run to its end, and its exit says whether something failed', async () => {
    const { exit, out, err } = await look()
    expect([exit, err]).toEqual([1, ''])
    expect(out).toMatch(/^Run [0-9a-f-]{36}\n(?:\d of 1.*\n)*1 of 1\n.*\d+ fail/)
  })

  it('cancels a run from elsewhere, and goes on with it', async () => {
    isSilent = true
    const following = look()
    let runId = ''
    await expect
      .poll(
        async () => {
          const { runs } = await call<{ runs: { runId: string; state: string }[] }>('run.list')
          runId = runs[0]?.runId ?? ''
          return runs[0]?.state
        },
        { timeout: 8_000 },
      )
      .toBe('running')
    const cancelled = await look('--cancel', runId)
    expect([cancelled.exit, cancelled.err]).toEqual([0, ''])
    const followed = await following
    expect([followed.exit, followed.err]).toEqual([2, expect.stringContaining(`art32 look --resume ${runId}`)])
    isSilent = false
    expect((await look('--resume', runId)).exit).toBe(1)
    const again = await look('--resume', runId)
    expect([again.exit, again.err]).toEqual([1, expect.stringContaining('looked at everything')])
  })

  it('takes one wish at a time, and a tenant', async () => {
    expect((await look('--cancel', 'x', '--resume', 'y')).exit).toBe(2)
    expect((await cli(['look'])).exit).toBe(2)
  })
})

describe('art32 rejudge', () => {
  const rejudge = () => cli(['rejudge', '--tenant', home, '--wait', '8'])

  it('says that there is nothing to do, or waits until it is done', async () => {
    expect(await rejudge()).toMatchObject({ exit: 0, out: 'Everything was judged by the checks of this release.\n' })
    await server.tenants.asSystem(home, ({ sql }) =>
      sql.query(`update outcome set check_version = 0 where check_id = 'http.headers'`),
    )
    const { exit, out } = await rejudge()
    expect([exit, out]).toEqual([0, `http.headers version ${version}: 1 connection\nJudged again: 1 connection.\n`])
  })
})

describe('art32 recompute', () => {
  const file = join(folder, 'kept.json')
  const kept = async () => {
    const { outcomes } = await call<{ outcomes: { id: string }[] }>('outcome.list', { checkId: 'http.headers' })
    const input = JSON.stringify({ outcomeId: outcomes[0]?.id })
    const { out } = await cli(['call', 'outcome.facts', '--tenant', home, '--input', input])
    writeFileSync(file, out)
  }

  it('computes without a server what a server kept', async () => {
    await kept()
    const { exit, out, err } = await runHere(['recompute', file])
    expect([exit, err]).toEqual([0, `The same verdict by http.headers version ${version}: fail.\n`])
    expect(out).toMatch(/^fail /)
    const json = await runHere(['recompute', file, '--json'])
    expect((JSON.parse(json.out) as { check: string }[])[0]?.check).toBe('http.headers')
  })

  it('says when it comes out otherwise, and when it cannot be computed here', async () => {
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('"state": "fail"', '"state": "pass"'))
    expect((await runHere(['recompute', file])).exit).toBe(1)
    writeFileSync(file, text.replace(`"version": ${version}`, '"version": 9'))
    const other = await runHere(['recompute', file])
    expect([other.exit, other.err]).toEqual([2, expect.stringContaining(`this release has version ${version}`)])
    writeFileSync(file, '{"check": "\u001b[31m"}')
    const wrong = await runHere(['recompute', file])
    expect([wrong.exit, wrong.err]).toEqual([2, 'art32: This is not what "art32 call outcome.facts" prints.\n'])
    expect((await runHere(['recompute', join(folder, 'none.json')])).exit).toBe(2)
  })
})
