import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import type { SeenWithoutNetwork } from './no-network.ts'

const program = fileURLToPath(new URL('no-network.process.ts', import.meta.url))
/** A network of its own, in which nothing is but the machine itself. */
const alone = ['--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh']
/** Only root may make one, and not in every container. */
const isPossible = process.platform === 'linux' && spawnSync('unshare', [...alone, 'true']).status === 0

describe.skipIf(!isPossible)('a start in a network without a way out', () => {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'art32-alone-')))
  // Where this runs as root, PostgreSQL has an account of its own, which has to pass.
  chmodSync(home, 0o711)
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it('does the main job, publishes an edition, and verifies it', { timeout: 400_000 }, async () => {
    const { NODE_ENV: _, TEST: __, VITEST: ___, ...environment } = process.env
    const child = spawn('unshare', [...alone, process.execPath, program, home], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (data) => void (out += String(data)))
    child.stderr.on('data', (data) => void (err += String(data)))
    await once(child, 'close')
    expect([child.exitCode, err]).toEqual([0, ''])
    const seen = JSON.parse(out) as SeenWithoutNetwork
    expect(seen.networks).toEqual(['lo'])
    expect([seen.away, seen.name]).toEqual(['ENETUNREACH', expect.stringMatching(/^(EAI_AGAIN|ENOTFOUND)$/)])
    expect(seen.printed).toContain('making its first draft edition …')
    expect(seen.printed).not.toContain('could not be ended')
    expect(seen.complaints).not.toMatch(/could not|"level":"error"/)
    expect([seen.pdf, seen.workplace]).toEqual(['%PDF-', 200])
    expect(seen.verified).toEqual([
      { status: 0, holds: true },
      { status: 0, holds: true },
    ])
  })
})
