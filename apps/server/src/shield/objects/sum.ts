import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { TenantContext } from '../../evidence/index.ts'
import { ReportView } from '../views.ts'
import type { Report } from '../views.ts'
import * as store from './store.ts'

const Count = z.number()

/** art32.shield-job/1: what the reports of all objects that went through say together; numbers and the names of columns, never a value. */
export const SumView = z.object({
  schema: z.literal('art32.shield-job/1'),
  plan: z.string(),
  keyId: z.string(),
  objects: Count,
  records: Count,
  bytesIn: Count,
  bytesOut: Count,
  /** What was changed or found, by type. */
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string().nullable(),
      did: z.string(),
      values: Count,
      changed: Count,
      unreadable: Count,
      quarantined: Count,
      found: z.record(z.string(), Count),
    }),
  ),
  /** Warnings by their code: in how many objects. */
  warnings: z.record(z.string(), Count),
  /** SHA-256 over the hashes of all outputs in the order of their names, in hexadecimal. */
  outputs: z.string(),
})

/** A sum as it is kept. */
export type Sum = z.output<typeof SumView>
type Column = Sum['columns'][number]

/** More names of columns than this are not told apart: objects of a folder have the same ones, or nobody reads the sum. */
const mostColumns = 2_000

/** Adds up the reports of a job, page by page. null: no object went through. */
export async function sumOf(tx: TenantContext, jobId: string): Promise<Sum | null> {
  const outputs = createHash('sha256')
  const columns = new Map<string, Column>()
  const sum = { objects: 0, records: 0, bytesIn: 0, bytesOut: 0 }
  const warnings: Record<string, number> = {}
  let last: Report | undefined
  let after = ''
  for (;;) {
    const page = await store.listDone(tx, jobId, after)
    for (const { report, sha256 } of page) {
      last = ReportView.parse(report)
      outputs.update(sha256 ?? '')
      sum.objects += 1
      sum.records += last.records
      sum.bytesIn += last.bytesIn
      sum.bytesOut += last.bytesOut
      for (const column of last.columns) addColumn(columns, column)
      for (const code of new Set(last.warnings.map((one) => one.code))) warnings[code] = (warnings[code] ?? 0) + 1
    }
    const next = page.at(-1)?.key
    if (next === undefined) break
    after = next
  }
  if (last === undefined) return null
  return {
    schema: 'art32.shield-job/1',
    plan: last.plan.sha256,
    keyId: last.keyId,
    ...sum,
    columns: [...columns.values()],
    warnings,
    outputs: outputs.digest('hex'),
  }
}

function addColumn(columns: Map<string, Column>, one: Report['columns'][number]): void {
  const { name, type, did } = one
  const known = columns.get(name)
  if (known === undefined && columns.size >= mostColumns) return
  const to = known ?? { name, type, did, values: 0, changed: 0, unreadable: 0, quarantined: 0, found: {} }
  const found = { ...to.found }
  for (const [of, count] of Object.entries(one.found)) found[of] = (found[of] ?? 0) + count
  columns.set(name, {
    ...to,
    values: to.values + one.values,
    changed: to.changed + one.changed,
    unreadable: to.unreadable + one.unreadable,
    quarantined: to.quarantined + one.quarantined,
    found,
  })
}
