import { Worker } from 'node:worker_threads'
import { KeyError } from '../key/error.ts'
import { ShieldError } from '../error.ts'
import type { Outcome } from '../engine/run.ts'
import type { KeyMaterial } from '../engine/job.ts'
import type { FormatPlan, Plan } from '../plan/plan.ts'
import type { Answer, Task } from './apart-worker.ts'
import type { FirstRows } from './first-rows.ts'

/** What takes longer was made to take long. */
const LOOK_MS = 30_000
const RUN_MS = 300_000
/** A workbook is held whole, as cells. */
const LOOK_MIB = 192
const WHOLE_MIB = 1_024

/**
 * Writes a plan for a file by its first bytes, in a thread of its own: looking at a megabyte takes a moment in which a server has others to
 * answer. The bytes are copied and gone with the thread.
 *
 * @param sample the beginning of the file, up to a megabyte, compressed where the file is; of a workbook or a Parquet file all of it
 * @param format where it is known and must not be found out
 * @throws ShieldError where it cannot be read, is too large, or takes longer than half a minute
 */
export async function profileApart(sample: Uint8Array, format?: FormatPlan): Promise<Plan> {
  return await apart({ do: 'profile', bytes: sample, format }, LOOK_MS, WHOLE_MIB)
}

/**
 * `run` of a whole workbook or Parquet file, which is one thread's work, in a thread that is not this one.
 *
 * @throws ShieldError where it is not what the plan says, is too large, or takes longer than five minutes
 */
export async function runApart(
  bytes: Uint8Array,
  plan: Plan,
  key: KeyMaterial,
): Promise<{ readonly outcome: Outcome; readonly bytes: Uint8Array }> {
  return await apart({ do: 'run', bytes, plan, key }, RUN_MS, WHOLE_MIB)
}

/**
 * The first records of a whole workbook or Parquet file as text, in a thread of its own.
 *
 * @throws ShieldError where it cannot be read, is too large, or takes longer than half a minute
 */
export async function firstRowsApart(bytes: Uint8Array, plan: Plan, most: number): Promise<FirstRows> {
  return await apart({ do: 'rows', bytes, plan, most }, LOOK_MS, LOOK_MIB)
}

function refusalOf({ refused, message }: Extract<Answer, { kind: 'error' }>): Error {
  if (refused === null) return new Error(message)
  return refused === 'file' ? new ShieldError(message) : new KeyError(refused, message)
}

async function apart<T>(task: Task, longestMs: number, memoryMiB: number): Promise<T> {
  const worker = new Worker(new URL('apart-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
  })
  try {
    return await new Promise<T>((resolve, reject) => {
      const late = setTimeout(() => reject(new ShieldError('The file takes too long to look at.')), longestMs)
      late.unref()
      worker.on('message', (answer: Answer) => {
        clearTimeout(late)
        if (answer.kind === 'done') resolve(answer.value as T)
        else reject(refusalOf(answer))
      })
      worker.on('error', (error: Error & { code?: string }) => {
        const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        reject(isFull ? new ShieldError('The file takes too much memory. Save its sheets as CSV.') : error)
      })
      worker.on('exit', () => reject(new Error('a thread of the shield ended before its time')))
    })
  } finally {
    await worker.terminate()
  }
}
