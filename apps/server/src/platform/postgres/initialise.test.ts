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
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nobody, runsAsRoot } from './account.ts'
import { startPostgres } from './start.ts'
import { processesOf, startChild, within } from './testing/child.ts'

describe.skipIf(process.platform !== 'linux')('initialising PostgreSQL', () => {
  let home: string

  beforeAll(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'art32-initialise-')))
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

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
