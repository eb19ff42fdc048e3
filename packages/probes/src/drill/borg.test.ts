import { appendFileSync, readdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { call, installed } from '../testing/programs.ts'
import { ageOf, openFiles, secret } from './testing.ts'

const { at, drill, good, remove } = openFiles()
afterAll(remove)

describe.skipIf(!installed('borg'))('a real borg repository (skipped without borg)', () => {
  const repository = at('borg')
  const backup = { kind: 'borg', repository, password: secret }
  const env = { BORG_REPO: repository, BORG_PASSPHRASE: secret, BORG_BASE_DIR: at('borg-home'), TZ: 'UTC' }
  const files = good(`${at('source').slice(1)}/`)

  it('gives its newest archive back', async () => {
    call('borg', ['init', '--encryption', 'repokey'], { env })
    expect(await drill(backup, files)).toMatchObject({ problem: 'missing' })
    call('borg', ['create', '::old-1', at('source'), '--timestamp', '2026-01-02T03:04:05'], { env })
    call('borg', ['create', '::new-1', at('source')], { env })
    const found = await drill(backup, files)
    expect(found).toMatchObject({ met: [true, true], rpoSeconds: expect.any(Number) as unknown })
    expect(ageOf(found)).toBeLessThan(600)
    expect(ageOf(await drill({ ...backup, prefix: 'old' }, files))).toBeGreaterThan(86_400 * 30)
  })

  it('does not open with another key, and is not there elsewhere', async () => {
    expect(await drill({ ...backup, password: 'wrong' }, files)).toMatchObject({ problem: 'wrong-key' })
    expect(await drill({ ...backup, repository: at('nothing') }, files)).toEqual({ why: 'not-configured' })
  })

  it('that is damaged is at fault', async () => {
    const data = at('borg/data/0')
    for (const name of readdirSync(data)) {
      const size = statSync(join(data, name)).size
      if (size > 1_000) {
        truncateSync(join(data, name), Math.floor(size / 2))
        appendFileSync(join(data, name), Buffer.alloc(Math.ceil(size / 2)))
      }
    }
    expect(await drill(backup, files)).toMatchObject({ problem: 'damaged' })
  })
})
