/*
 * The thread behind `apart.ts`: gets one task, gives one answer.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { run } from '../engine/run.ts'
import type { KeyMaterial } from '../engine/job.ts'
import { ShieldError } from '../error.ts'
import { KeyError, type KeyErrorCode } from '../key/error.ts'
import type { FormatPlan, Plan } from '../plan/plan.ts'
import { firstRows } from './first-rows.ts'
import { openInput } from './input.ts'
import { profile } from './profile.ts'

/** What it is given. */
export type Task =
  | { readonly do: 'profile'; readonly bytes: Uint8Array; readonly format: FormatPlan | undefined }
  | { readonly do: 'run'; readonly bytes: Uint8Array; readonly plan: Plan; readonly key: KeyMaterial }
  | { readonly do: 'rows'; readonly bytes: Uint8Array; readonly plan: Plan; readonly most: number }

/** What it answers. */
export type Answer =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'error'; readonly message: string; readonly refused: 'file' | KeyErrorCode | null }

const port = parentPort
if (port !== null) {
  const answer = (said: Answer) => port.postMessage(said)
  try {
    answer({ kind: 'done', value: await done(workerData as Task) })
  } catch (error) {
    const refused = error instanceof ShieldError ? 'file' : error instanceof KeyError ? error.code : null
    // A fault's own words may quote what it was working on.
    const fault = `the shield made a mistake (${error instanceof Error ? error.name : typeof error})`
    answer({ kind: 'error', message: refused !== null && error instanceof Error ? error.message : fault, refused })
  }
}

async function done(task: Task): Promise<unknown> {
  switch (task.do) {
    case 'profile':
      return await profile(await openInput(once(task.bytes), { format: task.format }), undefined)
    case 'rows':
      return await firstRows(await openInput(once(task.bytes), { format: task.plan.format }), task.plan, task.most)
    case 'run': {
      const { plan, key } = task
      const { begun } = await openInput(once(task.bytes), { format: plan.format })
      const parts: Uint8Array[] = []
      const sink = async (bytes: Uint8Array) => void (await Promise.resolve(parts.push(bytes.slice())))
      const outcome = await run({ input: begun, plan, key, sink, threads: 0 })
      return { outcome, bytes: new Uint8Array(Buffer.concat(parts)) }
    }
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}
