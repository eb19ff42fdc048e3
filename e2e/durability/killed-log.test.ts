import { randomBytes } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { age, openTarget, recoverPostgres, startPostgres, withClient } from '../../apps/server/src/platform/index.ts'
import { openBase, readBase } from '../../apps/server/src/backup/continuous/file-copy.ts'
import { chainOf, linesOf } from '../../apps/server/src/backup/continuous/names.ts'
import { openPart } from '../../apps/server/src/backup/continuous/part.ts'
import { vouchingKeys } from '../../apps/server/src/backup/continuous/signed.ts'
import { openLogOf } from '../../scripts/testing/log-of.ts'

const doomed = fileURLToPath(new URL('../../scripts/testing/doomed-log.ts', import.meta.url))

describe.skipIf(process.platform !== 'linux')('the log of the database when the server is killed', () => {
  let home: string
  let identity: string
  let recipient: string
  const master = randomBytes(32)

  beforeAll(async () => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'art32-log-killed-')))
    // PostgreSQL has an account of its own where root runs this.
    chmodSync(home, 0o711)
    for (const place of ['first', 'second']) mkdirSync(join(home, place))
    identity = await age.newIdentity()
    recipient = await age.recipientOf(identity)
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  /** Kills it so long after it was ready. @returns numbers of which it said that they are kept */
  async function killed(afterMs: number): Promise<number[]> {
    const child = spawn(process.execPath, [doomed, home, recipient, master.toString('hex')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines: string[] = []
    const reader = createInterface(child.stdout).on('line', (line) => void lines.push(line))
    const closed = once(reader, 'close')
    await Promise.race([once(reader, 'line'), closed])
    await sleep(afterMs)
    child.kill('SIGKILL')
    await closed
    return lines.slice(1).map(Number)
  }

  it('has all that it said it kept, in the middle of a copy and of sending, and nothing half counts', async () => {
    const kept: number[] = []
    for (const afterMs of [60, 700]) kept.push(...(await killed(afterMs)))
    const postgres = await startPostgres({ folder: join(home, 'postgres'), archives: true, durable: false })
    const log = openLogOf(postgres, { home, recipient, master })
    await log.keepNow()
    await log.makeBase()
    expect((await log.state()).waiting).toBe(0)
    const { rows } = await withClient(postgres.url('postgres'), (client) =>
      client.query<{ n: number }>('select n from number order by n'),
    )
    await log.stop()
    await postgres.stop()
    const left = readdirSync(join(home, 'staging'), { recursive: true, encoding: 'utf8' })
    expect(left.filter((name) => /\.(part|age|manifest)$/.test(name))).toEqual([])

    const target = openTarget({ kind: 'folder', folder: join(home, 'first') }, join(home, 'notes'))
    const keys = vouchingKeys({ current: master, earlier: [] })
    const lines = linesOf((await target.list('archive/')).map(({ name }) => name))
    expect(lines).toHaveLength(1)
    const [line] = lines
    // The first base that is whole, and all of the log since, over every kill.
    const base = await readBase(target, { line: line!.name, base: line!.bases[0]! }, keys)
    const chain = chainOf(line!, base.from, null)
    expect(chain.missing).toBeNull()
    const segments = (async function* () {
      for (const part of chainOf(line!, base.from, chain.last).parts) {
        const { file, until } = line!.parts.get(part)!
        yield {
          name: part,
          bytes: await openPart(target.get(file), { line: line!.name, part, until }, [identity], keys),
        }
      }
    })()
    const back = await recoverPostgres(
      {
        folder: join(home, 'back'),
        base: openBase(target, base, [identity]),
        segments,
        to: chain.last ?? new Date(0),
      },
      (server) =>
        withClient(server.url('postgres'), async (client) => {
          const found = await client.query<{ n: number }>('select n from number order by n')
          return found.rows.map(({ n }) => n)
        }),
    )
    expect(back).toEqual(rows.map(({ n }) => n))
    expect(back).toEqual(expect.arrayContaining(kept))
  }, 120_000)
})
