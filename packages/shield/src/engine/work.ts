import { makeFields } from '../format/fields-make.ts'
import { makeFormat } from '../format/make.ts'
import type { Watch } from '../report/watch.ts'
import type { Counts } from './count.ts'
import { textEngineFor } from './detection.ts'
import type { Job } from './job.ts'
import { makeMeans } from './means.ts'
import { Transformer } from './transform.ts'

/** What one thread does for a job. */
export interface Work {
  readonly counts: Counts
  readonly watch: Watch
  /** The block without personal data, in `room` or, where that is too small, in a larger buffer. */
  block(bytes: Uint8Array, length: number, state: unknown, room: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>
}

export function makeWork(job: Job): Work {
  const format = makeFormat(job.plan.format, job.columns)
  const transformer = new Transformer(
    format,
    job.plan,
    makeMeans(job.key, job.plan),
    textEngineFor(job.plan, job.gazetteer),
  )
  const fields = makeFields()
  return {
    counts: transformer.counts,
    watch: transformer.watch,
    block(bytes, length, state, room) {
      format.read(bytes, length, state, fields)
      const out = { bytes: room, length: 0 }
      transformer.transform(fields, length, out)
      return out.bytes.subarray(0, out.length)
    },
  }
}
