import type { TenantContext } from '../evidence/index.ts'
import type { Role } from '../kernel/index.ts'
import type { Rhythm } from '../calendar/index.ts'
import type { Field, Filled } from './form.ts'

/** Something that is to be done again and again. */
export interface DutyRow {
  readonly id: string
  readonly title: string
  readonly instruction: string
  readonly catalogue_id: string | null
  readonly rhythm: Rhythm
  readonly owner_account: string | null
  readonly owner_role: Role | null
  readonly deputy_account: string | null
  readonly lead_days: number
  readonly grace_days: number
  readonly four_eyes: boolean
  readonly form: readonly Field[]
  readonly starts_on: string
  readonly retired_at: Date | null
}

/** One due day of a duty. */
export interface OccurrenceRow {
  readonly id: string
  readonly duty_id: string
  readonly due_on: string
  readonly from_on: string
  readonly last_on: string
  readonly label: string
  readonly told: number
  readonly done_on: string | null
  readonly done_at: Date | null
  /** A first signature that waits for the second. */
  readonly first_id: string | null
}

/** A record: that somebody says it was done, confirms what another said, or takes it back. */
export interface SignOffRow {
  readonly id: string
  readonly occurrence_id: string
  readonly kind: 'first' | 'given' | 'withdrawn'
  readonly of_id: string | null
  readonly account_id: string | null
  readonly role: string
  readonly effective_on: string
  readonly at: Date
  readonly form: Filled
  readonly reason: string
  /** Of the leaf that says what a measure is confirmed by; null: of a first signature, or one without a measure. */
  readonly commitment: Buffer | null
}

/** Somebody is away. */
export interface AbsenceRow {
  readonly id: string
  readonly account_id: string
  readonly from_on: string
  readonly until_on: string
}

/** Somebody with a role here. */
export interface MemberRow {
  readonly account_id: string
  readonly role: Role
}

const dutyColumns = `id, title, instruction, catalogue_id, rhythm, owner_account, owner_role, deputy_account, lead_days,
  grace_days, four_eyes, form, starts_on::text as starts_on, retired_at`
const occurrenceColumns = `id, duty_id, due_on::text as due_on, from_on::text as from_on, last_on::text as last_on, label, told,
  done_on::text as done_on, done_at, first_id`
const signOffColumns = `id, occurrence_id, kind, of_id, account_id, role, effective_on::text as effective_on, at, form, reason,
  commitment`

export async function listMembers({ sql }: TenantContext): Promise<MemberRow[]> {
  return (await sql.query<MemberRow>('select account_id, role from membership order by account_id')).rows
}

/** Duties by their titles. @param ids null: all of them */
export async function listDuties({ sql }: TenantContext, ids: readonly string[] | null = null): Promise<DutyRow[]> {
  const { rows } = await sql.query<DutyRow>(
    `select ${dutyColumns} from duty where $1::uuid[] is null or id = any($1) order by lower(title), id`,
    [ids],
  )
  return rows
}

/** Every duty that goes on, locked in one order until the transaction ends. */
export async function lockActive({ sql }: TenantContext): Promise<DutyRow[]> {
  return (await sql.query<DutyRow>(`select ${dutyColumns} from duty where retired_at is null order by id for update`))
    .rows
}

/** A duty, locked until the transaction ends. */
export async function findDuty({ sql }: TenantContext, id: string): Promise<DutyRow | undefined> {
  return (await sql.query<DutyRow>(`select ${dutyColumns} from duty where id = $1 for update`, [id])).rows[0]
}

export async function saveDuty({ sql, now }: TenantContext, row: Omit<DutyRow, 'retired_at'>): Promise<void> {
  await sql.query(
    `insert into duty (id, title, instruction, catalogue_id, rhythm, owner_account, owner_role, deputy_account, lead_days,
       grace_days, four_eyes, form, starts_on, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (id) do update set title = excluded.title, instruction = excluded.instruction,
       catalogue_id = excluded.catalogue_id, rhythm = excluded.rhythm, owner_account = excluded.owner_account,
       owner_role = excluded.owner_role, deputy_account = excluded.deputy_account, lead_days = excluded.lead_days,
       grace_days = excluded.grace_days, four_eyes = excluded.four_eyes, form = excluded.form, starts_on = excluded.starts_on`,
    [
      row.id,
      row.title,
      row.instruction,
      row.catalogue_id,
      JSON.stringify(row.rhythm),
      row.owner_account,
      row.owner_role,
      row.deputy_account,
      row.lead_days,
      row.grace_days,
      row.four_eyes,
      JSON.stringify(row.form),
      row.starts_on,
      now,
    ],
  )
}

export async function retireDuty({ sql, now }: TenantContext, id: string): Promise<void> {
  await sql.query('update duty set retired_at = $2 where id = $1', [id, now])
}

