import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** A process and its command line, arguments separated by spaces. */
export interface Process {
  readonly pid: number
  readonly command: string
}

/**
 * When a process started, as a text that no later process of the same number shares: a pid alone may have been given
 * to somebody else since. Null if there is no such process.
 */
export function processStart(pid: number): string | null {
  if (process.platform !== 'linux') return ps(['-o', 'lstart=', '-p', String(pid)])?.trim() || null
  const stat = readProc(`${pid}/stat`)
  // Fields follow the command in parentheses, which may itself hold spaces and parentheses: proc_pid_stat(5), field 22.
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  if (state === undefined || state === 'Z' || state === 'X') return null
  return `${readProc('sys/kernel/random/boot_id')?.trim()} ${fields[18]}`
}

/** Whether a number is taken: also by a zombie that init has yet to collect, and by a process that is not ours. */
export function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** All processes of PostgreSQL (postmaster and backends) whose command line holds the mark, here the cluster name. */
export function postgresProcesses(mark: string): Process[] {
  return allProcesses().filter(({ command }) => command.includes(mark) && /^(\S*\/)?postgres[: ]/.test(command))
}

/** Sends a signal; false if the process is gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

function allProcesses(): Process[] {
  if (process.platform !== 'linux') {
    const lines = ps(['-axo', 'pid=,command='])?.split('\n') ?? []
    return lines.map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim().replace(/^\d+\s+/, '') }))
  }
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => ({ pid: Number(entry), command: readProc(`${entry}/cmdline`)?.replaceAll('\0', ' ') ?? '' }))
}

function readProc(path: string): string | null {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return null
  }
}

function ps(options: string[]): string | null {
  try {
    return execFileSync('ps', options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return null
  }
}
