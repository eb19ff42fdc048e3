import type { ShieldReport } from '@art32/shield'
import type { TenantContext } from '../evidence/index.ts'
import { countsByType } from './pass.ts'
import * as store from './store.ts'
import type { PlanRow } from './store.ts'
import { ReportView } from './views.ts'
import type { Report } from './views.ts'

/** What a report says to what stands behind a measure. */
export interface ShieldedReport {
  /** Of the leaf that records it. */
  readonly commitment: Buffer
  /** Whether any value became a pseudonym. */
  readonly hasPseudonyms: boolean
}

/** A file that went through. */
interface Done {
  readonly id: string
  readonly kind: 'import' | 'filter'
  readonly plan: PlanRow
  /** Of the output. */
  readonly name: string
  readonly report: ShieldReport
  /** What of it is kept: hashes, in hexadecimal. */
  readonly files: readonly string[]
}

/**
 * Keeps the report of a run, and its leaf: plan, key and counts, never a value.
 *
 * @returns the report as it is shown, and the commitment of the leaf
 */
export async function record(
  tx: TenantContext,
  { id, kind, plan, name, report, files }: Done,
): Promise<{ readonly view: Report; readonly commitment: Buffer }> {
  const view = ReportView.parse(JSON.parse(JSON.stringify(report)))
  await store.saveImport(tx, {
    id,
    kind,
    plan_id: plan.id,
    name,
    records: report.records,
    bytes_in: report.bytesIn,
    bytes_out: report.bytesOut,
    report: view,
  })
  const { after } = await tx.append({
    type: 'shield.reported',
    about: { kind: 'shield', id },
    code: kind,
    content: {
      after: {
        plan: report.plan.sha256,
        keyId: report.keyId,
        records: report.records,
        counts: countsByType(report),
        warnings: report.warnings.length,
        files,
      },
    },
  })
  return { view, commitment: after ?? Buffer.alloc(0) }
}
