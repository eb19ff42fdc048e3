import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processStart, signal } from './processes.ts'
import { startPostgres } from './start.ts'
import { ask, processesOf, startChild, within } from './testing/child.ts'

describe.skipIf(process.platform !== 'linux')('PostgreSQL when the server is killed', () => {
  let home: string

  beforeAll(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'art32-killed-')))
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it('ends by itself, recovers at the next start, and keeps every acknowledged row', async () => {
    const folder = join(home, 'written')
    const acknowledged: number[] = []
    for (const delay of [0, 60, 170]) {
      const child = startChild(folder, 'write')
      await child.printed(2)
      await sleep(delay)
      await child.kill()
      acknowledged.push(...child.lines.slice(1).map(Number))
      expect(await within(3_000, () => processesOf(folder).length === 0)).toBe(true)
    }
    expect(acknowledged.length).toBeGreaterThan(20)
    const postgres = await startPostgres({ folder })
    const lost = await ask(postgres, 'select a from unnest($1::int[]) a where a not in (select n from number)', [
      acknowledged,
    ])
    await postgres.stop()
    expect(lost).toEqual([])
  })

  it('is ended by the next start when its watcher was killed, too', async () => {
    const folder = join(home, 'written')
    const child = startChild(folder, 'run')
    await child.printed(1)
    for (const { pid, command } of processesOf(folder)) if (command.startsWith('/bin/sh')) signal(pid, 'SIGKILL')
    await child.kill()
    const orphan = Number(child.lines[0]?.split(' ')[1])
    expect(processStart(orphan)).not.toBeNull()
    const postgres = await startPostgres({ folder })
    expect(postgres.pid).not.toBe(orphan)
    // A process that PostgreSQL has just forked bears its parent's command line until it sets its own title.
    await expect
      .poll(
        () =>
          processesOf(folder)
            .filter(({ command }) => !command.startsWith('/bin/sh'))
            .map(({ pid }) => pid),
        { timeout: 5_000 },
      )
      .toEqual([postgres.pid])
    await postgres.stop()
  })
})
