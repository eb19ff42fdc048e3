import type { TenantContext } from '../evidence/index.ts'

/** Somebody who works here. */
export interface PersonRow {
  readonly id: string
  readonly name: string
  readonly email: string | null
  /** What they do here. */
  readonly position: string | null
  /** The last day; null: still here. */
  readonly left_on: string | null
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

const columns = 'id, name, email, position, left_on::text as left_on'

/** Everybody on the list, by name. */
export async function listPeople({ sql }: TenantContext): Promise<PersonRow[]> {
  return (await sql.query<PersonRow>(`select ${columns} from person order by lower(name), id`)).rows
}

/** A person, locked until the transaction ends. */
export async function findPerson({ sql }: TenantContext, id: string): Promise<PersonRow | undefined> {
  return (await sql.query<PersonRow>(`select ${columns} from person where id = $1 for update`, [id])).rows[0]
}

/** Somebody by their address. Until the transaction ends nobody else gets one, so that it stays free. */
export async function findByEmail({ sql }: TenantContext, email: string): Promise<PersonRow | undefined> {
  await sql.query(`select pg_advisory_xact_lock(hashtext('person'))`)
  return (await sql.query<PersonRow>(`select ${columns} from person where lower(email) = lower($1)`, [email])).rows[0]
}

/** Keeps a person, new or changed. */
export async function savePerson({ sql, now }: TenantContext, row: PersonRow): Promise<void> {
  await sql.query(
    `insert into person (id, name, email, position, left_on, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set name = excluded.name, email = excluded.email, position = excluded.position, left_on = excluded.left_on`,
    [row.id, row.name, row.email, row.position, row.left_on, now],
  )
}

export async function removePerson({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('delete from person where id = $1', [id])
}

/** Whose each account is that somebody was named for. */
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

/** Keeps whose an account is, said by the caller now. */
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
