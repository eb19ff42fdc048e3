import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Ran } from './terminal.ts'

/** The command line as a person starts it. */
export const mainFile = fileURLToPath(new URL('../main.ts', import.meta.url))

/** Runs the command line as a process of its own. */
export async function runChild(args: readonly string[], environment: Record<string, string> = {}): Promise<Ran> {
  const child = spawn(process.execPath, [mainFile, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => out.push(part))
  child.stderr.on('data', (part: Buffer) => err.push(part))
  const exit = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? -1))
  })
  return { exit, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }
}
