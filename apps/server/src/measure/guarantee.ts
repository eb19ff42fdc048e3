import type { AgreementRecord } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'

/** How a processor stands behind a catalogue measure. */
export interface GuaranteeRow {
  readonly catalogue_id: string
  /** The one line that it is about; null: every line of the measure that a processor guarantees. */
  readonly statement_id: string | null
  readonly processor: string
  /** Whose contract it is: ours, or the customer's own. */
  readonly contract_of: 'us' | 'customer'
  /** On what it rests: agreement, and report or certificate, with their days. */
  readonly title: string
  /** Who does what; empty: nothing is said of them. */
  readonly by_processor: string
  readonly by_us: string
  readonly by_customer: string
  /** When it was recorded that all of it is on file; null: it is not, and so are the others. */
  readonly given_at: Date | null
  /** The first instant at which it no longer counts. */
  readonly fresh_until: Date | null
  /** Of the leaf that records it. */
  readonly commitment: Buffer | null
}

/** What a processor vouches for, without whether it counts. */
export type Share = Pick<GuaranteeRow, 'catalogue_id' | 'statement_id' | 'by_processor' | 'by_us' | 'by_customer'>

/** What a processor stands behind, and on what. */
export interface Vouching {
  /** The id of the processor. */
  readonly source_id: string
  readonly processor: string
  readonly contract_of: 'us' | 'customer'
  readonly shares: readonly Share[]
  /** What is on file, with when it ends; null: an agreement, or a report or certificate, is missing. */
  readonly onFile: {
    readonly title: string
    readonly freshUntil: Date
    /** SHA-256, hex. */
    readonly agreement: readonly string[]
    readonly proof: readonly string[]
  } | null
}

const columns = [
  'catalogue_id',
  'statement_id',
  'processor',
  'contract_of',
  'title',
  'by_processor',
  'by_us',
  'by_customer',
  'given_at',
  'fresh_until',
  'commitment',
] as const satisfies readonly (keyof GuaranteeRow)[]

const allQuery = { name: 'guarantees', text: `select ${columns.join(', ')} from guarantee order by processor, id` }

/** All of them, by catalogue measure. One whose time is over is among them: it has lapsed. */
export async function listGuarantees({ sql }: TenantContext): Promise<Map<string, GuaranteeRow[]>> {
  const { rows } = await sql.query<GuaranteeRow>(allQuery)
  return Map.groupBy(rows, (row) => row.catalogue_id)
}

/** The guarantees that speak for a line: those of this very line, or else those of the measure. */
export function guaranteesOf(rows: readonly GuaranteeRow[], statementId: string): readonly GuaranteeRow[] {
  const own = rows.filter((row) => row.statement_id === statementId)
  return own.length > 0 ? own : rows.filter((row) => row.statement_id === null)
}

/**
 * Keeps what a processor stands behind now, in place of what it stood behind before, with a leaf of its own that an edition
 * can cite where all of it is on file.
 */
export async function vouch(tx: TenantContext, given: Vouching): Promise<void> {
  const { source_id: id, processor, contract_of: contractOf, shares, onFile } = given
  const said = shares.map((share) => ({
    ...share,
    processor,
    contract_of: contractOf,
    title: onFile?.title ?? '',
    fresh_until: onFile?.freshUntil ?? null,
  }))
  if (await isSaid(tx, id, said)) return
  await tx.sql.query('delete from guarantee where source_id = $1', [id])
  if (shares.length === 0) return
  const commitment = onFile && (await record(tx, given, onFile))
  for (const one of said) {
    const row: GuaranteeRow = { ...one, given_at: onFile && tx.now, commitment }
    await tx.sql.query(
      `insert into guarantee (id, source_id, ${columns.join(', ')})
       values ($1, $2, ${columns.map((_, index) => `$${index + 3}`).join(', ')})`,
      [tx.newId(), id, ...columns.map((column) => row[column])],
    )
  }
}

/** Whether this very thing is kept already: nothing is written down twice. */
async function isSaid(
  { sql }: TenantContext,
  id: string,
  said: readonly Omit<GuaranteeRow, 'given_at' | 'commitment'>[],
): Promise<boolean> {
  const { rows } = await sql.query<GuaranteeRow>(`select ${columns.join(', ')} from guarantee where source_id = $1`, [
    id,
  ])
  const plain = (all: readonly Omit<GuaranteeRow, 'given_at' | 'commitment'>[]) =>
    all
      .map((row) =>
        JSON.stringify(columns.flatMap((one) => (one === 'given_at' || one === 'commitment' ? [] : [row[one]]))),
      )
      .toSorted()
      .join('\n')
  return plain(rows) === plain(said)
}

async function record(
  tx: TenantContext,
  { source_id: id, contract_of: contractOf, shares }: Vouching,
  { freshUntil, agreement, proof }: NonNullable<Vouching['onFile']>,
): Promise<Buffer | null> {
  const said: AgreementRecord = {
    format: 'art32.agreement/1',
    contractOf,
    measures: [...new Set(shares.map((share) => share.catalogue_id))].toSorted(),
    at: tx.now.toISOString(),
    freshUntil: freshUntil.toISOString(),
    agreement: [...agreement].toSorted(),
    proof: [...proof].toSorted(),
  }
  const commitments = await tx.append({
    type: 'processor.changed',
    about: { kind: 'processor', id },
    code: 'vouched',
    content: { agreement: said },
  })
  return commitments['agreement'] ?? null
}
