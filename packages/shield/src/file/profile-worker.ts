/*
 * The thread behind `profileApart`: gets a sample, gives a plan.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { ShieldError } from '../error.ts'
import type { FormatPlan, Plan } from '../plan/plan.ts'
import { openInput } from './input.ts'
import { profile } from './profile.ts'

/** What it is given. */
export interface Sample {
  readonly bytes: Uint8Array
  readonly format: FormatPlan | undefined
}

/** What it answers. */
export type Profiled =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'error'; readonly message: string; readonly refused: boolean }

const port = parentPort
if (port !== null) {
  const answer = (said: Profiled) => port.postMessage(said)
  const { bytes, format } = workerData as Sample
  try {
    const input = await openInput(once(bytes), { format })
    answer({ kind: 'plan', plan: await profile(input, undefined) })
  } catch (error) {
    const refused = error instanceof ShieldError
    // A fault's own words may quote what it was working on.
    const name = error instanceof Error ? error.name : typeof error
    answer({ kind: 'error', message: refused ? error.message : `the shield made a mistake (${name})`, refused })
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}
