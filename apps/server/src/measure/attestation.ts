import type { TenantContext } from '../evidence/index.ts'

/** How a duty stands behind a catalogue measure: its last sign-off that counts, and whether it is overdue beyond its grace. */
export interface AttestationRow {
  readonly duty_id: string
  readonly catalogue_id: string
  readonly title: string
  /** The role of who signed; null: nobody ever did, and so are the others. */
  readonly signed_role: string | null
  /** When it was signed off. */
  readonly at: Date | null
  /** The day on which it was done. */
  readonly effective_on: string | null
  readonly fresh_until: Date | null
  /** The commitment of the sign-off's leaf. */
  readonly commitment: Buffer | null
  /** Since when something is overdue beyond its grace. */
  readonly overdue_since: Date | null
  /** How often it was done in time, of how often it was due. */
  readonly on_time: number
  readonly counted: number
}

/** All of a tenant, by catalogue measure. */
export async function loadAttestations({ sql }: TenantContext): Promise<Map<string, AttestationRow[]>> {
  const { rows } = await sql.query<AttestationRow>(
    'select *, effective_on::text as effective_on from attestation order by duty_id',
  )
  return Map.groupBy(rows, (row) => row.catalogue_id)
}

/** Keeps how a duty stands behind its measure now. */
export async function saveAttestation({ sql }: TenantContext, row: AttestationRow): Promise<void> {
  await sql.query(
    `insert into attestation (duty_id, catalogue_id, title, signed_role, at, effective_on, fresh_until, commitment,
       overdue_since, on_time, counted) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (duty_id) do update set catalogue_id = excluded.catalogue_id, title = excluded.title,
       signed_role = excluded.signed_role, at = excluded.at, effective_on = excluded.effective_on,
       fresh_until = excluded.fresh_until, commitment = excluded.commitment, overdue_since = excluded.overdue_since,
       on_time = excluded.on_time, counted = excluded.counted`,
    [
      row.duty_id,
      row.catalogue_id,
      row.title,
      row.signed_role,
      row.at,
      row.effective_on,
      row.fresh_until,
      row.commitment,
      row.overdue_since,
      row.on_time,
      row.counted,
    ],
  )
}

/** A duty that is over stands behind nothing. */
export async function removeAttestation({ sql }: TenantContext, dutyId: string): Promise<void> {
  await sql.query('delete from attestation where duty_id = $1', [dutyId])
}
