import type { SignOffRecord } from '@art32/press'
import { findTimeZone, startOf } from '../calendar/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** What speaks for a catalogue measure beside checks: the noun of its module and the id there. */
export interface AttestationSource {
  readonly source:
    | 'duty'
    | 'guideline'
    | 'audit'
    | 'person'
    | 'review'
    | 'contract'
    | 'report'
    | 'app'
    | 'deletion'
    | 'request'
    | 'shield'
  readonly source_id: string
}

/** How a duty or a guideline stands behind a catalogue measure: its sign-off that counts, and whether it is overdue beyond its grace. */
export interface AttestationRow extends AttestationSource {
  readonly catalogue_id: string
  readonly title: string
  /** The role of who signed; null: nobody ever did, and so are the others. */
  readonly role: string | null
  /** When it was signed off. */
  readonly given_at: Date | null
  /** The day on which it was done or begins to hold, `YYYY-MM-DD`. */
  readonly effective_on: string | null
  /** The first instant at which it no longer counts. */
  readonly fresh_until: Date | null
  /** Of the leaf that records the sign-off. */
  readonly commitment: Buffer | null
  /** Since when something is overdue beyond its grace. */
  readonly overdue_since: Date | null
  /** How often it was done in time, of how often it was due. */
  readonly on_time: number
  readonly counted: number
}

/** What a module on the right says when somebody signed something off there. */
type Attested = Pick<AttestationRow, 'catalogue_id' | 'source' | 'source_id' | 'title'> & {
  readonly effective_on: string
  readonly fresh_until: Date
  /** SHA-256 of each piece of evidence, hex. */
  readonly evidence: readonly string[]
}

const columns = [
  'source',
  'source_id',
  'catalogue_id',
  'title',
  'role',
  'given_at',
  'effective_on',
  'fresh_until',
  'commitment',
  'overdue_since',
  'on_time',
  'counted',
] as const satisfies readonly (keyof AttestationRow)[]

const standingQuery = {
  name: 'attestations',
  text: `select ${columns.join(', ')}, effective_on::text as effective_on from attestation
    where (begins_at is null or begins_at <= $1) and (ended_at is null or ended_at > $1) order by given_at, id`,
}

/** Those that have begun and not ended, by catalogue measure. One whose time is over is among them: it has lapsed. */
export async function listAttestations({ sql, now }: TenantContext): Promise<Map<string, AttestationRow[]>> {
  const { rows } = await sql.query<AttestationRow>(standingQuery, [now])
  return Map.groupBy(rows, (row) => row.catalogue_id)
}

/** Records that the caller signed a measure off, in a leaf of its own that an edition can cite. It counts beside what was said before. */
export async function attest(tx: TenantContext, given: Attested): Promise<void> {
  const { evidence, ...row } = given
  const record: SignOffRecord = {
    format: 'art32.sign-off/1',
    measure: row.catalogue_id,
    at: tx.now.toISOString(),
    freshUntil: row.fresh_until.toISOString(),
    evidence,
  }
  const commitments = await tx.append({
    type: 'signoff.given',
    about: { kind: row.source, id: row.source_id },
    content: { 'sign-off': record },
  })
  const kept = { role: tx.caller.role, given_at: tx.now, overdue_since: null, on_time: 0, counted: 0 }
  await save(
    tx,
    { ...row, ...kept, commitment: commitments['sign-off'] ?? null },
    // From the first moment of the day where the tenant is; in UTC that may be the day before.
    startOf(row.effective_on, await findTimeZone(tx)),
  )
}

/** Keeps how something stands behind its measure now, in place of what it said before. */
export async function replaceAttestation(tx: TenantContext, row: AttestationRow): Promise<void> {
  await removeAttestation(tx, row)
  await save(tx, row, null)
}

/** What is over stands behind nothing. */
export async function removeAttestation({ sql }: TenantContext, of: AttestationSource): Promise<void> {
  await sql.query('delete from attestation where source = $1 and source_id = $2', [of.source, of.source_id])
}

/** Ends what rests on something, at an instant that may be in the future: from then on another one counts, or none does. */
export async function endAttestations(
  { sql }: TenantContext,
  { source, source_id: id, at }: AttestationSource & { readonly at: Date },
): Promise<void> {
  await sql.query(
    `update attestation set ended_at = $3
     where source = $1 and source_id = $2 and (ended_at is null or ended_at > $3)`,
    [source, id, at],
  )
}

async function save({ sql, newId }: TenantContext, row: AttestationRow, beginsAt: Date | null): Promise<void> {
  await sql.query(
    `insert into attestation (id, begins_at, ${columns.join(', ')})
     values ($1, $2, ${columns.map((_, index) => `$${index + 3}`).join(', ')})`,
    [newId(), beginsAt, ...columns.map((column) => row[column])],
  )
}
