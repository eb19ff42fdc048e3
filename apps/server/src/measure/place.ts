import type { TenantContext } from '../evidence/index.ts'
import * as store from './store.ts'
import type { MappingRow, MeasureWhole, StatementRow } from './store.ts'

/** A catalogue measure that a line may mean; nobody has confirmed it. */
export function unconfirmed(measureId: string, catalogueId: string): MappingRow {
  return {
    measure_id: measureId,
    catalogue_id: catalogueId,
    confidence: 1,
    confirmed_by: null,
    confirmed_account: null,
    confirmed_at: null,
    confirmation: null,
  }
}

/** Keeps what a line is said to mean, but nobody has confirmed it any more. */
export async function resetConfirmation(tx: TenantContext, { measure, mapping }: MeasureWhole): Promise<void> {
  await store.replaceMapping(
    tx,
    measure.id,
    mapping.map((row) => unconfirmed(measure.id, row.catalogue_id)),
  )
}

/** The place behind a line, or the first below a heading; other lines move only where no number is left between two. */
export async function place(
  tx: TenantContext,
  before: StatementRow,
  moved?: string,
): Promise<{ position: number; section: string }> {
  const section = before.type === 'heading' ? before.text : before.section
  // Two people at once would take the same place.
  await store.lockDocument(tx, before.document_id)
  for (const isLast of [false, true]) {
    const from = isLast ? (await store.getStatement(tx, before.id)).position : before.position
    const next = await store.findNextPosition(tx, { ...before, position: from }, moved)
    const position = next === undefined ? from + 1 : (from + next) / 2
    if (isLast || (position > from && (next === undefined || position < next))) return { position, section }
    await store.renumber(tx, before.document_id)
  }
  throw new RangeError('a place between two numbers could not be found')
}
