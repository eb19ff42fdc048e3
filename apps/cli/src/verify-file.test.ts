import { execFile, execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleBundle } from './testing/bundle.ts'

const built = fileURLToPath(new URL('../../server/verifier/art32-verify.mjs', import.meta.url))

/** The pinned Node.js and, where one is installed that is old enough to differ, the machine's own. */
const nodes = [process.execPath, '/usr/bin/node']
  .filter((path) => existsSync(path))
  .map((path) => ({ path, version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().slice(1) }))
  .filter(({ version }) => Number(version.split('.')[0]) > 20 || /^20\.(19|[2-9]\d)\./.test(version))

const home = mkdtempSync(join(tmpdir(), 'art32-one-file-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

interface Ended {
  readonly exit: number
  readonly out: string
  readonly err: string
}

/** Runs the file in its folder, with nothing around it that could help. */
function run(node: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(node, ['art32-verify.mjs', ...args], { cwd: home, env: {} }, (error, out, err) =>
      resolve({ exit: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

const changed = (path: string) => {
  const files = new Map(sampleBundle().files)
  const bytes = files.get(path)
  if (bytes === undefined) throw new Error(`the sample has no ${path}`)
  return files.set(
    path,
    bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
  )
}
const tampered = ['tile/entries/000.p/4', 'openings/1/outcome.content', 'checkpoint', 'files/edition.pdf', 'VERIFY.md']

beforeAll(() => {
  copyFileSync(built, join(home, 'art32-verify.mjs'))
  const zip = (name: string, files: ReadonlyMap<string, Uint8Array>) =>
    writeFileSync(join(home, name), zipSync(Object.fromEntries(files)))
  zip('bundle.zip', sampleBundle().files)
  for (const [number, path] of tampered.entries()) zip(`tampered-${number}.zip`, changed(path))
  writeFileSync(join(home, 'garbage.zip'), 'hello')
  for (const [name, bytes] of sampleBundle().files) {
    mkdirSync(dirname(join(home, 'folder', name)), { recursive: true })
    writeFileSync(join(home, 'folder', name), bytes)
  }
})

describe.each(nodes)('the verifier in one file, by Node.js $version', ({ path: node }) => {
  it('says of a good bundle what art32 verify says, and keeps its checkpoint', async () => {
    const { vkey, checkpoint } = sampleBundle()
    writeFileSync(join(home, 'held.txt'), checkpoint)
    const held = await run(node, 'bundle.zip', '--key', vkey, '--held', 'held.txt', '--save-checkpoint', 'kept.txt')
    expect([held.exit, held.err]).toEqual([0, ''])
    expect(held.out).toContain('✓ It holds.')
    expect(held.out).toContain('Each of the 2 lines says no more than the records it cites')
    expect(readdirSync(home)).toContain('kept.txt')
    expect((await run(node, 'folder')).exit).toBe(0)
    expect(JSON.parse((await run(node, 'bundle.zip', '--json')).out)).toMatchObject({
      schema: 'art32.verify/1',
      holds: true,
    })
  })

  it('finds one byte changed in entries, records, checkpoint, files and instructions', async () => {
    const ended = await Promise.all(tampered.map((_, number) => run(node, `tampered-${number}.zip`)))
    expect(ended.map(({ exit }) => exit)).toEqual(tampered.map(() => 1))
    for (const [number, { out }] of ended.entries()) expect(out).toContain(`✗ ${tampered[number]}`)
  })

  it('tells what it cannot look at from what does not hold', async () => {
    const tries: readonly (readonly [string[], string])[] = [
      [['garbage.zip'], 'neither a ZIP archive nor a folder'],
      [['nowhere.zip'], 'There is no such file for the bundle'],
      [[], 'Name a bundle'],
      [['a.zip', 'b.zip'], 'Name one bundle'],
      [['--made-up=secret'], 'This argument is not known'],
    ]
    for (const [args, say] of tries) {
      const { exit, out, err } = await run(node, ...args)
      expect([exit, out]).toEqual([2, ''])
      expect(err).toContain(say)
      expect(err).not.toContain('secret')
    }
    expect((await run(node, '--help')).out).toContain('node art32-verify.mjs BUNDLE|URL')
  })
})

it('is run by a Node.js at all', () => {
  expect(nodes.length).toBeGreaterThan(0)
})
