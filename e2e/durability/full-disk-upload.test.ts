import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { setUp, signIn } from './client.ts'
import { orphansOf, startDoomed } from './doomed.ts'
import { expectNothingHalf, newPdf, upload } from './uploads.ts'
import type { Kept } from './uploads.ts'

const owner = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-full-disk-')))
const mount = (...args: readonly string[]) => spawnSync('mount', [...args, 'tmpfs', folder]).status === 0

/** Only root may mount a disk of its own, and not in every container. */
const isMounted = mount('-t', 'tmpfs', '-o', 'size=300m')

describe.skipIf(!isMounted)('the server on a disk that fills up while files arrive', () => {
  afterAll(async () => {
    await orphansOf(folder)
    spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })

  it('says so, keeps what it took, and takes files again once there is room', async () => {
    const kept: Kept[] = []
    const doomed = await startDoomed(folder)
    await setUp(doomed.url, doomed.token ?? '', owner)
    const caller = await signIn(doomed.url, owner)
    const refusal = await fill(kept, () => upload(caller, newPdf(8)))
    expect(refusal).toMatch(/507.*postgres\.disk_full/)
    expect(kept.length).toBeGreaterThan(3)
    expect(mount('-o', 'remount,size=900m')).toBe(true)
    await expect
      .poll(
        () =>
          upload(caller, newPdf(1)).then(
            (one) => kept.push(one),
            () => 0,
          ),
        { timeout: 20_000 },
      )
      .toBeGreaterThan(0)
    await doomed.kill()
    expect(await orphansOf(folder)).toEqual([])
    await expectNothingHalf(folder, kept)
  })
})

/** Goes on until something is refused. @returns with what */
async function fill(kept: Kept[], next: () => Promise<Kept>): Promise<string> {
  for (let count = 0; count < 60; count++) {
    try {
      kept.push(await next())
    } catch (error) {
      return String(error)
    }
  }
  return 'nothing'
}
