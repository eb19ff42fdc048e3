import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PlanError } from './plan.ts'
import { errorCode } from '../engine/reading.ts'

/** A folder of a drill's own, below the temporary one or the one of the plan. */
export type ScratchFolder = {
  readonly path: string
  /** A folder in it. */
  folder(name: string): string
  /** Notes a process, so that the next drill ends it where this one is killed. */
  note(pid: number): void
  /** @returns whether it is gone */
  remove(): Promise<boolean>
}

const prefix = 'art32-drill-'
/** Holds the process of the drill and those that it started, each with when it started. */
const ledger = 'processes'

/**
 * Makes the folder. What a killed drill left in the same place is removed first, and what it started is ended.
 *
 * @throws {PlanError} nothing can be written there
 */
export async function openScratchFolder(base = tmpdir()): Promise<ScratchFolder> {
  await sweep(base)
  let path: string
  try {
    path = mkdtempSync(join(base, prefix))
  } catch (cause) {
    throw new PlanError(`scratch.folder: nothing can be written there (${errorCode(cause)}).`, { cause })
  }
  const noted = join(path, ledger)
  writeFileSync(noted, lineOf(process.pid), { mode: 0o600 })
  return {
    path,
    folder(name) {
      const made = join(path, name)
      mkdirSync(made, { recursive: true, mode: 0o700 })
      return made
    },
    note: (pid) => appendFileSync(noted, lineOf(pid)),
    async remove() {
      await discard(path)
      return !existsSync(path)
    },
  }
}

async function sweep(base: string): Promise<void> {
  for (const path of leftBehind(base)) {
    const [owner, ...started] = readFileSync(join(path, ledger), 'utf8').split('\n').filter(Boolean)
    if (owner === undefined || isAlive(owner)) continue
    for (const one of started) if (isAlive(one)) end(Number.parseInt(one, 10))
    await discard(path)
  }
}

/** Folders of ours that hold the list. Links and folders of others are left alone. */
function leftBehind(base: string): string[] {
  const names = existsSync(base) ? readdirSync(base) : []
  return names
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(base, name))
    .filter((path) => {
      const found = lstatSync(path, { throwIfNoEntry: false })
      const isOurs = found?.isDirectory() === true && found.uid === (process.getuid?.() ?? found.uid)
      return isOurs && lstatSync(join(path, ledger), { throwIfNoEntry: false })?.isFile() === true
    })
}

/** Restored folders may forbid to be entered. */
async function discard(path: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 200 } as const
  // What cannot be removed is told by the caller, who looks.
  await rm(path, options).catch(() => undefined)
}

function end(pid: number): void {
  // Each was started as the leader of a group.
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL')
    } catch {
      // It is gone.
    }
  }
}

const lineOf = (pid: number) => `${pid} ${startOf(pid) ?? ''}\n`

function isAlive(line: string): boolean {
  const [pid = '', ...start] = line.split(' ')
  const found = startOf(Number(pid))
  return found !== null && found === start.join(' ')
}

/**
 * When a process started, so that another one of the same number is not taken for it; null: there is none. Beside Linux only the
 * number is known.
 *
 * @source proc_pid_stat(5), field 22
 */
function startOf(pid: number): string | null {
  if (process.platform !== 'linux') {
    try {
      return process.kill(pid, 0) ? '' : null
    } catch {
      return null
    }
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z' || state === 'X') return null
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[18] ?? ''}`
  } catch {
    return null
  }
}
