import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { countRegister, findRegister, homeSlug, loadRegister, readConfig, startServer } from '@art32/server'
import type { Server } from '@art32/server'
import { addProvider, demoOptions, openDemoClock } from './demo.ts'
import type { DemoConnection, Vendors } from './demo-vendors.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

const folder = mkdtempSync(join(tmpdir(), 'art32-demo-test-'))
const provider = 'hosted-provider'
const clock = openDemoClock()
const loadTest = {
  metrics: {
    http_reqs: { values: { count: 120_000, rate: 400 } },
    http_req_failed: { values: { rate: 0 } },
    http_req_duration: { values: { 'p(95)': 180 } },
  },
}
const page = createServer((_request, response) => response.end('hello'))

/** A repository with one commit and a lockfile. */
function makeRepository(): string {
  const repository = join(folder, 'repository')
  mkdirSync(repository)
  for (const file of ['package.json', 'package-lock.json']) writeFileSync(join(repository, file), '{}\n')
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, stdio: 'pipe' })
  git('init', '--quiet')
  git('add', '--all')
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message=First')
  return repository
}

let vendors: Vendors
let server: Server
let owner: string

beforeAll(async () => {
  const path = join(folder, 'k6.json')
  writeFileSync(path, JSON.stringify(loadTest))
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve))
  const { port } = page.address() as AddressInfo
  const connections: readonly DemoConnection[] = [
    { connector: 'git', name: 'Repository', settings: { repository: makeRepository() } },
    { connector: 'load', name: 'Load test', settings: { path }, pausedSince: 200 },
    { connector: 'http', name: 'Allowed', settings: { url: `http://127.0.0.1:${port}/` } },
    { connector: 'http', name: 'Not allowed', settings: { url: `http://[::ffff:127.0.0.1]:${port}/` } },
  ]
  const config = readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_DATABASE_URL: inject('databaseUrl') })
  vendors = {
    address: '127.0.0.1',
    connections: { [provider]: connections },
    computers: () => [],
    close: () => Promise.resolve(),
  }
  server = await startServer(config, {
    ...demoOptions(vendors, clock),
    prefix: `d${process.pid}`,
    passwordCost: { memoryKiB: 64, passes: 1 },
  })
  await server.registry.create({ name: 'This installation', slug: homeSlug, language: 'en' })
  const account = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
  owner = (await server.accounts.create(account)).id
  await server.tenants.join(homeSlug, owner, 'owner')
  await addProvider(server, provider, vendors, clock)
})

afterAll(async () => {
  await server.stop()
  page.close()
  rmSync(folder, { recursive: true, force: true })
})

test('an example provider gets a full register, in which what its repository shows is judged', async () => {
  const { counts, judged } = await server.tenants.asSystem(provider, async (tx) => {
    const document = await findRegister(tx)
    const { rows } = await tx.sql.query<{ check_id: string }>('select check_id from outcome')
    return {
      counts: document && countRegister(await loadRegister(tx, document)),
      judged: rows.map((row) => row.check_id),
    }
  })
  expect(counts?.lines).toBeGreaterThan(70)
  expect(judged).toEqual(expect.arrayContaining(['deps.lockfile', 'secrets.in-repo']))
})

test('what was looked at long ago has lapsed, and stays so while the connection is paused', async () => {
  const lines = await server.tenants.asSystem(provider, async (tx) => {
    const document = await findRegister(tx)
    return document === undefined ? [] : (await loadRegister(tx, document)).lines
  })
  const tested = lines.find(({ statement }) => statement.text.startsWith('Load tests are run'))
  expect(tested?.measure?.assessed.assurance).toBe('lapsed')
})

test('an example sees the one address of the machine that the demo names, and no other', async () => {
  const seen = await server.tenants.asSystem(provider, async ({ sql }) => {
    const { rows } = await sql.query<{ name: string; read: string; why: string | null }>(
      `select s.name, r.read, r.why from reading r join connection c on c.id = r.connection_id join system s on s.id = c.system_id
        where c.connector = 'http' order by s.name`,
    )
    return rows
  })
  expect(seen).toEqual([
    { name: 'Allowed', read: 'ok', why: null },
    { name: 'Not allowed', read: 'no', why: 'not-configured' },
  ])
})

test('whoever owns the installation owns the example', async () => {
  const role = await server.tenants.within(provider, { id: owner, factors: 'one' }, ({ caller }) =>
    Promise.resolve(caller.role),
  )
  expect(role).toBe('owner')
})

test('a second demo changes nothing', async () => {
  const size = async () => server.ledgers.settle(await server.registry.open(provider))
  const before = await size()
  await addProvider(server, provider, vendors, clock)
  expect(await size()).toEqual(before)
  expect((await server.registry.list()).map(({ slug }) => slug).toSorted()).toEqual([provider, homeSlug])
})
