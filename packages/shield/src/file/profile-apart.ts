import { Worker } from 'node:worker_threads'
import { ShieldError } from '../error.ts'
import type { FormatPlan, Plan } from '../plan/plan.ts'
import type { Profiled, Sample } from './profile-worker.ts'

/** A sample that takes longer was made to take long. */
const LONGEST_MS = 30_000

/**
 * Writes a plan for a file by its first bytes, in a thread of its own: looking at a megabyte takes a moment in which a server has others to
 * answer. The bytes are copied and gone with the thread.
 *
 * @param sample the beginning of the file, up to a megabyte; compressed where the file is
 * @param format where it is known and must not be found out
 * @throws ShieldError where it cannot be read, or takes longer than half a minute
 */
export async function profileApart(sample: Uint8Array, format?: FormatPlan): Promise<Plan> {
  const workerData: Sample = { bytes: sample, format }
  const worker = new Worker(new URL('profile-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 192 },
  })
  try {
    return await new Promise<Plan>((resolve, reject) => {
      const late = setTimeout(() => reject(new ShieldError('The file takes too long to look at.')), LONGEST_MS)
      late.unref()
      worker.on('message', (answer: Profiled) => {
        clearTimeout(late)
        if (answer.kind === 'plan') resolve(answer.plan)
        else reject(answer.refused ? new ShieldError(answer.message) : new Error(answer.message))
      })
      worker.on('error', reject)
      worker.on('exit', () => reject(new Error('a thread of the shield ended before its time')))
    })
  } finally {
    await worker.terminate()
  }
}
