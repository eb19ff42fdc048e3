import { spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { EditionDocument } from '@art32/press'
import { bug } from '../kernel/index.ts'

const program = fileURLToPath(new URL('typeset-process.ts', import.meta.url))
const limitMs = 120_000

/**
 * Sets an edition as PDF in a process of its own: typesetting keeps a core busy and leaves a hundred megabytes behind,
 * and neither may be felt by whoever uses the server meanwhile.
 */
export async function typeset(edition: EditionDocument): Promise<Buffer> {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'pipe'], timeout: limitMs, env: {} })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  // A process that ends early closes its input; what it says on standard error is the reason.
  child.stdin.on('error', () => undefined)
  child.stdin.end(JSON.stringify(edition))
  const [pdf, problem, code] = await Promise.all([buffer(child.stdout), buffer(child.stderr), ended])
  if (code !== 0) throw bug('an edition could not be set as PDF', new Error(problem.toString('utf8').slice(0, 2_000)))
  return pdf
}
