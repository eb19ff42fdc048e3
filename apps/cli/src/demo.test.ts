import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { countRegister, findRegister, homeSlug, loadRegister, readConfig, startServer } from '@art32/server'
import type { Server } from '@art32/server'
import { addProvider } from './demo.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

const folder = mkdtempSync(join(tmpdir(), 'art32-test-demo-'))
const provider = 'forge-azure-provider'
let server: Server
let owner: string

beforeAll(async () => {
  const config = readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_DATABASE_URL: inject('databaseUrl') })
  server = await startServer(config, { prefix: `d${process.pid}`, passwordCost: { memoryKiB: 64, passes: 1 } })
  await server.registry.create({ name: 'This installation', slug: homeSlug, language: 'en' })
  const account = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
  owner = (await server.accounts.create(account)).id
  await server.tenants.join(homeSlug, owner, 'owner')
  await addProvider(server, provider)
})

afterAll(async () => {
  await server.stop()
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

test('whoever owns the installation owns the example', async () => {
  const role = await server.tenants.within(provider, { id: owner, factors: 'one' }, ({ caller }) =>
    Promise.resolve(caller.role),
  )
  expect(role).toBe('owner')
})

test('a second demo changes nothing', async () => {
  const size = async () => server.ledgers.settle(await server.registry.open(provider))
  const before = await size()
  await addProvider(server, provider)
  expect(await size()).toEqual(before)
  expect((await server.registry.list()).map(({ slug }) => slug).toSorted()).toEqual([provider, homeSlug])
})
