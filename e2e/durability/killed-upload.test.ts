import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setUp, signIn } from './client.ts'
import { orphansOf, startDoomed } from './doomed.ts'
import { expectNothingHalf, newPdf, upload } from './uploads.ts'
import type { Kept } from './uploads.ts'

/** More rounds for a long run: `ART32_KILL_ROUNDS=50 npm test -- e2e/durability`. */
const rounds = Number(process.env['ART32_KILL_ROUNDS'] ?? 1)

const owner = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }

describe.skipIf(process.platform !== 'linux')('the server when it is killed while files arrive', () => {
  let folder: string
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-killed-upload-')))
  })
  afterAll(async () => {
    await orphansOf(folder)
    rmSync(folder, { recursive: true, force: true })
  })

  it(
    'keeps what it said it keeps, and of anything else all or nothing',
    async () => {
      const kept: Kept[] = []
      for (let round = 0; round < rounds; round++) {
        const doomed = await startDoomed(folder)
        if (doomed.token !== null) await setUp(doomed.url, doomed.token, owner)
        const caller = await signIn(doomed.url, owner)
        const before = kept.length
        const working = [1, 2, 3].map(async () => {
          while (doomed.isAlive())
            await upload(caller, newPdf(2)).then(
              (one) => kept.push(one),
              () => sleep(5),
            )
        })
        for (const deadline = Date.now() + 10_000; kept.length < before + 3 && Date.now() < deadline;) await sleep(5)
        // Some are on their way, some are being written.
        await sleep(Math.random() * 60)
        await doomed.kill()
        await Promise.all(working)
        expect(kept.length).toBeGreaterThan(before + 2)
        expect(await orphansOf(folder)).toEqual([])
      }
      await expectNothingHalf(folder, kept)
    },
    60_000 * rounds,
  )
})
