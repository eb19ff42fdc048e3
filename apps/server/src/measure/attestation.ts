import type { SignOffRecord } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'

/** A signatory's statement that a measure of the catalogue is kept, in force for a time. */
export interface AttestationRow {
  readonly id: string
  /** Id of the catalogue. */
  readonly measure: string
  /** What it rests on: the noun of its module and the id there. */
  readonly source: string
  readonly source_id: string
  readonly title: string
  /** Of who gave it. */
  readonly role: string
  readonly given_at: Date
  /** `YYYY-MM-DD` in UTC. */
  readonly valid_from: string
  /** The first instant at which it no longer counts. */
  readonly fresh_until: Date
  /** Of the leaf that records it. */
  readonly commitment: Buffer
}

/** What a module on the right says when somebody signed something off there. */
type Attested = Pick<AttestationRow, 'measure' | 'source' | 'source_id' | 'title' | 'valid_from' | 'fresh_until'> & {
  /** SHA-256 of each piece of evidence, hex. */
  readonly evidence: readonly string[]
}

const columns = `id, measure, source, source_id, title, role, given_at, valid_from::text, fresh_until, commitment`

/** Those that have begun and not ended, by measure. One whose time is over is among them: it has lapsed. */
export async function listAttestations({ sql, now }: TenantContext): Promise<Map<string, AttestationRow[]>> {
  const { rows } = await sql.query<AttestationRow>(
    `select ${columns} from attestation
     where (ended_at is null or ended_at > $1) and valid_from <= ($1::timestamptz at time zone 'UTC')::date order by given_at, id`,
    [now],
  )
  return Map.groupBy(rows, ({ measure }) => measure)
}

/** Records that the caller signed a measure off, each in a leaf of its own that an edition can cite. */
export async function attest(tx: TenantContext, given: Attested): Promise<void> {
  const record: SignOffRecord = {
    format: 'art32.sign-off/1',
    measure: given.measure,
    at: tx.now.toISOString(),
    freshUntil: given.fresh_until.toISOString(),
    evidence: given.evidence,
  }
  const { 'sign-off': commitment } = await tx.append({
    type: 'signoff.given',
    about: { kind: given.source, id: given.source_id },
    content: { 'sign-off': record },
  })
  await tx.sql.query(
    `insert into attestation (id, measure, source, source_id, title, role, given_at, valid_from, fresh_until, commitment)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tx.newId(),
      given.measure,
      given.source,
      given.source_id,
      given.title,
      tx.caller.role,
      tx.now,
      given.valid_from,
      given.fresh_until,
      commitment,
    ],
  )
}

/** Ends what rests on something, at an instant that may be in the future: from then on another one counts, or none does. */
export async function endAttestations(
  { sql }: TenantContext,
  { source, sourceId, at }: { readonly source: string; readonly sourceId: string; readonly at: Date },
): Promise<void> {
  await sql.query(
    `update attestation set ended_at = $3
     where source = $1 and source_id = $2 and (ended_at is null or ended_at > $3)`,
    [source, sourceId, at],
  )
}
