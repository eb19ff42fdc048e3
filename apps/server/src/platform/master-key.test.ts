import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openMasterKey } from './master-key.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'art32-key-'))
  path = join(folder, 'keys', 'master.key')
})
afterEach(() => rmSync(folder, { recursive: true }))

const readMasterKey = async (at: string) => (await openMasterKey({ kind: 'file' }, at)).ring.current

it('makes a private key once and reads the same one afterwards', async () => {
  const first = await readMasterKey(path)
  expect(first).toHaveLength(32)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect([...(await readMasterKey(path))]).toEqual([...first])
})

it('refuses a key that others may read, with the remedy', async () => {
  await readMasterKey(path)
  chmodSync(path, 0o640)
  await expect(readMasterKey(path)).rejects.toThrow(/mode 640.*chmod 600/)
})

it('refuses a file that holds no key, and never replaces it', async () => {
  await readMasterKey(path)
  writeFileSync(path, 'not a key')
  await expect(readMasterKey(path)).rejects.toThrow(/64 hexadecimal digits/)
})

it('takes a key from the environment, in one spelling only', async () => {
  const key = randomBytes(32)
  const of = (text: string) => openMasterKey({ kind: 'environment', key: text, earlier: null }, path)
  expect([...(await of(key.toString('base64'))).ring.current]).toEqual([...key])
  for (const wrong of ['short', key.toString('hex'), randomBytes(31).toString('base64')])
    await expect(of(wrong)).rejects.toThrow(
      /ART32_MASTER_KEY must hold 32 bytes in base64.* name that file in ART32_MASTER_KEY_FILE/,
    )
  await expect((await of(key.toString('base64'))).begin()).rejects.toMatchObject({ code: 'master_key.set_outside' })
})

it('keeps both keys until a rotation is finished, also over a crash', async () => {
  const old = await readMasterKey(path)
  const first = await openMasterKey({ kind: 'file' }, path)
  await first.begin()
  const after = await openMasterKey({ kind: 'file' }, path)
  expect([...after.ring.current]).toEqual([...first.ring.current])
  expect(after.ring.earlier.map((key) => [...key])).toEqual([[...old]])
  await after.begin()
  expect(after.ring.earlier).toHaveLength(1)
  after.finish()
  const last = await openMasterKey({ kind: 'file' }, path)
  expect([...last.ring.current]).toEqual([...first.ring.current])
  expect([last.ring.earlier, existsSync(`${path}.next`)]).toEqual([[], false])
})
