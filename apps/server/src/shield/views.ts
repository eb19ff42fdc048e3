import { z } from 'zod'
import type { ImportRow, PlanRow } from './store.ts'

/** A version of a plan as lists show it. */
export const PlanView = z.object({
  planId: z.uuid(),
  name: z.string(),
  version: z.int(),
  sha256: z.string(),
  savedAt: z.iso.datetime(),
})

/** A file that went through, as lists show it. */
export const ImportView = z.object({
  importId: z.uuid(),
  /** `filter`: what came out went back to whoever sent it, and is not here. */
  kind: z.enum(['import', 'filter']),
  planId: z.uuid(),
  planName: z.string(),
  planVersion: z.int(),
  name: z.string(),
  records: z.number(),
  bytesIn: z.number(),
  bytesOut: z.number(),
  doneAt: z.iso.datetime(),
})

const Count = z.number()

/** art32.shield-report/1: numbers and the names of columns, never a value. */
export const ReportView = z.object({
  schema: z.literal('art32.shield-report/1'),
  plan: z.object({ sha256: z.string(), domain: z.string(), epoch: Count }),
  keyId: z.string(),
  document: z.string(),
  records: Count,
  bytesIn: Count,
  bytesOut: Count,
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string().nullable(),
      confidence: Count.nullable(),
      did: z.string(),
      values: Count,
      empty: Count,
      changed: Count,
      unreadable: Count,
      quarantined: Count,
      found: z.record(z.string(), Count),
    }),
  ),
  unknown: z.array(z.string()),
  missing: z.array(z.string()),
  /** What is left to be guessed: k-anonymity, spreads. */
  residual: z.looseObject({ classes: z.looseObject({ smallest: Count.nullable(), unique: Count }).optional() }),
  warnings: z.array(z.object({ code: z.string(), column: z.string().optional(), figure: Count.optional() })),
  statement: z.object({ en: z.string(), de: z.string() }),
})

/** A report as it is shown. */
export type Report = z.output<typeof ReportView>

export function viewPlan({ id, name, version, sha256, saved_at: at }: PlanRow): z.output<typeof PlanView> {
  return { planId: id, name, version, sha256, savedAt: at.toISOString() }
}

export function viewImport(row: ImportRow): z.output<typeof ImportView> {
  return {
    importId: row.id,
    kind: row.kind,
    planId: row.plan_id,
    planName: row.plan_name,
    planVersion: row.plan_version,
    name: row.name,
    records: row.records,
    bytesIn: row.bytes_in,
    bytesOut: row.bytes_out,
    doneAt: row.done_at.toISOString(),
  }
}
