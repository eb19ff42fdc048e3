import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../apps/cli/src/main.ts', import.meta.url))

/** art32 as `npm start` starts it, on an empty data folder of its own. */
export interface Installation {
  readonly url: string
  /** The one-time link that was printed. */
  readonly setupLink: string
  /** Everything that was printed. */
  readonly printed: readonly string[]
  stop(): Promise<void>
}

/**
 * Starts it, with the build of the workplace where there is none yet, and waits until the main job is done.
 *
 * @param given a data folder, which stays when it is stopped
 * @param begun gets the id of its process
 */
export async function startInstallation(given?: string, begun?: (pid: number) => void): Promise<Installation> {
  const folder = given ?? realpathSync(mkdtempSync(join(tmpdir(), 'art32-e2e-')))
  // The runner of the tests says NODE_ENV=test; an installation runs without.
  const { NODE_ENV: _, TEST: __, VITEST: ___, ...environment } = process.env
  const child = spawn(process.execPath, [cli, 'serve'], {
    env: { ...environment, ART32_DATA: folder, ART32_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  begun?.(child.pid ?? 0)
  const printed: string[] = []
  child.stderr.on('data', (data) => void printed.push(String(data)))
  const find = (pattern: RegExp) => printed.map((line) => pattern.exec(line)?.[1]).find((found) => found !== undefined)
  for await (const line of createInterface(child.stdout)) {
    printed.push(line)
    if (line.includes('/setup#')) break
  }
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    if (given === undefined) rmSync(folder, { recursive: true, force: true })
  }
  const [url, setupLink] = [find(/workplace\s+(http:\S+?)\/?$/), find(/(http:\S+\/setup#\S+)/)]
  if (url === undefined || setupLink === undefined) {
    await stop()
    throw new Error(`art32 did not start:\n${printed.join('\n')}`)
  }
  return { url, setupLink, printed, stop }
}

/** Runs a command of the command line. @returns its exit status and all that it printed */
export async function art32(...args: string[]): Promise<{ status: number | null; printed: string }> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => void (printed += String(data)))
  await once(child, 'close')
  return { status: child.exitCode, printed }
}
