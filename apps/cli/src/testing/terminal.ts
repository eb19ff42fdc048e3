import { PassThrough } from 'node:stream'
import { run } from '../program.ts'
import type { Terminal } from '../terminal.ts'

/** What a command printed and how it ended. */
export interface Ran {
  readonly exit: number | undefined
  readonly out: string
  readonly err: string
}

/** Runs a command in this process; `typed` is what stdin holds. */
export async function runHere(
  args: readonly string[],
  options: { readonly environment?: Record<string, string>; readonly typed?: string; readonly isLive?: boolean } = {},
): Promise<Ran> {
  const out: string[] = []
  const err: string[] = []
  const input = new PassThrough()
  input.end(options.typed ?? '')
  const terminal: Terminal = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    isLive: options.isLive ?? false,
    columns: 100,
    environment: options.environment ?? {},
    input: Object.assign(input, { isTTY: false }) as unknown as NodeJS.ReadStream,
  }
  return { exit: await run(args, terminal), out: out.join(''), err: err.join('') }
}
