/*
 * A worker of `run`: gets blocks, gives blocks. Started as a thread of its own, with the job as its data; the key comes with
 * it and stays in memory.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { ShieldError } from '../error.ts'
import type { Watched } from '../report/watch.ts'
import type { Counts } from './count.ts'
import type { Job } from './job.ts'
import { makeWork } from './work.ts'

/** What a worker answers. Buffers are handed over, not copied. */
export type Answer =
  | {
      readonly kind: 'block'
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly records: number
      readonly spare: ArrayBufferLike
    }
  | { readonly kind: 'counts'; readonly counts: Counts; readonly watched: Watched }
  | { readonly kind: 'error'; readonly message: string; readonly refused: boolean }

/** What it is asked: a block, or, at the end, what it counted. */
export type Question =
  | {
      readonly kind: 'block'
      readonly bytes: Uint8Array
      readonly length: number
      readonly state: unknown
      readonly room: Uint8Array<ArrayBuffer>
    }
  | { readonly kind: 'counts' }

const port = parentPort
if (port !== null) {
  const work = makeWork(workerData as Job)
  port.on('message', (question: Question) => {
    try {
      if (question.kind === 'counts')
        port.postMessage({ kind: 'counts', counts: work.counts, watched: work.watch.state() } satisfies Answer)
      else {
        const before = work.counts.records
        const bytes = work.block(question.bytes, question.length, question.state, question.room)
        const spare = question.bytes.buffer
        const answer = { kind: 'block', bytes, records: work.counts.records - before, spare } satisfies Answer
        port.postMessage(answer, [bytes.buffer, ...(spare instanceof ArrayBuffer ? [spare] : [])])
      }
    } catch (error) {
      const refused = error instanceof ShieldError
      // A fault's own words may quote what it was working on.
      const message = refused
        ? error.message
        : `the shield made a mistake (${error instanceof Error ? error.name : typeof error})`
      port.postMessage({ kind: 'error', message, refused } satisfies Answer)
    }
  })
}
