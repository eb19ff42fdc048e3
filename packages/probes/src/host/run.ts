import { execFile } from 'node:child_process'
import { Unreadable, errorCode } from '../engine/reading.ts'

/** What a program printed. A status other than zero is no error by itself: some programs answer by status. */
export type Printed = { readonly status: number; readonly stdout: string; readonly stderr: string }

/** What a program is given beside its arguments. */
export type Given = {
  /** Added to the environment: the only way in which a program gets a credential. */
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  readonly maxBytes?: number
}

/** Programs of the system only, in plain English, with times in UTC. */
const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', LANG: 'C', TZ: 'UTC' } as const

/**
 * Runs a program that only reads, without a shell; it gets ten seconds unless told.
 *
 * @throws {Unreadable} `not-configured`: the program is not there; `unreachable`: it did not end in time;
 *   `incomplete`: it prints more than is read
 */
export function run(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
  { env = {}, timeoutMs = 10_000, maxBytes = 16_777_216 }: Given = {},
): Promise<Printed> {
  const options = { env: { ...environment, ...env }, timeout: timeoutMs, maxBuffer: maxBytes, signal }
  return new Promise((resolve, reject) => {
    const child = execFile(program, [...args], options, (error, stdout, stderr) => {
      const code = errorCode(error)
      if (error === null) resolve({ status: 0, stdout, stderr })
      else if (code === 'ENOENT') reject(new Unreadable('not-configured', `the program ${program} is not installed`))
      else if (code === 'EACCES') reject(new Unreadable('denied', `the program ${program} may not be run`))
      else if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
        reject(new Unreadable('incomplete', `the program ${program} prints more than is read`))
      else if (typeof error.code === 'number') resolve({ status: error.code, stdout, stderr })
      else reject(new Unreadable('unreachable', `the program ${program} did not end in time`))
    })
    // A program that asks gets no answer, at once.
    child.stdin?.end()
  })
}
