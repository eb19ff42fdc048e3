import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readMasterKey } from './master-key.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'art32-key-'))
  path = join(folder, 'keys', 'master.key')
})
afterEach(() => rmSync(folder, { recursive: true }))

it('makes a private key once and reads the same one afterwards', () => {
  const first = readMasterKey(path)
  expect(first).toHaveLength(32)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect([...readMasterKey(path)]).toEqual([...first])
})

it('refuses a key that others may read, with the remedy', () => {
  readMasterKey(path)
  chmodSync(path, 0o640)
  expect(() => readMasterKey(path)).toThrow(/mode 640.*chmod 600/)
})

it('refuses a file that holds no key, and never replaces it', () => {
  readMasterKey(path)
  writeFileSync(path, 'not a key')
  expect(() => readMasterKey(path)).toThrow(/64 hexadecimal digits/)
})
