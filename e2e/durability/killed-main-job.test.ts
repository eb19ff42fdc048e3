import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orphansOf, startDoomed } from './doomed.ts'
import { recompute } from './ledger.ts'
import { homeSlug, makeHome, readConfig, startServer } from '../../apps/server/src/main.ts'
import type { Server } from '../../apps/server/src/main.ts'

/** Where it is killed; at more places in a long run, as `ART32_KILL_ROUNDS` asks for. */
const steps = process.env['ART32_KILL_ROUNDS'] === undefined ? ['read', 'prove'] : ['tenant', 'read', 'prove', 'prove']

describe.skipIf(process.platform !== 'linux')('the main job when it is killed in the middle', () => {
  let folder: string
  let server: Server

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-main-job-')))
    for (const step of steps) {
      const doomed = await startDoomed(folder, 'home')
      await doomed.reached(step)
      await sleep(Math.random() * 150)
      await doomed.kill()
    }
    server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }))
  }, 120_000)
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const count = async (query: string) =>
    await server.tenants.asSystem(homeSlug, async ({ sql }) => (await sql.query(query)).rows.length)

  it('leaves no run that claims to be running', async () => {
    // One that was only queued before the kill may be worked off just now.
    await expect.poll(() => count(`select id from run where state = 'running'`), { timeout: 20_000 }).toBe(0)
  })

  it('is finished by the next start, with everything there once', async () => {
    expect((await server.registry.list()).map(({ slug }) => slug)).toEqual([homeSlug])
    expect(await makeHome(server, () => undefined)).toBe(true)
    expect(await count(`select id from document where state = 'register'`)).toBe(1)
    expect(await count('select id from document')).toBe(1)
    expect(await count(`select id from edition where state = 'draft'`)).toBe(1)
    expect(await count(`select id from run where state = 'done'`)).toBeGreaterThan(0)
    expect(await count('select connector, target from connection group by connector, target having count(*) > 1')).toBe(
      0,
    )
  })

  it('is not done again by the start after that', async () => {
    const said: string[] = []
    expect(await makeHome(server, (step) => said.push(step))).toBe(false)
    expect(said).toEqual([])
  })

  it('leaves a ledger that holds', async () => {
    await server.ledgers.settle(await server.registry.open(homeSlug))
    const { faults, leaves } = await recompute(server, homeSlug)
    expect(faults).toEqual([])
    expect(leaves.filter(({ type }) => type === 'edition.drafted')).toHaveLength(1)
  })

  it('leaves no process when the server is stopped', async () => {
    await server.stop()
    expect(await orphansOf(folder)).toEqual([])
  })
})
