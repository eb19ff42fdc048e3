import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isLocked, lockFolder } from './lock.ts'

describe('the lock of a data folder', () => {
  let folder: string
  let file: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'art32-lock-'))
    file = join(folder, 'lock')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is held by one and free again once given back', () => {
    const unlock = lockFolder(file, folder)
    expect(isLocked(file)).toBe(true)
    expect(() => lockFolder(file, folder)).toThrow(`process ${process.pid}`)
    unlock()
    expect(isLocked(file)).toBe(false)
    lockFolder(file, folder)()
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    ['a process that is gone', '4194305 long ago\n'],
    ['a process whose number somebody else has now', `${process.pid} long ago\n`],
    ['nobody, since the disk was full', ''],
  ])('is taken over from %s', (_who, content) => {
    writeFileSync(file, content)
    const unlock = lockFolder(file, folder)
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^${process.pid} `))
    unlock()
  })

  it('leaves the lock of somebody who took over in the meantime', () => {
    const unlock = lockFolder(file, folder)
    writeFileSync(file, '1 somebody else\n')
    unlock()
    expect(readFileSync(file, 'utf8')).toBe('1 somebody else\n')
  })
})
