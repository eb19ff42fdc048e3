import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { ownLog } from '../../apps/server/src/evidence/testing/own-log.ts'
import { orphansOf, startDoomed } from './doomed.ts'
import type { Doomed } from './doomed.ts'

/** More rounds for a long run: `ART32_KILL_ROUNDS=50 npm test -- e2e/durability`. */
const rounds = Number(process.env['ART32_KILL_ROUNDS'] ?? 2)

const logs = [0, 1, 2].map((n) => ownLog(`log.example/t/killed-${n}`))

describe.skipIf(process.platform !== 'linux')('a witness that is killed at a random moment', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-killed-witness-')))
  let doomed: Doomed | undefined
  /** What was cosigned and reached the log: the witness must never know less. */
  const cosigned = logs.map(() => 0)

  afterAll(async () => {
    await doomed?.kill()
    await orphansOf(folder)
    rmSync(folder, { recursive: true, force: true })
  })

  const ask = async (body: string) => {
    const response = await fetch(`${doomed?.url}/witness/add-checkpoint`, { method: 'POST', body })
    return { status: response.status, text: await response.text() }
  }

  /** Grows until the witness is gone. */
  async function grow(n: number): Promise<void> {
    const log = logs[n]!
    while (doomed?.isAlive() === true) {
      const from = cosigned[n] ?? 0
      const { status } = await ask(log.request(from, from + 1)).catch(() => ({ status: 0 }))
      if (status === 200) cosigned[n] = from + 1
      else if (status === 429) await sleep(200)
      // It cosigned one whose answer was lost.
      else if (status === 409) cosigned[n] = from + 1
      else await sleep(5)
    }
  }

  it(
    'remembers every head whose cosignature left, and cosigns no other history afterwards',
    { timeout: 30_000 * rounds },
    async () => {
      const witnessedLogs = logs.map(({ vkey }) => vkey).join(',')
      writeFileSync(join(folder, 'art32.json'), JSON.stringify({ witnessedLogs }))
      for (let round = 0; round < rounds; round++) {
        doomed = await startDoomed(folder)
        for (const [n, log] of logs.entries()) {
          const size = cosigned[n] ?? 0
          if (size === 0) continue
          const known = await ask(log.request(0, size + 1))
          expect(known.status).toBe(409)
          expect(Number(known.text)).toBeGreaterThanOrEqual(size)
          const at = Number(known.text)
          expect((await ask(log.forkAt(0).request(at, at))).status).toBe(409)
          expect((await ask(log.forkAt(0).request(at, at + 1))).status).toBe(422)
          cosigned[n] = at
        }
        const before = [...cosigned]
        const growing = logs.map((_, n) => grow(n))
        await sleep(300 + Math.random() * 700)
        await doomed.kill()
        await Promise.all(growing)
        expect(cosigned.some((size, n) => size > (before[n] ?? 0))).toBe(true)
      }
    },
  )
})
