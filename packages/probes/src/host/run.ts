import { execFile } from 'node:child_process'
import { Unreadable, errorCode } from '../engine/reading.ts'

/** What a program printed. A status other than zero is no error by itself: some programs answer by status. */
export type Printed = { readonly status: number; readonly stdout: string }

/** Programs of the system only, without a shell, in plain English; each gets ten seconds. */
const options = {
  timeout: 10_000,
  maxBuffer: 16_777_216,
  env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', LANG: 'C' },
} as const

/**
 * Runs a program that only reads.
 *
 * @throws {Unreadable} `not-configured`: the program is not there; `unreachable`: it did not end in time
 */
export function run(program: string, args: readonly string[], signal: AbortSignal): Promise<Printed> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { ...options, signal }, (error, stdout) => {
      const code = errorCode(error)
      if (error === null) resolve({ status: 0, stdout })
      else if (code === 'ENOENT') reject(new Unreadable('not-configured', `the program ${program} is not installed`))
      else if (code === 'EACCES') reject(new Unreadable('denied', `the program ${program} may not be run`))
      else if (typeof error.code === 'number') resolve({ status: error.code, stdout })
      else reject(new Unreadable('unreachable', `the program ${program} did not end in time`))
    })
  })
}