/** @param dutyId null: of every duty */
export async function listOccurrences({ sql }: TenantContext, dutyId: string | null = null): Promise<OccurrenceRow[]> {
  const { rows } = await sql.query<OccurrenceRow>(
    `select ${occurrenceColumns} from occurrence where $1::uuid is null or duty_id = $1 order by due_on, label, id`,
    [dutyId],
  )
  return rows
}

export async function findOccurrence({ sql }: TenantContext, id: string): Promise<OccurrenceRow | undefined> {
  return (await sql.query<OccurrenceRow>(`select ${occurrenceColumns} from occurrence where id = $1`, [id])).rows[0]
}

/** Makes a due day, unless there is one. */
export async function addOccurrence(
  { sql, newId }: TenantContext,
  row: Pick<OccurrenceRow, 'duty_id' | 'due_on' | 'from_on' | 'last_on' | 'label'>,
): Promise<void> {
  await sql.query(
    `insert into occurrence (id, duty_id, due_on, from_on, last_on, label) values ($1, $2, $3, $4, $5, $6)
     on conflict (duty_id, due_on, label) do nothing`,
    [newId(), row.duty_id, row.due_on, row.from_on, row.last_on, row.label],
  )
}

export async function noteTold({ sql }: TenantContext, id: string, told: number): Promise<void> {
  await sql.query('update occurrence set told = $2 where id = $1 and told < $2', [id, told])
}

export async function noteDone(
  { sql }: TenantContext,
  { id, done_on, done_at, first_id }: Pick<OccurrenceRow, 'id' | 'done_on' | 'done_at' | 'first_id'>,
): Promise<void> {
  await sql.query('update occurrence set done_on = $2, done_at = $3, first_id = $4 where id = $1', [
    id,
    done_on,
    done_at,
    first_id,
  ])
}

export async function addSignOff({ sql }: TenantContext, row: SignOffRow): Promise<void> {
  await sql.query(
    `insert into sign_off (id, occurrence_id, kind, of_id, account_id, role, effective_on, at, form, reason, commitment)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      row.id,
      row.occurrence_id,
      row.kind,
      row.of_id,
      row.account_id,
      row.role,
      row.effective_on,
      row.at,
      JSON.stringify(row.form),
      row.reason,
      row.commitment,
    ],
  )
}

export async function findSignOff({ sql }: TenantContext, id: string): Promise<SignOffRow | undefined> {
  return (await sql.query<SignOffRow>(`select ${signOffColumns} from sign_off where id = $1`, [id])).rows[0]
}

/** The records of a duty, in the order in which they were made. */
export async function listSignOffs({ sql }: TenantContext, dutyId: string): Promise<SignOffRow[]> {
  const { rows } = await sql.query<SignOffRow>(
    `select ${signOffColumns} from sign_off
     where occurrence_id in (select id from occurrence where duty_id = $1) order by at, kind, id`,
    [dutyId],
  )
  return rows
}

const absenceColumns = 'id, account_id, from_on::text as from_on, until_on::text as until_on'

export async function listAbsences({ sql }: TenantContext): Promise<AbsenceRow[]> {
  return (await sql.query<AbsenceRow>(`select ${absenceColumns} from absence order by from_on, id`)).rows
}

export async function addAbsence({ sql }: TenantContext, row: AbsenceRow): Promise<void> {
  await sql.query('insert into absence (id, account_id, from_on, until_on) values ($1, $2, $3, $4)', [
    row.id,
    row.account_id,
    row.from_on,
    row.until_on,
  ])
}

export async function removeAbsence({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('delete from absence where id = $1', [id])
}

/** A new secret link of an account; the one before ends. */
export async function saveFeed({ sql, now }: TenantContext, accountId: string, hash: Buffer): Promise<void> {
  await sql.query(
    `insert into duty_feed (account_id, token_hash, made_at) values ($1, $2, $3)
     on conflict (account_id) do update set token_hash = excluded.token_hash, made_at = excluded.made_at`,
    [accountId, hash, now],
  )
}

export async function removeFeed({ sql }: TenantContext, accountId: string): Promise<boolean> {
  const { rows } = await sql.query('delete from duty_feed where account_id = $1 returning 1', [accountId])
  return rows.length > 0
}

/** Whose link it is; somebody who is no member any more has none. */
export async function findFeed({ sql }: TenantContext, hash: Buffer): Promise<string | undefined> {
  const { rows } = await sql.query<{ account_id: string }>(
    'select account_id from duty_feed where token_hash = $1 and account_id in (select account_id from membership)',
    [hash],
  )
  return rows[0]?.account_id
}

export async function hasFeed({ sql }: TenantContext, accountId: string | null): Promise<boolean> {
  return (await sql.query('select 1 from duty_feed where account_id = $1', [accountId])).rows.length > 0
}

/** Who gave some first signatures that wait, by the record's id. */
export async function listFirsts({ sql }: TenantContext, ids: readonly string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql.query<{ id: string; account_id: string | null }>(
    'select id, account_id from sign_off where id = any($1::uuid[])',
    [ids],
  )
  return new Map(rows.map(({ id, account_id: account }) => [id, account]))
}
