import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { KeyError } from './error.ts'
import { createKeyFile, readKeyFile } from './key-file.ts'
import { rootKey } from './root-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'shield-key-'))
afterAll(() => rmSync(folder, { recursive: true }))

const use = { tenant: 't', domain: 'd', type: 'email', epoch: '1' }

function codeOf(act: () => unknown): string | undefined {
  try {
    act()
  } catch (error) {
    return error instanceof KeyError ? error.code : 'another error'
  }
  return undefined
}

describe("a key's file", () => {
  it('is one line for the owner alone, and gives the same key again', () => {
    const path = join(folder, 'new.key')
    const made = createKeyFile(path)
    expect(readFileSync(path, 'latin1')).toMatch(/^art32-shield-key-1:[A-Za-z0-9+/]{43}=\n$/)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const { key, isExposed } = readKeyFile(path)
    expect([key.id, isExposed]).toEqual([made.id, false])
    expect(key.derive(use)).toEqual(made.derive(use))
  })

  it('is never overwritten', () => {
    const path = join(folder, 'kept.key')
    const made = createKeyFile(path)
    expect(codeOf(() => createKeyFile(path))).toBe('exists')
    expect(readKeyFile(path).key.id).toBe(made.id)
  })

  it.each([0o640, 0o604, 0o620])('is exposed with rights %o', (mode) => {
    const path = join(folder, `${mode.toString(8)}.key`)
    createKeyFile(path)
    chmodSync(path, mode)
    expect(readKeyFile(path).isExposed).toBe(true)
  })

  it('is read with CRLF or without an end of line', () => {
    const path = join(folder, 'written.key')
    const line = `art32-shield-key-1:${Buffer.alloc(32, 7).toString('base64')}`
    for (const end of ['', '\n', '\r\n']) {
      writeFileSync(path, line + end)
      expect(readKeyFile(path).key.id).toBe(rootKey(new Uint8Array(32).fill(7)).id)
    }
  })

  it.each([
    '',
    'art32-shield-key-1:',
    'art32-shield-key-2:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=',
    'art32-shield-key-1:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBw==',
    'art32-shield-key-1:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc',
    'art32-shield-key-1:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\nmore',
    'x'.repeat(10_000),
  ])('is refused when it holds %j, and the reason does not repeat it', (text) => {
    const path = join(folder, 'bad.key')
    writeFileSync(path, text)
    expect(codeOf(() => readKeyFile(path))).toBe('malformed')
    expect(() => readKeyFile(path)).not.toThrow(/BwcH|xxxx/)
  })

  it('is missing', () => {
    expect(codeOf(() => readKeyFile(join(folder, 'none.key')))).toBe('missing')
  })
})
