import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url))
/** As systemd's RestartSec. */
const againMs = 1_000

/** A process of art32 that is started again when it ends, as a supervisor does. */
export interface Kept {
  readonly name: string
  /** Of the one that runs at this moment; undefined between two. */
  pid(): number | undefined
  /** Ends it, and starts no other. */
  stop(): Promise<void>
}

/** @param settings all of its environment besides the path */
export function keep(name: string, settings: Readonly<Record<string, string>>): Kept {
  let child: ChildProcess | undefined
  const over = new AbortController()
  const living = (async () => {
    while (!over.signal.aborted) {
      child = spawn(process.execPath, [cli, 'serve'], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', ...settings },
      })
      await once(child, 'exit')
      child = undefined
      if (!over.signal.aborted) await sleep(againMs)
    }
  })()
  const end = () => child?.kill('SIGTERM')
  process.once('exit', end)
  return {
    name,
    pid: () => child?.pid,
    async stop() {
      over.abort()
      process.off('exit', end)
      end()
      await living
    },
  }
}
