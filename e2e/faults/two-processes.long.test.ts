import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import { setUp, signIn } from '../durability/client.ts'
import type { Caller } from '../durability/client.ts'
import { orphansOf, startDoomed } from '../durability/doomed.ts'
import type { Doomed } from '../durability/doomed.ts'
import { recompute } from '../durability/ledger.ts'
import { owner } from './caller.ts'
import { rounds, tried } from './tried.ts'

const acknowledgements = rounds(100, 10_000)
const starts = rounds(2, 20)
const atOnce = 8

describe.skipIf(process.platform !== 'linux')('a second server on one data folder', () => {
  let folder: string
  let first: Doomed | undefined
  let caller: Caller
  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-two-')))
    first = await startDoomed(folder)
    await setUp(first.url, first.token ?? '', owner)
    caller = await signIn(first.url, owner)
  }, 180_000)
  afterAll(async () => {
    await first?.kill()
    await orphansOf(folder)
    rmSync(folder, { recursive: true, force: true })
  })

  it('refuses and names the first, which loses nothing meanwhile', { timeout: 1_800_000 }, async (context) => {
    const kept: string[] = []
    const work = async () => {
      while (kept.length < acknowledgements) {
        const target = `dns:n${kept.length}x${Math.random()}.example`
        kept.push(
          ...(await caller.post<{ connections: string[] }>('/api/tenants/alpha/connection/add', { target }))
            .connections,
        )
      }
    }
    const working = Promise.all(Array.from({ length: atOnce }, work))
    for (let n = 0; n < starts; n++) {
      // In a process of its own, as somebody would start it.
      const second = await startDoomed(folder).catch((error: unknown) => String(error))
      expect(second).toContain(`process ${first?.pid}`)
    }
    await working
    await first?.kill()
    expect(await orphansOf(folder)).toEqual([])
    const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }))
    try {
      const { leaves, faults } = await recompute(server, 'alpha')
      expect(faults).toEqual([])
      const created = leaves.filter(({ type }) => type === 'connection.created').map(({ subj }) => subj.id)
      expect(created.toSorted()).toEqual(kept.toSorted())
    } finally {
      await server.stop()
    }
    tried(context, starts + kept.length)
  })
})
