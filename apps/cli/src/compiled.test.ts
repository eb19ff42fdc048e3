import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const launcher = path.resolve(import.meta.dirname, '../bin/art32.mjs')

/** `art32 --version` with this folder as the user's cache. */
async function version(cache: string): Promise<string> {
  const env = { ...process.env, XDG_CACHE_HOME: cache, NODE_COMPILE_CACHE: undefined }
  const { stdout } = await promisify(execFile)(process.execPath, [launcher, '--version'], { env })
  return stdout
}

const made = () => mkdtempSync(path.join(tmpdir(), 'art32-cache-'))
const compiledIn = (cache: string) => path.join(cache, 'art32', 'compiled')

describe('what Node.js made of the sources', () => {
  it('is kept for the next start in a folder that nobody else can read', async () => {
    const cache = made()
    const first = await version(cache)
    expect(readdirSync(compiledIn(cache))).not.toEqual([])
    expect(statSync(compiledIn(cache)).mode & 0o077).toBe(0)
    expect(await version(cache)).toBe(first)
  })

  it('is not taken from a folder that others can write', async () => {
    const cache = made()
    mkdirSync(compiledIn(cache), { recursive: true })
    chmodSync(compiledIn(cache), 0o777)
    await version(cache)
    expect(readdirSync(compiledIn(cache))).toEqual([])
  })

  it('is done without where there can be no such folder', async () => {
    const file = path.join(made(), 'file')
    writeFileSync(file, '')
    expect(await version(file)).toBe(await version(made()))
    expect(existsSync(compiledIn(file))).toBe(false)
  })
})
