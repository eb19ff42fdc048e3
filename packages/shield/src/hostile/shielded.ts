import { createSecretKey } from 'node:crypto'
import { run } from '../engine/run.ts'
import { openInput } from '../file/input.ts'
import { readPlan } from '../plan/plan.ts'

const secret = createSecretKey(new Uint8Array(32).fill(7))

/** The bytes in pieces of this many. */
export async function* pieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

/** What comes out of an input that somebody else made. @param plan YAML, behind its first line */
export async function shielded(
  input: string | Uint8Array | AsyncIterable<Uint8Array>,
  plan: string,
  longestRecord?: number,
) {
  const out: Uint8Array[] = []
  const read = readPlan(`plan: art32.shield/1\n${plan}`, 'plan')
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
  const opened = await openInput(bytes instanceof Uint8Array ? pieces(bytes) : bytes, read)
  const outcome = await run({
    input: opened.begun,
    plan: read,
    key: { secret, tenant: 'example', document: new Uint8Array(16) },
    threads: 0,
    longestRecord,
    sink: async (piece) => {
      out.push(Uint8Array.from(piece))
      await Promise.resolve()
    },
  })
  const whole = Buffer.concat(out)
  return { bytes: whole, text: whole.toString(), ...outcome }
}

/** A plan for a table of these columns; each `name: step`. */
export const csvPlan = (...columns: readonly string[]): string =>
  `format: { kind: csv, delimiter: ',' }\ncolumns:\n${columns.map((column) => `  ${column}\n`).join('')}`
