import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import { setUp, signIn } from '../durability/client.ts'
import type { Caller } from '../durability/client.ts'
import { orphansOf, processesOf, startDoomed } from '../durability/doomed.ts'
import { recompute } from '../durability/ledger.ts'
import { owner } from './caller.ts'
import { rounds, tried } from './tried.ts'

const cuts = rounds(1, 10)
const wanted = rounds(30, 100)
const atOnce = 8

const home = realpathSync(mkdtempSync(join(tmpdir(), 'art32-power-')))
const [image, copy, disk] = [join(home, 'image'), join(home, 'copy'), join(home, 'disk')]
const run = (command: string, ...args: readonly string[]) => spawnSync(command, args).status === 0
mkdirSync(disk)
// PostgreSQL has an account of its own where this runs as root, and has to get to its folder on that disk.
chmodSync(home, 0o711)

/** A disk of its own, in a file. Only root may have one, and not in every container. */
const isPossible =
  process.platform === 'linux' &&
  run('truncate', '--size', '600M', image) &&
  run('mkfs.ext4', '-q', '-F', image) &&
  run('mount', '-o', 'loop', image, disk)

describe.skipIf(!isPossible)('a power cut', () => {
  const folder = join(disk, 'data')
  afterAll(async () => {
    await orphansOf(folder)
    spawnSync('umount', ['-l', disk])
    rmSync(home, { recursive: true, force: true })
  })

  it('loses nothing that was acknowledged', { timeout: 2_400_000 }, async (context) => {
    const kept: string[] = []
    for (let n = 0; n < cuts; n++) {
      const doomed = await startDoomed(folder)
      if (doomed.token !== null) await setUp(doomed.url, doomed.token, owner)
      await work(await signIn(doomed.url, owner), kept, () => {
        // All at once, as the power does; what the file system holds in memory is not in the file yet, and never will be.
        for (const { pid } of processesOf(folder)) process.kill(pid, 'SIGSTOP')
        expect(run('cp', '--sparse=always', image, copy)).toBe(true)
        for (const { pid } of processesOf(folder)) process.kill(pid, 'SIGKILL')
      })
      await doomed.kill()
      expect(await orphansOf(folder)).toEqual([])
      expect(run('umount', disk)).toBe(true)
      renameSync(copy, image)
      expect(run('mount', '-o', 'loop', image, disk)).toBe(true)
      const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }))
      try {
        const { leaves, faults } = await recompute(server, 'alpha')
        expect(faults).toEqual([])
        const created = new Set(leaves.filter(({ type }) => type === 'connection.created').map(({ subj }) => subj.id))
        expect(kept.filter((id) => !created.has(id))).toEqual([])
      } finally {
        await server.stop()
      }
    }
    console.log(`${cuts} power cuts, ${kept.length} acknowledged changes`)
    expect(kept.length).toBeGreaterThan(wanted)
    tried(context, cuts)
  })

  /** Changes without a pause, and cuts in their middle. */
  async function work(caller: Caller, kept: string[], cut: () => void): Promise<void> {
    const enough = kept.length + wanted + Math.floor(Math.random() * 50)
    let over = false
    const worker = async () => {
      while (!over) {
        const target = `dns:n${Math.random().toString(36).slice(2)}.example`
        const answer = await caller
          .post<{ connections: string[] }>('/api/tenants/alpha/connection/add', { target })
          .catch(() => null)
        if (answer === null || over) return
        kept.push(...answer.connections)
        if (kept.length >= enough) {
          over = true
          cut()
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
  }
})
