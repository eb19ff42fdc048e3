import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import type { Server } from '../../apps/server/src/main.ts'
import { connectExternal } from '../../apps/server/src/platform/index.ts'
import {
  cloneControl,
  dropInstallation,
  templatePrefix,
} from '../../apps/server/src/platform/postgres/testing/control.ts'

const program = fileURLToPath(new URL('../../scripts/testing/moving.process.ts', import.meta.url))

describe('a server that is killed while it moves a tenant', () => {
  const folder = mkdtempSync(join(tmpdir(), 'art32-killed-move-'))
  const prefix = `k${process.pid}m${Date.now().toString(36)}`
  const environment = {
    ART32_DATA: join(folder, 'data'),
    ART32_PORT: '0',
    ART32_LOG: 'error',
    ART32_MASTER_KEY: randomBytes(32).toString('base64'),
    ART32_DATABASE_SERVERS: `east=${inject('otherDatabaseUrl')}`,
  }
  const start = async (): Promise<Server> =>
    await startServer(readConfig(environment), {
      postgres: await connectExternal(inject('databaseUrl')),
      prefix,
      templatePrefix,
      passwordCost: { memoryKiB: 64, passes: 1 },
    })
  /** Appends something to the tenant's ledger, and says how many leaves that has. */
  const work = async (server: Server): Promise<number> => {
    await server.tenants.asSystem('alpha', async ({ append, tenant }) => {
      await append({
        type: 'tenant.changed',
        about: { kind: 'tenant', id: tenant.id },
        content: { after: { name: 'A' } },
      })
    })
    return (await server.ledgers.settle(await server.registry.open('alpha'))).size
  }
  let leaves = 0
  beforeAll(async () => {
    await cloneControl(await connectExternal(inject('databaseUrl')), prefix)
    const server = await start()
    await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    leaves = await work(server)
    await server.stop()
  })
  afterAll(async () => {
    await dropInstallation(await connectExternal(inject('databaseUrl')), prefix)
    rmSync(folder, { recursive: true, force: true })
  })

  it.each([
    ['noted', 'first'],
    ['made', 'first'],
    ['held', 'first'],
    ['filled', 'first'],
    ['compared', 'first'],
    ['adopted', 'first'],
    ['switched', 'east'],
    ['removed', 'first'],
    ['settled', 'east'],
  ] as const)('at "%s" finds it whole on %s alone, and works on there', async (step, where) => {
    const target = step === 'removed' ? 'first' : 'east'
    const child = spawn(process.execPath, [program, step, target], {
      env: {
        ...process.env,
        ...environment,
        TEST_DATABASE: inject('databaseUrl'),
        TEST_PREFIX: prefix,
        TEST_TEMPLATE: templatePrefix,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
    expect(signal).toBe('SIGKILL')
    const server = await start()
    try {
      const { tenant } = await server.registry.open('alpha')
      const { server: lies, database } = await server.registry.placeOf(tenant.id)
      expect(lies).toBe(where)
      const other = where === 'first' ? 'east' : 'first'
      expect([
        await server.databases.on(where).has(database),
        await server.databases.on(other).has(database),
        await server.moves.list(),
      ]).toEqual([true, false, []])
      // Nothing is lost, nothing is doubled, and it can be changed.
      expect(await work(server)).toBe(leaves + 1)
      leaves++
    } finally {
      await server.stop()
    }
  })
})
