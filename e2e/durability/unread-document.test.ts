import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startInstallation } from '../installation.ts'
import { childOf } from './doomed.ts'

describe.skipIf(process.platform !== 'linux')('a first start whose own document could not be read', () => {
  let folder: string

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-unread-')))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  it('says so in a sentence, works, and is ended by the next one', async () => {
    const killReader = async (pid: number) => process.kill(await childOf(pid, 'read.process'), 'SIGKILL')
    let killed: Promise<boolean> | undefined
    const first = await startInstallation(folder, (pid) => {
      killed = killReader(pid)
    })
    try {
      expect(await killed).toBe(true)
      const said = first.printed.join('\n')
      expect(said).toContain('This could not be ended: The document needed more memory or time than any real one.')
      expect(said).toContain('The next start goes on here')
      expect(said).not.toContain('made a mistake')
      expect(said).not.toMatch(/measures:/)
      expect((await fetch(`${first.url}/`)).status).toBe(200)
    } finally {
      await first.stop()
    }
    const next = await startInstallation(folder)
    await next.stop()
    expect(next.printed.join('\n')).toMatch(/\d+ measures: .*verified/)
  }, 120_000)
})
