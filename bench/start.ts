import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '../apps/server/src/platform/postgres/index.ts'
import { processesOf } from '../e2e/durability/doomed.ts'
import { proportionalMiB } from './memory.ts'
import { rounded, type Row } from './table.ts'

const cli = fileURLToPath(new URL('../apps/cli/src/main.ts', import.meta.url))
const built = fileURLToPath(new URL('../apps/web/dist/.stamp', import.meta.url))

/** `npm start` on an empty data folder with dependencies installed, and again on the one it made. */
export async function measure(): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-start-')))
  try {
    const bare = await bareStart(join(folder, 'bare'))
    const wasBuilt = existsSync(built)
    const data = join(folder, 'data')
    const first = await start(data, true)
    const again = await start(data, false)
    const memory = { unit: 'MiB', note: 'proportional set size of server and PostgreSQL, 10 s after the last work' }
    return [
      {
        what: 'empty folder: first page reachable',
        value: rounded(first.page),
        unit: 'ms',
        bare: { what: 'bare initdb and start', value: rounded(bare) },
        bar: 'at most 10,000 ms',
        note: wasBuilt ? 'workplace built before' : 'with the build of the workplace',
      },
      { what: 'empty folder: first edition made', value: rounded(first.ready), unit: 'ms', bar: 'at most 30,000 ms' },
      { what: 'next start: first page reachable', value: rounded(again.page), unit: 'ms' },
      { what: 'memory', value: rounded(first.memory), bar: 'below 400 MiB', ...memory },
      { what: 'memory of the next start', value: rounded(again.memory), ...memory },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function bareStart(folder: string): Promise<number> {
  const start = performance.now()
  const postgres = await startPostgres({ folder })
  const taken = performance.now() - start
  await postgres.stop()
  return taken
}

interface Started {
  /** Milliseconds until the first page was answered. */
  readonly page: number
  /** Milliseconds until the set-up link was printed: everything is done. */
  readonly ready: number
  /** MiB. */
  readonly memory: number
}

async function start(data: string, isFirst: boolean): Promise<Started> {
  const begun = performance.now()
  const child = spawn(process.execPath, [cli, 'serve'], {
    env: { ...process.env, ART32_DATA: data, ART32_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  let page = Number.NaN
  try {
    for await (const line of createInterface(child.stdout)) {
      const address = /workplace\s+(http:\S+)/.exec(line)?.[1]
      if (address !== undefined && Number.isNaN(page)) {
        await answered(address)
        page = performance.now() - begun
      }
      if (line.includes('/setup#')) break
    }
    const ready = performance.now() - begun
    await sleep(isFirst ? 10_000 : 5_000)
    const pids = [child.pid ?? 0, ...processesOf(data).map(({ pid }) => pid)]
    return { page, ready, memory: [...new Set(pids)].reduce((sum, pid) => sum + proportionalMiB(pid), 0) }
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

async function answered(address: string): Promise<void> {
  for (;;) {
    const response = await fetch(address).catch(() => null)
    await response?.arrayBuffer()
    if (response?.ok) return
    await sleep(20)
  }
}
