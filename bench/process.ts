import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Another process of a bench, which has said in its first line of JSON what it is. */
export interface Started<T> {
  readonly pid: number
  readonly said: T
  /** Ends it. @returns what it said after the first line */
  stop(): Promise<readonly string[]>
}

/** Starts another process, and waits for its first line. */
export async function startProcess<T>(file: URL, ...args: readonly string[]): Promise<Started<T>> {
  const child = spawn(process.execPath, [fileURLToPath(file), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  // Also where the bench ends by an error.
  const end = () => child.kill('SIGTERM')
  process.once('exit', end)
  const lines = createInterface(child.stdout)
  const [first] = (await Promise.race([once(lines, 'line'), ended])) as [unknown]
  if (typeof first !== 'string') throw new Error(`${file.pathname} ended before it said anything`)
  const later: string[] = []
  lines.on('line', (line: string) => later.push(line))
  return {
    pid: child.pid ?? 0,
    said: JSON.parse(first) as T,
    async stop() {
      process.off('exit', end)
      end()
      await ended
      return later
    },
  }
}
