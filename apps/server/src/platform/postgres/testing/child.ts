import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { withClient } from '../administration.ts'
import type { RunningPostgres } from '../start.ts'

const writer = fileURLToPath(new URL('writer.ts', import.meta.url))

/** Runs the stand-in for the server in a process of its own. */
export interface Child {
  readonly process: ChildProcess
  /** The lines it printed so far. */
  readonly lines: readonly string[]
  /** What it said on standard error so far. */
  readonly complaints: readonly string[]
  /** Resolves when it has printed so many lines, or has ended. */
  printed(lines: number): Promise<void>
  /** kill -9, and waits for its end. */
  kill(): Promise<void>
}

export function startChild(folder: string, task: 'run' | 'stop' | 'write', uid?: number): Child {
  const child = spawn(process.execPath, [writer, folder, task], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const lines: string[] = []
  const complaints: string[] = []
  const reader = createInterface(child.stdout).on('line', (line) => void lines.push(line))
  child.stderr.on('data', (data) => void complaints.push(String(data)))
  const closed = once(reader, 'close')
  const ended = once(child, 'exit')
  return {
    process: child,
    lines,
    complaints,
    printed: async (count) => {
      while (lines.length < count && child.exitCode === null) await Promise.race([once(reader, 'line'), closed])
    },
    kill: async () => {
      child.kill('SIGKILL')
      await Promise.all([closed, ended])
    },
  }
}

/** Every process whose command line names the folder: PostgreSQL, initdb, watchers. */
export function processesOf(folder: string): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map((entry) => ({ pid: Number(entry), command: commandOf(entry) }))
    .filter(({ command }) => command.includes(folder))
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** Waits until something holds; false if it does not in time. */
export async function within(milliseconds: number, holds: () => boolean): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(20)) if (holds()) return true
  return holds()
}

/** Asks as administrator. */
export async function ask<T extends object>(
  postgres: RunningPostgres,
  question: string,
  values: unknown[] = [],
): Promise<T[]> {
  const { rows } = await withClient(postgres.url('postgres'), (client) => client.query<T>(question, values))
  return rows
}
