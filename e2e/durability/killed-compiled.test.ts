import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { orphansOf } from './doomed.ts'

const launcher = resolve(import.meta.dirname, '../../apps/cli/bin/art32.mjs')

it('keeps what Node.js made of the sources, also where the server is killed', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-killed-compiled-')))
  // PostgreSQL has an account of its own where root runs this.
  chmodSync(folder, 0o711)
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(folder, 'cache'),
    NODE_COMPILE_CACHE: undefined,
    ART32_DATA: join(folder, 'data'),
    ART32_PORT: '0',
  }
  const server = spawn(process.execPath, [launcher, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    for await (const line of createInterface(server.stdout)) if (line.includes('workplace')) break
  } finally {
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
    await orphansOf(folder)
  }
  const kept = readdirSync(join(folder, 'cache/art32/compiled'), { recursive: true })
  expect(kept.length).toBeGreaterThan(500)
  rmSync(folder, { recursive: true, force: true })
}, 60_000)
