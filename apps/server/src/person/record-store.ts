import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** Somebody was bound to confidentiality. */
export interface AgreementRow {
  readonly id: string
  readonly person_id: string
  readonly signed_on: string
  readonly note: string
  readonly account_id: string | null
  readonly role: string
  readonly at: Date
  readonly withdrawn_at: Date | null
  readonly withdrawn_reason: string | null
}

/** Somebody does something else from a day on. */
export interface MoveRow {
  readonly id: string
  readonly person_id: string
  readonly moved_on: string
  readonly position_before: string | null
  readonly position_after: string | null
  readonly area_before: string | null
  readonly area_after: string | null
}

/** A signatory's statement that a measure is kept by the records. */
export interface SignOffRow {
  readonly catalogue_id: string
  readonly id: string
  readonly account_id: string | null
  readonly role: string
  readonly at: Date
  readonly fresh_until: Date
  readonly commitment: Buffer
}

const agreementColumns =
  'id, person_id, signed_on::text as signed_on, note, account_id, role, at, withdrawn_at, withdrawn_reason'

/** @param personId null: of everybody */
export async function listAgreements({ sql }: TenantContext, personId: string | null = null): Promise<AgreementRow[]> {
  const { rows } = await sql.query<AgreementRow>(
    `select ${agreementColumns} from confidentiality where $1::uuid is null or person_id = $1 order by signed_on, id`,
    [personId],
  )
  return rows
}

/** What counts of everybody's agreements, or of one person's; as little of each row as figures need. */
export async function listCountingAgreements(
  { sql }: TenantContext,
  personId: string | null,
): Promise<Pick<AgreementRow, 'id' | 'person_id' | 'signed_on'>[]> {
  const { rows } = await sql.query<Pick<AgreementRow, 'id' | 'person_id' | 'signed_on'>>(
    `select id, person_id, signed_on::text as signed_on from confidentiality
     where withdrawn_at is null and ($1::uuid is null or person_id = $1) order by signed_on, id`,
    [personId],
  )
  return rows
}

/** Every agreement that there is, also those that were taken back. */
export async function listAgreementIds({ sql }: TenantContext): Promise<string[]> {
  return (await sql.query<{ id: string }>('select id from confidentiality')).rows.map(({ id }) => id)
}

export async function findAgreement({ sql }: TenantContext, id: string): Promise<AgreementRow | undefined> {
  const { rows } = await sql.query<AgreementRow>(
    `select ${agreementColumns} from confidentiality where id = $1 for update`,
    [id],
  )
  return rows[0]
}

export async function addAgreement(
  { sql, caller, now }: TenantContext,
  row: Pick<AgreementRow, 'id' | 'person_id' | 'signed_on' | 'note'>,
): Promise<void> {
  await sql.query(
    'insert into confidentiality (id, person_id, signed_on, note, account_id, role, at) values ($1, $2, $3, $4, $5, $6, $7)',
    [row.id, row.person_id, row.signed_on, row.note, caller.accountId, caller.role, now],
  )
}

export async function withdrawAgreement({ sql, now }: TenantContext, id: string, reason: string): Promise<void> {
  await sql.query('update confidentiality set withdrawn_at = $2, withdrawn_reason = $3 where id = $1', [
    id,
    now,
    reason,
  ])
}

export async function listMoves({ sql }: TenantContext, personId: string): Promise<MoveRow[]> {
  const { rows } = await sql.query<MoveRow>(
    `select id, person_id, moved_on::text as moved_on, position_before, position_after, area_before, area_after
     from person_move where person_id = $1 order by moved_on, at, id`,
    [personId],
  )
  return rows
}

export async function addMove({ sql, caller, now }: TenantContext, row: MoveRow): Promise<void> {
  await sql.query(
    `insert into person_move (id, person_id, moved_on, position_before, position_after, area_before, area_after, account_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.id,
      row.person_id,
      row.moved_on,
      row.position_before,
      row.position_after,
      row.area_before,
      row.area_after,
      caller.accountId,
      now,
    ],
  )
}

export async function listSignOffs({ sql }: TenantContext): Promise<SignOffRow[]> {
  return (await sql.query<SignOffRow>('select * from person_sign_off order by catalogue_id')).rows
}

export async function saveSignOff({ sql }: TenantContext, row: SignOffRow): Promise<void> {
  await sql.query(
    `insert into person_sign_off (catalogue_id, id, account_id, role, at, fresh_until, commitment)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (catalogue_id) do update set account_id = excluded.account_id, role = excluded.role, at = excluded.at,
       fresh_until = excluded.fresh_until, commitment = excluded.commitment`,
    [row.catalogue_id, row.id, row.account_id, row.role, row.at, row.fresh_until, row.commitment],
  )
}

export async function removeSignOff({ sql }: TenantContext, catalogueId: string): Promise<void> {
  await sql.query('delete from person_sign_off where catalogue_id = $1', [catalogueId])
}

/** Everything about people is decided one after the other, so that a figure is never of two moments. */
export async function lockRecords({ sql }: TenantContext): Promise<void> {
  await takeTurn({ sql }, 'person.records')
}

/** @returns whether nobody was reminded of this in so many days before */
export async function noteReminder(
  { sql }: TenantContext,
  { aboutId, kind, day, every }: { aboutId: string; kind: string; day: string; every: number },
): Promise<boolean> {
  const { rows } = await sql.query(
    `insert into person_reminder (about_id, kind, day)
     select $1::uuid, $2, $3::date where not exists (
       select 1 from person_reminder where about_id = $1 and kind = $2 and day > $3::date - $4::int)
     on conflict do nothing returning day`,
    [aboutId, kind, day, every],
  )
  return rows.length > 0
}
