import { execFileSync } from 'node:child_process'

/** Whether programs can be run here: real peers that a test may use where they are installed. */
export const installed = (...programs: readonly string[]): boolean =>
  programs.every((program) => {
    try {
      execFileSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })

/** Whether the test may make devices and interfaces. */
export const isRoot = process.getuid?.() === 0

/** Runs a real peer and gives what it printed; what it complains of stays out of the report of the tests. */
export const call = (
  program: string,
  args: readonly string[],
  { env = {}, input = '' }: { env?: Readonly<Record<string, string>>; input?: string } = {},
): string =>
  execFileSync(program, args, {
    encoding: 'utf8',
    input,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
  }).trim()
