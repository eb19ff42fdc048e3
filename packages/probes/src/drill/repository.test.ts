import { existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { call, installed } from '../testing/programs.ts'
import { ageOf, openFiles, secret } from './testing.ts'

const { at, drill, good, remove } = openFiles()
afterAll(remove)

describe('a folder or an archive', () => {
  it('is copied or unpacked and compared', async () => {
    expect(await drill({ kind: 'folder', path: at('source') }, good(''))).toMatchObject({
      met: [true, true],
      restored: { files: 2, bytes: 302_000 },
    })
    call('tar', ['-czf', at('a.tar.gz'), '-C', at('source'), '.'])
    expect(await drill({ kind: 'folder', path: at('a*.gz') }, good(''))).toMatchObject({ met: [true, true] })
  })

  it('whose files are others, missing, or lead elsewhere is not as expected', async () => {
    const files = [
      { path: 'etc/app.conf', bytes: 1_999 },
      { path: 'etc/app.conf', sha256: 'a'.repeat(64) },
      { path: 'missing' },
      { path: 'outside' },
      { path: 'etc' },
    ]
    call('tar', ['-cf', at('b.tar'), '-C', at('source'), '.'])
    expect(await drill({ kind: 'folder', path: at('b.tar') }, files)).toMatchObject({
      met: [false, false, false, false, false],
    })
  })

  it('that is cut off, damaged, empty or gone is at fault, and says how', async () => {
    call('tar', ['-cf', at('cut.tar'), '-C', at('source'), '.'])
    truncateSync(at('cut.tar'), 200_000)
    expect(await drill({ kind: 'folder', path: at('cut.tar') }, good(''))).toMatchObject({ problem: 'truncated' })
    call('tar', ['-czf', at('cut.tgz'), '-C', at('source'), '.'])
    truncateSync(at('cut.tgz'), statSync(at('cut.tgz')).size - 30)
    expect(await drill({ kind: 'folder', path: at('cut.tgz') }, good(''))).toMatchObject({ problem: 'truncated' })
    writeFileSync(at('none.tar'), 'no archive'.repeat(200))
    expect(await drill({ kind: 'folder', path: at('none.tar') }, good(''))).toMatchObject({ problem: 'damaged' })
    mkdirSync(at('nothing'))
    expect(await drill({ kind: 'folder', path: at('nothing') }, good(''))).toMatchObject({ problem: 'empty' })
    expect(await drill({ kind: 'folder', path: at('gone-*') }, good(''))).toMatchObject({ problem: 'missing' })
    expect(await drill({ kind: 'folder', path: at('source') }, good(''), { gigabytes: 0.0001 })).toMatchObject({
      problem: 'too-large',
    })
  })

  it('that would leave the scratch place writes nothing elsewhere', async () => {
    mkdirSync(at('deep/er'), { recursive: true })
    writeFileSync(at('deep/escaped'), 'x')
    call('tar', ['-cPf', at('escape.tar'), '-C', at('deep/er'), '../escaped'])
    rmSync(at('deep'), { recursive: true })
    await drill({ kind: 'folder', path: at('escape.tar') }, [{ path: 'escaped' }])
    expect(existsSync(at('scratch/escaped'))).toBe(false)
    expect(readdirSync(at('scratch'))).toEqual([])
  })
})

describe.skipIf(!installed('restic'))('a real restic repository (skipped without restic)', () => {
  const repository = at('restic')
  const backup = { kind: 'restic', repository, password: secret }
  const restic = (...args: string[]) =>
    call('restic', ['--quiet', ...args], { env: { RESTIC_REPOSITORY: repository, RESTIC_PASSWORD: secret } })
  const files = good(`${at('source').slice(1)}/`)

  it('gives its newest snapshot back', async () => {
    restic('init')
    expect(await drill(backup, files)).toMatchObject({ problem: 'missing' })
    restic('backup', at('source'), '--tag', 'old', '--time', '2026-01-02 03:04:05')
    restic('backup', at('source'), '--host', 'db1')
    const found = await drill(backup, files)
    expect(found).toMatchObject({ met: [true, true], rpoSeconds: expect.any(Number) as unknown })
    expect(ageOf(found)).toBeLessThan(600)
    expect(ageOf(await drill({ ...backup, tag: 'old' }, files))).toBeGreaterThan(86_400 * 30)
    expect(await drill({ ...backup, host: 'db9' }, files)).toMatchObject({ problem: 'missing' })
  })

  it('does not open with another key, and is not there elsewhere', async () => {
    expect(await drill({ ...backup, password: 'wrong' }, files)).toMatchObject({ problem: 'wrong-key' })
    expect(await drill({ ...backup, repository: at('nothing') }, files)).toEqual({ why: 'not-configured' })
  })

  it('that is damaged is at fault', async () => {
    for (const folder of readdirSync(at('restic/data')))
      for (const name of readdirSync(at('restic/data', folder))) {
        const pack = at('restic/data', folder, name)
        call('chmod', ['u+w', pack])
        writeFileSync(pack, Buffer.alloc(statSync(pack).size))
      }
    expect(await drill(backup, files)).toMatchObject({ problem: 'damaged' })
  })
})

it('that needs a program which is not there could not look', async () => {
  const path = process.env['PATH']
  process.env['PATH'] = at('scratch')
  const found = await drill({ kind: 'restic', repository: at('restic'), password: secret }, good(''))
  process.env['PATH'] = path
  expect(found).toEqual({ why: 'not-configured' })
})
