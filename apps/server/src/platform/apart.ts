import { spawn } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { defineErrors } from '../kernel/index.ts'

/** Why a helper did nothing at all. */
export const apartErrors = defineErrors('apart', {
  not_started: {
    status: 500,
    en: 'A helper of art32 cannot be started on this machine; a library that Node.js needs may be missing where the system looks for it by itself.',
    de: 'Ein Hilfsprogramm von art32 lässt sich auf dieser Maschine nicht starten; vielleicht fehlt eine Bibliothek, die Node.js braucht, dort, wo das System von selbst sucht.',
  },
})

/** What the loader of the system ends a program with whose libraries it does not find. */
const notLoaded = 127

/** How a process apart ended. */
export interface Ended {
  readonly ok: boolean
  readonly output: Buffer
  /** What it said on standard error; may hold data: never log it. */
  readonly problem: string
}

/**
 * Runs one of the server's own programs in a process of its own, without our environment, bounded in memory and time: what
 * keeps a core busy, or meets somebody else's bytes, is neither felt nor feared by the server.
 *
 * @param program file beside this one
 * @throws {apart.not_started} where the system could not start it: not the fault of what it was to read
 * @param limits memory of JavaScript in MiB; time in milliseconds, after which it is killed
 */
export async function runApart(
  program: string,
  input: string | Uint8Array,
  args: readonly string[],
  limits: { memoryMiB: number; timeMs: number },
): Promise<Ended> {
  const file = fileURLToPath(new URL(program, import.meta.url))
  const child = spawn(process.execPath, [`--max-old-space-size=${limits.memoryMiB}`, file, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: limits.timeMs,
    killSignal: 'SIGKILL',
    env: compiled(),
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) => reject(apartErrors.not_started({}, { cause })))
    child.once('close', resolve)
  })
  // A process that ends early closes its input; what it says on standard error is the reason.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [output, problem, code] = await Promise.all([buffer(child.stdout), buffer(child.stderr), ended])
  if (code === notLoaded) throw apartErrors.not_started()
  return { ok: code === 0, output, problem: problem.toString('utf8').slice(0, 2_000) }
}

/** Where we keep what Node.js made of our sources it finds its own: most of such a short life is reading types away. */
function compiled(): Record<string, string> {
  const folder = getCompileCacheDir()
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) }
}
