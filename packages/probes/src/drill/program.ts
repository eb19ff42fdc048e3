import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Unreadable, errorCode } from '../engine/reading.ts'
import type { ScratchFolder } from './scratch-folder.ts'

/** What programs of a drill share. */
export type Tools = {
  readonly folder: ScratchFolder
  /** Aborted when the time is over, or something else ended the drill. */
  readonly signal: AbortSignal
}

/** What a program is given beside its arguments. */
export type Given = {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly input?: Readable
  /** Ends it alone. Milliseconds. */
  readonly timeoutMs?: number
}

/** What a program said; of the errors the end. */
export type Said = { readonly status: number; readonly stdout: string; readonly stderr: string }

/** Listings of large repositories; beyond, nothing is understood. */
const mostPrinted = 67_108_864
const mostHeard = 65_536

/** What programs may know of this process: where programs lie, whose home it is, and how its agent of SSH is reached. */
const passed = ['PATH', 'HOME', 'SSH_AUTH_SOCK', 'SSL_CERT_FILE', 'TMPDIR'] as const

/** The environment of a program: nothing of ours but a few names, times in UTC, plain English. */
export function environmentFor(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const own = passed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]))
  return { ...Object.fromEntries(own), LC_ALL: 'C', LANG: 'C', TZ: 'UTC', ...more }
}

/**
 * Runs a program, never through a shell, in a group of its own that ends with the drill.
 *
 * @throws {Unreadable} it is not there, or did not end in its own time
 */
export async function runTool(
  program: string,
  args: readonly string[],
  { folder, signal }: Tools,
  { env = {}, cwd = folder.path, input, timeoutMs }: Given = {},
): Promise<Said> {
  signal.throwIfAborted()
  const own = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)
  const child = spawn(program, [...args], {
    cwd,
    env: environmentFor(env),
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const pid = child.pid
  if (pid !== undefined) folder.note(pid)
  const stop = () => {
    if (pid === undefined) return
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // It ended meanwhile.
    }
  }
  for (const one of [signal, own]) one?.addEventListener('abort', stop, { once: true })
  try {
    const stdout: Buffer[] = []
    let printed = 0
    let stderr = ''
    child.stdout?.on('data', (part: Buffer) => {
      printed += part.length
      if (printed <= mostPrinted) stdout.push(part)
    })
    child.stderr?.on('data', (part: Buffer) => {
      stderr = `${stderr}${part.toString()}`.slice(-mostHeard)
    })
    // A program that refuses its input says why by itself; an input that ends too early is told by whoever reads it.
    const fed =
      input && child.stdin
        ? pipeline(input, child.stdin).then(
            () => null,
            (error: unknown) => (error instanceof Error ? error : new Error('the input broke', { cause: error })),
          )
        : null
    const status = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => resolve(code ?? 128))
    })
    signal.throwIfAborted()
    if (own?.aborted === true) throw new Unreadable('unreachable', `the program ${nameOf(program)} did not end in time`)
    if (printed > mostPrinted)
      throw new Unreadable('incomplete', `the program ${nameOf(program)} prints more than is read`)
    const broken = await fed
    if (broken !== null && errorCode(broken) !== 'EPIPE') throw broken
    return { status, stdout: Buffer.concat(stdout).toString(), stderr }
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') throw new Unreadable('not-configured', `the program ${nameOf(program)} is not installed`)
    if (code === 'EACCES') throw new Unreadable('denied', `the program ${nameOf(program)} may not be run`)
    throw error
  } finally {
    for (const one of [signal, own]) one?.removeEventListener('abort', stop)
  }
}

const nameOf = (program: string) => program.slice(program.lastIndexOf('/') + 1)
