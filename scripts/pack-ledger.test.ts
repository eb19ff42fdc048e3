import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { repository } from './gate.ts'
import { packLedger } from './pack-ledger.ts'

const home = mkdtempSync(path.join(tmpdir(), 'art32-packed-ledger-'))
const readme = readFileSync(path.join(repository, 'packages', 'ledger', 'README.md'), 'utf8')
const block = (language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(readme)?.[1] ?? ''
let tarball: string

beforeAll(async () => {
  tarball = await packLedger(home)
  writeFileSync(path.join(home, 'package.json'), '{"type":"module","private":true}')
  const options = ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball]
  execFileSync('npm', options, { cwd: home, stdio: 'pipe' })
}, 60_000)
afterAll(() => rmSync(home, { recursive: true, force: true }))

const installed = () => path.join(home, 'node_modules', '@art32', 'ledger')

it('holds compiled JavaScript with types, the format in prose and the licence, and depends on nothing', () => {
  const manifest = JSON.parse(readFileSync(path.join(installed(), 'package.json'), 'utf8')) as Record<string, unknown>
  expect([manifest['dependencies'], manifest['private'], manifest['version']]).toEqual([undefined, undefined, '0.1.0'])
  expect(readdirSync(installed()).toSorted()).toEqual([
    'LICENSE',
    'README.md',
    'dist',
    'ledger-format.md',
    'package.json',
  ])
  const files = readdirSync(path.join(installed(), 'dist'))
  expect(files.filter((name) => !/\.(?:js|d\.ts)$/.test(name) || name.includes('.test.'))).toEqual([])
  for (const name of files) {
    const text = readFileSync(path.join(installed(), 'dist', name), 'utf8')
    expect([name, /from\s+['"](?!\.\/[a-z-]+\.js['"])/.exec(text)?.[0]]).toEqual([name, undefined])
  }
  expect(readdirSync(path.join(home, 'node_modules'))).toEqual(expect.not.arrayContaining(['typescript']))
})

it('runs the worked example of its README in an empty folder with plain Node.js, and prints what stands there', () => {
  writeFileSync(path.join(home, 'example.js'), block('js'))
  const { stdout, stderr, status } = spawnSync(process.execPath, ['example.js'], { cwd: home, encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toBe(block('text'))
})

it('gives the types that a program of others compiles with', () => {
  const use = `import { parseVkey, type LedgerCrypto } from '@art32/ledger'
export const nameOf = (crypto: LedgerCrypto, vkey: string): string => parseVkey(crypto, vkey).name
// @ts-expect-error a key is a text
parseVkey({} as LedgerCrypto, 1)
`
  writeFileSync(path.join(home, 'use.ts'), use)
  const compiler = path.join(repository, 'node_modules', '.bin', 'tsc')
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', '', 'use.ts']
  const { stdout, status } = spawnSync(compiler, options, { cwd: home, encoding: 'utf8' })
  expect([status, stdout]).toEqual([0, ''])
})

it('is the same to the byte when it is packed again', async () => {
  const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
  const again = await packLedger(path.join(home, 'again'))
  expect(sha256(again)).toBe(sha256(tarball))
})
