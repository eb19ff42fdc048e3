import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const victim = fileURLToPath(new URL('victim.ts', import.meta.url))

/** What the victim says about itself. */
interface Said {
  readonly url?: string
  readonly local?: string
  readonly tls?: number | null
  readonly token?: string | null
  readonly step?: string
}

/** A server in a process of its own that is going to be killed. */
export interface Doomed {
  readonly url: string
  /** Where this machine reaches it, without TLS. */
  readonly local: string
  /** The port where it speaks TLS itself. */
  readonly tls: number | null
  /** Of the set-up link, while there is no account. */
  readonly token: string | null
  /** What it said on standard error so far. */
  readonly complaints: readonly string[]
  readonly pid: number
  /** Resolves when it has said this step of the main job, or has ended. */
  reached(step: string): Promise<void>
  isAlive(): boolean
  /** Sends a signal. */
  tell(signal: NodeJS.Signals): void
  /** Resolves with its exit status when it has ended; null where a signal did it. */
  readonly ended: Promise<number | null>
  /** kill -9, and waits for its end. */
  kill(): Promise<void>
}

/** Starts the server on a data folder and waits until it answers; with settings besides, where they are given. */
export async function startDoomed(
  folder: string,
  task: 'stay' | 'home' | 'member' = 'stay',
  settings: Readonly<Record<string, string>> = {},
): Promise<Doomed> {
  const args = [victim, folder, task, JSON.stringify(settings)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const complaints: string[] = []
  const said: Said[] = []
  child.stderr.on('data', (data) => void complaints.push(String(data)))
  const lines = createInterface(child.stdout).on('line', (line) => void said.push(JSON.parse(line) as Said))
  const closed = once(lines, 'close')
  const ended = once(child, 'exit')
  const over = Promise.all([closed, ended])
  const isAlive = () => child.exitCode === null && child.signalCode === null
  const until = async (wanted: (one: Said) => boolean) => {
    // Its output may be closed before its end is known: waiting for that alone would go round for ever.
    while (!said.some(wanted) && isAlive()) await Promise.race([once(lines, 'line'), over])
  }
  await until(({ url }) => url !== undefined)
  const [first] = said
  if (first?.url === undefined) throw new Error(`the server did not start: ${complaints.join('')}`)
  return {
    url: first.url,
    local: first.local ?? first.url,
    tls: first.tls ?? null,
    token: first.token ?? null,
    complaints,
    pid: child.pid ?? 0,
    isAlive,
    reached: (step) => until((one) => one.step === step),
    tell: (signal) => void child.kill(signal),
    ended: ended.then(() => child.exitCode),
    async kill() {
      child.kill('SIGKILL')
      await over
    },
  }
}

/** A process of this machine. */
export interface Found {
  readonly pid: number
  readonly command: string
}

/** Every process of a data folder: the server, PostgreSQL with all its parts, watchers. */
export function processesOf(folder: string): Found[] {
  const mark = `art32-${createHash('sha256').update(join(folder, 'postgres')).digest('hex').slice(0, 16)}`
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map((entry) => ({ pid: Number(entry), command: commandOf(entry) }))
    .filter(({ command }) => command.includes(folder) || command.includes(mark))
}

/** The postmaster of a data folder. */
export function postmasterOf(folder: string): Found | undefined {
  // The watcher of a postmaster names it, too.
  return processesOf(folder).find(({ command }) => /^\S*\/postgres -D /.test(command))
}

/** Waits until nothing of a data folder runs. @returns what still does after five seconds */
export async function orphansOf(folder: string): Promise<Found[]> {
  for (const deadline = Date.now() + 5_000; Date.now() < deadline; await sleep(20)) {
    if (processesOf(folder).length === 0) return []
  }
  return processesOf(folder)
}

/**
 * Waits until a process has started another one.
 *
 * @param program a part of its command
 * @param isOver whether what should start it has ended
 */
export async function childOf(parent: number, program: string, isOver: () => boolean = () => false): Promise<number> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(5)) {
    const found = childrenOf(parent).find((pid) => commandOf(pid).includes(program))
    if (found !== undefined) return Number(found)
  }
  throw new Error(`${program} was never started${isOver() ? ', and what should start it is over' : ''}`)
}

function childrenOf(parent: number): string[] {
  try {
    return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').split(' ').filter(Boolean)
  } catch {
    return []
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
