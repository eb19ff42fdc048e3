import { Worker } from 'node:worker_threads'
import { ShieldError } from '../error.ts'
import { Watch } from '../report/watch.ts'
import type { Block } from '../input/block.ts'
import type { Buffers } from '../input/buffers.ts'
import { addCounts, type Counts, noCounts } from './count.ts'
import type { Job } from './job.ts'
import { makeWork } from './work.ts'
import type { Answer, Question } from './worker.ts'

/** A block that was worked on. */
export interface Done {
  readonly bytes: Uint8Array
  readonly records: number
}

/** What was counted in a whole run. */
export interface Counted {
  readonly counts: Counts
  readonly watch: Watch
}

/** Threads that work on blocks. */
export interface Pool {
  /** How many blocks may be under way so that nobody waits. */
  readonly depth: number
  work(block: Block): Promise<Done>
  /** All that was counted and seen; when everything is done. */
  counted(): Promise<Counted>
  close(): Promise<void>
}

/** No thread at all: for what is small, where a thread costs more than the work. */
export function inlinePool(job: Job, buffers: Buffers): Pool {
  const work = makeWork(job)
  return {
    depth: 1,
    work: async (block) => {
      const before = work.counts.records
      const bytes = work.block(block.bytes, block.length, block.state, buffers.take(block.length * 2))
      buffers.give(block.bytes.buffer)
      return await Promise.resolve({ bytes, records: work.counts.records - before })
    },
    counted: async () => await Promise.resolve(work),
    close: async () => {},
  }
}

/** @param threads how many, one or more */
export function threadPool(job: Job, threads: number, buffers: Buffers): Pool {
  const members = Array.from({ length: threads }, () => member(job))
  let turn = 0
  return {
    depth: threads * 2,
    async work(block) {
      const one = members[turn % threads]
      turn += 1
      if (one === undefined) throw new Error('a pool has a member')
      // A view of a buffer goes over whole; what is left of it behind the block was copied before.
      const { bytes, length, state } = block
      const room = buffers.take(length * 2)
      const answer = await one.ask({ kind: 'block', bytes, length, state, room }, [bytes.buffer, room.buffer])
      if (answer.kind !== 'block') throw new Error('a block is answered by a block')
      buffers.give(answer.spare)
      return answer
    },
    async counted() {
      const sum = { counts: noCounts(), watch: new Watch(job.plan) }
      for (const one of members) {
        const answer = await one.ask({ kind: 'counts' }, [])
        if (answer.kind !== 'counts') continue
        addCounts(sum.counts, answer.counts)
        sum.watch.take(answer.watched)
      }
      return sum
    },
    close: async () => {
      await Promise.all(members.map(async (one) => await one.close()))
    },
  }
}

interface Member {
  ask(question: Question, handed: readonly ArrayBufferLike[]): Promise<Answer>
  close(): Promise<void>
}

function member(job: Job): Member {
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: job,
    // What a block leaves behind is little; room for more would only be filled.
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 },
  })
  const waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = []
  let broken: Error | undefined
  worker.on('message', (answer: Answer) => {
    const next = waiting.shift()
    if (answer.kind === 'error') {
      next?.reject(answer.refused ? new ShieldError(answer.message) : new Error(answer.message))
    } else next?.resolve(answer)
  })
  const end = (error: Error) => {
    broken = error
    for (const { reject } of waiting.splice(0)) reject(error)
  }
  worker.on('error', end)
  worker.on('exit', () => end(broken ?? new Error('a thread of the shield ended before its time')))
  return {
    ask: async (question, handed) =>
      await new Promise((resolve, reject) => {
        if (broken !== undefined) {
          reject(broken)
          return
        }
        waiting.push({ resolve, reject })
        worker.postMessage(
          question,
          handed.filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer),
        )
      }),
    close: async () => {
      await worker.terminate()
    },
  }
}
