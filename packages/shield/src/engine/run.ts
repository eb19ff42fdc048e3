import { headerOf } from '../format/csv-header.ts'
import { surplusColumn } from '../format/csv.ts'
import { beyondColumn, keysColumn } from '../format/json-path.ts'
import { makeFormat } from '../format/make.ts'
import { isRowKind } from '../format/rows.ts'
import { Buffers } from '../input/buffers.ts'
import { blocksOf } from '../input/block.ts'
import { statementsColumn } from '../format/sql.ts'
import { readGazetteer } from '../names/gazetteer.ts'
import type { Begun } from '../input/open.ts'
import type { Plan } from '../plan/plan.ts'
import type { Counts } from './count.ts'
import type { KeyMaterial } from './job.ts'
import type { VerificationState } from '../report/verification.ts'
import type { Watch } from '../report/watch.ts'
import { refuseData } from './header-data.ts'
import { type Counted, type Done, inlinePool, type Pool, threadPool } from './pool.ts'

/** Where the output goes; called one after the other, in order. The bytes are used again once it is done. */
export type Sink = (bytes: Uint8Array) => Promise<void>

/** What a run works on, with what. */
export interface RunOptions {
  /** The input, decompressed and in UTF-8; begun with at least the whole header. */
  readonly input: Begun
  readonly sink: Sink
  readonly plan: Plan
  readonly key: KeyMaterial
  /** How many threads work besides this one; 0: this one does. */
  readonly threads: number
  /** Of one record in bytes. */
  readonly longestRecord?: number | undefined
  /** Told after each block how many bytes were read and records written. */
  readonly progress?: ((bytes: number, records: number) => void) | undefined
}

/** Columns that are the shield's own, not the input's. */
const ownColumns = new Set([surplusColumn, keysColumn, beyondColumn, statementsColumn])

/** What a run did. */
export interface Outcome {
  readonly counts: Counts
  /** What is left to be guessed. */
  readonly residual: ReturnType<Watch['summary']>
  /** What a second look at the output saw. */
  readonly verification: VerificationState
  /** Columns that the plan names and the input did not have. */
  readonly missing: readonly string[]
  /** Columns that the input had and the plan does not name. */
  readonly unknown: readonly string[]
}

export const LONGEST_RECORD = 16 * 1024 * 1024

/**
 * Reads, transforms and writes block by block, in constant memory, in order.
 *
 * @throws ShieldError where the input is not what the plan says, or damaged; what was written so far is not to be used
 */
export async function run(options: RunOptions): Promise<Outcome> {
  const { input, plan, sink, threads } = options
  if (isRowKind(plan.format.kind)) return await rows(plan.format.kind, options)
  const header = plan.format.kind === 'csv' ? headerOf(input, plan.format) : undefined
  if (header !== undefined) refuseData(header.columns, header.columns, plan)
  const columns = header?.columns ?? Object.keys(plan.columns)
  if (header !== undefined) await sink(input.head.subarray(0, header.end))
  const format = makeFormat(plan.format, columns)
  const begun = { bytes: input.head, length: input.length, skip: header?.end ?? 0 }
  const buffers = new Buffers(threads * 4 + 2)
  const blocks = blocksOf(input.source, format, begun, options.longestRecord ?? LONGEST_RECORD, buffers)
  const job = { plan, columns, key: options.key, gazetteer: readGazetteer() }
  const pool = threads === 0 ? inlinePool(job, buffers) : threadPool(job, threads, buffers)
  try {
    await pump(blocks, pool, sink, buffers, options.progress)
    const counted = await pool.counted()
    counted.counts.bytesIn += header?.end ?? 0
    counted.counts.bytesOut += header?.end ?? 0
    return outcome(counted, plan, header?.columns)
  } finally {
    await pool.close()
    await input.source.close()
  }
}

async function rows(kind: 'xlsx' | 'parquet', options: RunOptions): Promise<Outcome> {
  try {
    // The libraries for these files are some hundred modules, of which a table of text needs none.
    const { runRows } = await import('./run-rows.ts')
    const done = await runRows(kind, { ...options, longestRecord: options.longestRecord ?? LONGEST_RECORD })
    return outcome(done, options.plan, done.columns)
  } finally {
    await options.input.source.close()
  }
}

async function pump(
  blocks: ReturnType<typeof blocksOf>,
  pool: Pool,
  sink: Sink,
  buffers: Buffers,
  progress: RunOptions['progress'],
): Promise<void> {
  const underWay: Promise<Done>[] = []
  let records = 0
  const writeOldest = async () => {
    const oldest = await underWay.shift()
    if (oldest === undefined) return
    await sink(oldest.bytes)
    buffers.give(oldest.bytes.buffer)
    records += oldest.records
    progress?.(blocks.read, records)
  }
  try {
    for (;;) {
      const block = await blocks.next()
      if (block === undefined) break
      underWay.push(pool.work(block))
      if (underWay.length >= pool.depth) await writeOldest()
    }
    while (underWay.length > 0) await writeOldest()
  } catch (error) {
    await Promise.allSettled(underWay)
    throw error
  }
}

function outcome({ counts, watch }: Counted, plan: Plan, header: readonly string[] | undefined): Outcome {
  const seen = header ?? Object.keys(counts.columns).filter((name) => !ownColumns.has(name))
  return {
    counts,
    residual: watch.summary(),
    verification: watch.verification.state(),
    missing: Object.keys(plan.columns).filter((name) => !seen.includes(name)),
    unknown: seen.filter((name) => !Object.hasOwn(plan.columns, name)),
  }
}
