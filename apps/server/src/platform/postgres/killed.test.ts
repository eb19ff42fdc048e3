import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nobody, runsAsRoot } from './account.ts'
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
    expect(
      processesOf(folder)
        .filter(({ command }) => !command.startsWith('/bin/sh'))
        .map(({ pid }) => pid),
    ).toEqual([postgres.pid])
    await postgres.stop()
  })

  it('is initialised anew when it was killed while initialising', async () => {
    const folder = join(home, 'interrupted')
    const child = startChild(folder, 'run')
    const drafts = (): string[] =>
      existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('initialising-')) : []
    expect(await within(10_000, () => drafts().some((draft) => existsSync(join(folder, draft, 'data', 'base'))))).toBe(
      true,
    )
    await child.kill()
    expect(existsSync(join(folder, 'data'))).toBe(false)
    expect(await within(5_000, () => processesOf(folder).length === 0)).toBe(true)
    const postgres = await startPostgres({ folder })
    expect(postgres.initialised).toBe(true)
    expect(drafts()).toEqual([])
    await postgres.stop()
  })

  it.runIf(runsAsRoot() && canBeReadByOthers())('runs directly for an ordinary user', async () => {
    chmodSync(home, 0o711)
    const own = join(home, 'ordinary')
    mkdirSync(own)
    chownSync(own, nobody.uid, nobody.gid)
    const child = startChild(join(own, 'postgres'), 'stop', nobody.uid)
    await once(child.process, 'exit')
    expect(child.complaints.join('')).toBe('')
    expect(child.lines).toHaveLength(1)
    expect(statSync(join(own, 'postgres', 'data')).uid).toBe(nobody.uid)
    expect(processesOf(own)).toEqual([])
  })
})

/** Whether an ordinary user could run this clone at all: root's may lie where nobody else may enter. */
function canBeReadByOthers(): boolean {
  return [import.meta.dirname, dirname(process.execPath)].every((start) => {
    for (let at = start; at !== dirname(at); at = dirname(at)) if ((statSync(at).mode & 0o001) === 0) return false
    return true
  })
}
