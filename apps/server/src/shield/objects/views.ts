import { z } from 'zod'
import { sayProblem } from './problem.ts'
import type { JobRow, ObjectRow, StoreRow } from './store.ts'
import { SumView } from './sum.ts'

/** A bucket as lists show it: never its access key. */
export const StoreView = z.object({
  storeId: z.uuid(),
  name: z.string(),
  endpoint: z.string(),
  region: z.string(),
  bucket: z.string(),
  addressing: z.enum(['path', 'host']),
  /** Whether its access key was left behind with another installation. */
  needsKey: z.boolean(),
  addedAt: z.iso.datetime(),
})

/** Why something did not go through. */
const ProblemView = z.object({ code: z.string(), en: z.string(), de: z.string() })

/** A job as lists show it. */
export const JobView = z.object({
  jobId: z.uuid(),
  storeName: z.string(),
  planId: z.uuid(),
  planName: z.string(),
  planVersion: z.int(),
  input: z.string(),
  output: z.string(),
  state: z.enum(['listing', 'running', 'stopped', 'done', 'cancelled']),
  /** Why it stopped, or waits for the store. */
  problem: ProblemView.nullable(),
  waiting: z.int(),
  done: z.int(),
  failed: z.int(),
  bytesDone: z.number(),
  bytesAll: z.number(),
  /** The object that is read just now. */
  at: z.object({ key: z.string(), bytes: z.number() }).nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
})

/** An object of a job. */
export const ObjectView = z.object({
  key: z.string(),
  outputKey: z.string(),
  bytes: z.number(),
  state: z.enum(['waiting', 'done', 'failed']),
  problem: ProblemView.nullable(),
  records: z.number().nullable(),
  bytesOut: z.number().nullable(),
  /** Of the output, in hexadecimal. */
  sha256: z.string().nullable(),
  warnings: z.number().nullable(),
})

/** The sum of what went through; null: the job did not end by itself, or nothing went through. */
export const SumShown = SumView.nullable()

export function viewStore(row: StoreRow): z.output<typeof StoreView> {
  return {
    storeId: row.id,
    name: row.name,
    endpoint: row.endpoint,
    region: row.region,
    bucket: row.bucket,
    addressing: row.addressing,
    needsKey: row.settings.length === 0,
    addedAt: row.added_at.toISOString(),
  }
}

export function viewJob(row: JobRow): z.output<typeof JobView> {
  return {
    jobId: row.id,
    storeName: row.store_name,
    planId: row.plan_id,
    planName: row.plan_name,
    planVersion: row.plan_version,
    input: row.input,
    output: row.output,
    state: row.state,
    problem: row.problem === null ? null : sayProblem(row.problem),
    waiting: row.waiting,
    done: row.done,
    failed: row.failed,
    bytesDone: row.bytes_done,
    bytesAll: row.bytes_all,
    at: row.at_key === null ? null : { key: row.at_key, bytes: row.at_bytes ?? 0 },
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}

/** What of a report stands beside an object's name. */
const Short = z.object({ records: z.number(), bytesOut: z.number(), warnings: z.array(z.unknown()) })

export function viewObject(row: ObjectRow): z.output<typeof ObjectView> {
  const report = row.report === null ? null : Short.parse(row.report)
  return {
    key: row.key,
    outputKey: row.output_key,
    bytes: row.bytes,
    state: row.state,
    problem: row.problem === null ? null : sayProblem(row.problem, row.problem_about ?? {}),
    records: report?.records ?? null,
    bytesOut: report?.bytesOut ?? null,
    sha256: row.sha256,
    warnings: report?.warnings.length ?? null,
  }
}
