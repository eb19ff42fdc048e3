import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** Somebody who works here. */
export interface PersonRow {
  readonly id: string
  readonly name: string
  readonly email: string | null
  /** What they do here. */
  readonly position: string | null
  readonly kind: 'employee' | 'freelancer' | 'other'
  /** The part of the organisation that they work in. */
  readonly area: string | null
  /** The first day; null: before anybody wrote it down. */
  readonly joined_on: string | null
  /** The last day; null: still here. */
  readonly left_on: string | null
  /** The member whose record it is. */
  readonly account_id: string | null
}

/** Whose an account is: a person's, or a program's with somebody who answers for it. */
export interface HolderRow {
  readonly id: string
  readonly system_id: string
  readonly account: string
  readonly person_id: string | null
  readonly owner: string | null
  readonly reason: string | null
  readonly at: Date
}

/** The newest look of a connection that saw something; its facts are sealed. */
export interface LookRow {
  readonly id: string
  readonly facts: Buffer
  readonly at: Date
  readonly connector: string
  readonly system_id: string
  readonly system_name: string
}

const columns =
  'id, name, email, position, kind, area, joined_on::text as joined_on, left_on::text as left_on, account_id'

/** All people on record, by name. */
export async function listPeople({ sql }: TenantContext): Promise<PersonRow[]> {
  return (await sql.query<PersonRow>(`select ${columns} from person order by lower(name), id`)).rows
}

/** A person, locked until the transaction ends. */
export async function findPerson({ sql }: TenantContext, id: string): Promise<PersonRow | undefined> {
  return (await sql.query<PersonRow>(`select ${columns} from person where id = $1 for update`, [id])).rows[0]
}

/** Whose record a member may see as their own. */
export async function findByAccount({ sql }: TenantContext, accountId: string): Promise<PersonRow | undefined> {
  return (await sql.query<PersonRow>(`select ${columns} from person where account_id = $1`, [accountId])).rows[0]
}

/** Whether somebody is a member here. */
export async function isMember({ sql }: TenantContext, accountId: string): Promise<boolean> {
  return (await sql.query('select 1 from membership where account_id = $1', [accountId])).rows.length > 0
}

/** The accounts of the members. */
export async function listMembers({ sql }: TenantContext): Promise<string[]> {
  const { rows } = await sql.query<{ account_id: string }>('select account_id from membership order by account_id')
  return rows.map((row) => row.account_id)
}

/** Somebody by their address. Until the transaction ends nobody else gets one, so that it stays free. */
export async function findByEmail({ sql }: TenantContext, email: string): Promise<PersonRow | undefined> {
  await takeTurn({ sql }, 'person')
  return (await sql.query<PersonRow>(`select ${columns} from person where lower(email) = lower($1)`, [email])).rows[0]
}

/** Keeps a record of a person, new or changed. */
export async function savePerson({ sql, now }: TenantContext, row: PersonRow): Promise<void> {
  await sql.query(
    `insert into person (id, name, email, position, kind, area, joined_on, left_on, account_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (id) do update set name = excluded.name, email = excluded.email, position = excluded.position, kind = excluded.kind,
       area = excluded.area, joined_on = excluded.joined_on, left_on = excluded.left_on, account_id = excluded.account_id`,
    [row.id, row.name, row.email, row.position, row.kind, row.area, row.joined_on, row.left_on, row.account_id, now],
  )
}

export async function removePerson({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('delete from person where id = $1', [id])
}

/** Who holds which account, as somebody said. */
export async function listHolders({ sql }: TenantContext): Promise<HolderRow[]> {
  const { rows } = await sql.query<HolderRow>(
    'select id, system_id, account, person_id, owner, reason, at from account_holder',
  )
  return rows
}

/** Whose one account is, locked until the transaction ends. */
export async function findHolder(
  { sql }: TenantContext,
  systemId: string,
  account: string,
): Promise<HolderRow | undefined> {
  const { rows } = await sql.query<HolderRow>(
    'select * from account_holder where system_id = $1 and account = $2 for update',
    [systemId, account],
  )
  return rows[0]
}

/** Keeps whose an account is. */
export async function saveHolder({ sql, caller, now }: TenantContext, row: Omit<HolderRow, 'at'>): Promise<void> {
  await sql.query(
    `insert into account_holder (id, system_id, account, person_id, owner, reason, account_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update set person_id = excluded.person_id, owner = excluded.owner, reason = excluded.reason,
       account_id = excluded.account_id, at = excluded.at`,
    [row.id, row.system_id, row.account, row.person_id, row.owner, row.reason, caller.accountId, now],
  )
}

export async function removeHolder({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('delete from account_holder where id = $1', [id])
}

/** The newest look of each connection by one of these connectors. @param systemId null: every system */
export async function listLooks(
  { sql }: TenantContext,
  connectors: readonly string[],
  systemId: string | null = null,
): Promise<LookRow[]> {
  const { rows } = await sql.query<LookRow>(
    `select r.id, r.facts, r.at, c.connector, c.system_id, s.name as system_name
     from connection c join system s on s.id = c.system_id
     join lateral (select * from reading where connection_id = c.id and read = 'ok' and facts is not null
       order by at desc limit 1) r on true
     where c.connector = any ($1::text[]) and ($2::uuid is null or c.system_id = $2) order by s.name, c.id`,
    [connectors, systemId],
  )
  return rows
}
