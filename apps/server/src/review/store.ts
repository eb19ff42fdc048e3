import type { Account, Why } from '@art32/probes'
import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** How an account stood when it was last seen; `said`: nobody can look, and a person says that it is gone. */
export type AccountState = 'open' | 'disabled' | 'gone' | 'said'

/** Somebody who leaves. */
export interface LeavingRow {
  readonly person_id: string
  readonly left_at: Date
  readonly by_owner: boolean
  readonly begun_at: Date | null
  readonly proven_at: Date | null
}

/** An account of somebody who leaves. */
export interface LeaverAccountRow {
  readonly id: string
  readonly person_id: string
  /** Null: here, in art32 itself. */
  readonly system_id: string | null
  readonly account: string
  readonly state: AccountState
  readonly seen_at: Date
  readonly last_open_at: Date | null
  readonly ended_at: Date | null
  readonly unseen: Why | null
  readonly said_by: string | null
  readonly said_reason: string | null
}

/** An account as the looks of one connection saw it, and how its newest look went. */
export interface SeenRow {
  readonly system_id: string
  readonly account: string
  readonly is_active: boolean | null
  readonly seen_at: Date
  readonly gone_at: Date | null
  readonly looked_at: Date
  readonly why: Why | null
  readonly whole_at: Date | null
}

/** Somebody whom a directory switched off or deleted. */
export interface ProposalRow {
  readonly id: string
  readonly directory_id: string
  readonly person_id: string | null
  readonly name: string
  readonly email: string
  readonly proposed_at: Date
}

/** The newest reading of a connection; its facts are sealed. */
export interface NewestRow {
  readonly id: string
  readonly facts: Buffer | null
  readonly at: Date
}

export async function findNewest({ sql }: TenantContext, connectionId: string): Promise<NewestRow | undefined> {
  const { rows } = await sql.query<NewestRow>(
    'select id, facts, at from reading where connection_id = $1 order by at desc, id limit 1',
    [connectionId],
  )
  return rows[0]
}

/** Keeps what a look saw: those that it lists, and, where it listed everybody, that others are gone. */
export async function keepSeen(
  { sql }: TenantContext,
  look: { readonly connectionId: string; readonly systemId: string; readonly at: Date; readonly why: Why | null },
  accounts: readonly Account[],
): Promise<void> {
  const { connectionId, systemId, at, why } = look
  for (let from = 0; from < accounts.length; from += 5_000) {
    const some = accounts.slice(from, from + 5_000)
    await sql.query(
      `insert into account_seen (connection_id, system_id, account, person, is_admin, is_active, rights, used_at, first_at, changed_at, seen_at)
       select $1, $2, g.account, g.person, g.is_admin, g.is_active, array (select jsonb_array_elements_text(g.rights)), g.used_at, $3, $3, $3
       from jsonb_to_recordset($4) as g (account text, person text, is_admin boolean, is_active boolean, rights jsonb, used_at timestamptz)
       on conflict (connection_id, account) do update set
         changed_at = case when (account_seen.is_admin, account_seen.is_active, account_seen.rights, account_seen.gone_at is not null)
           is distinct from (excluded.is_admin, excluded.is_active, excluded.rights, false) then excluded.seen_at else account_seen.changed_at end,
         person = coalesce(excluded.person, account_seen.person), is_admin = excluded.is_admin, is_active = excluded.is_active,
         rights = excluded.rights, used_at = coalesce(excluded.used_at, account_seen.used_at), system_id = excluded.system_id,
         seen_at = excluded.seen_at, gone_at = null
       where account_seen.seen_at <= excluded.seen_at`,
      [
        connectionId,
        systemId,
        at,
        JSON.stringify(
          some.map((one) => ({
            account: one.id,
            person: one.person ?? null,
            is_admin: one.isAdmin,
            is_active: one.isActive,
            rights: one.rights ?? [],
            used_at: one.lastUsed ?? null,
          })),
        ),
      ],
    )
  }
  if (why === null)
    await sql.query(
      'update account_seen set gone_at = $2 where connection_id = $1 and seen_at < $2 and gone_at is null',
      [connectionId, at],
    )
  await sql.query(
    `insert into roster_look (connection_id, looked_at, why, whole_at) values ($1, $2, $3, case when $3::text is null then $2::timestamptz end)
     on conflict (connection_id) do update set looked_at = excluded.looked_at, why = excluded.why,
       whole_at = coalesce(excluded.whole_at, roster_look.whole_at) where roster_look.looked_at <= excluded.looked_at`,
    [connectionId, at, why],
  )
}

/**
 * What is known of all accounts together changes in one transaction at a time. Taken before any row of this module, and before
 * findings are settled, so that no two wait for each other.
 */
export async function hold({ sql }: TenantContext): Promise<void> {
  await takeTurn({ sql }, 'review.accounts')
}

/** Everybody who leaves. */
export async function listInOrder({ sql }: TenantContext): Promise<LeavingRow[]> {
  return (await sql.query<LeavingRow>('select * from leaving order by person_id')).rows
}

export async function listLeavings({ sql }: TenantContext): Promise<LeavingRow[]> {
  return (await sql.query<LeavingRow>('select * from leaving order by left_at desc, person_id')).rows
}

export async function findLeaving({ sql }: TenantContext, personId: string): Promise<LeavingRow | undefined> {
  return (await sql.query<LeavingRow>('select * from leaving where person_id = $1', [personId])).rows[0]
}

export async function saveLeaving({ sql }: TenantContext, row: LeavingRow): Promise<void> {
  await sql.query(
    `insert into leaving (person_id, left_at, by_owner, begun_at, proven_at) values ($1, $2, $3, $4, $5)
     on conflict (person_id) do update set left_at = excluded.left_at, by_owner = excluded.by_owner, begun_at = excluded.begun_at,
       proven_at = excluded.proven_at`,
    [row.person_id, row.left_at, row.by_owner, row.begun_at, row.proven_at],
  )
}

export async function removeLeaving({ sql }: TenantContext, personId: string): Promise<void> {
  await sql.query('delete from leaving where person_id = $1', [personId])
}

/** Puts the accounts of somebody on their list: those matched to them, and those of their mail address. */
export async function addKnownAccounts(
  { sql }: TenantContext,
  { personId, pseudonym, leftAt }: { personId: string; pseudonym: string | null; leftAt: Date },
): Promise<void> {
  await sql.query(
    `insert into leaver_account (id, person_id, system_id, account, state, seen_at)
     select gen_random_uuid(), $1, s.system_id, s.account, 'open', max(s.seen_at)
     from account_seen s left join account_holder h on h.system_id = s.system_id and h.account = s.account
     where (h.person_id = $1 or (h.id is null and s.person = $2)) and (s.gone_at is null or s.gone_at > $3)
     group by s.system_id, s.account on conflict do nothing`,
    [personId, pseudonym, leftAt],
  )
  // What was entered by hand, where no look tells of accounts.
  await sql.query(
    `insert into leaver_account (id, person_id, system_id, account, state, seen_at, unseen)
     select gen_random_uuid(), $1, h.system_id, h.account, 'open', h.at, 'not-configured'
     from account_holder h where h.person_id = $1
       and not exists (select from account_seen s where s.system_id = h.system_id and s.account = h.account)
       and not exists (select from connection c join roster_look l on l.connection_id = c.id
         where c.system_id = h.system_id and l.whole_at is not null)
     on conflict do nothing`,
    [personId],
  )
  // Somebody said meanwhile that it is another's.
  await sql.query(
    `delete from leaver_account l where l.person_id = $1 and exists (select from account_holder h
       where h.system_id = l.system_id and h.account = l.account and h.person_id is distinct from $1)`,
    [personId],
  )
}

/** @param personId null: of everybody who leaves */
export async function listLeaverAccounts(
  { sql }: TenantContext,
  personId: string | null = null,
): Promise<LeaverAccountRow[]> {
  const { rows } = await sql.query<LeaverAccountRow>(
    'select * from leaver_account where $1::uuid is null or person_id = $1 order by person_id, system_id, account',
    [personId],
  )
  return rows
}

export async function saveLeaverAccount({ sql }: TenantContext, row: LeaverAccountRow): Promise<void> {
  await sql.query(
    `insert into leaver_account (id, person_id, system_id, account, state, seen_at, last_open_at, ended_at, unseen, said_by, said_reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (id) do update set state = excluded.state, seen_at = excluded.seen_at, last_open_at = excluded.last_open_at,
       ended_at = excluded.ended_at, unseen = excluded.unseen, said_by = excluded.said_by, said_reason = excluded.said_reason`,
    [
      row.id,
      row.person_id,
      row.system_id,
      row.account,
      row.state,
      row.seen_at,
      row.last_open_at,
      row.ended_at,
      row.unseen,
      row.said_by,
      row.said_reason,
    ],
  )
}

/** How looks saw the accounts of these places; `{system} {account}` names one. */
export async function listSeen(
  { sql }: TenantContext,
  places: readonly { readonly systemId: string; readonly account: string }[],
): Promise<SeenRow[]> {
  const { rows } = await sql.query<SeenRow>(
    `select s.system_id, s.account, s.is_active, s.seen_at, s.gone_at, l.looked_at, l.why, l.whole_at
     from unnest($1::uuid[], $2::text[]) as p (system_id, account)
     join account_seen s on s.system_id = p.system_id and s.account = p.account
     join roster_look l on l.connection_id = s.connection_id`,
    [places.map(({ systemId }) => systemId), places.map(({ account }) => account)],
  )
  return rows
}

/** The names of systems by their ids. */
export async function listSystemNames({ sql }: TenantContext): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ id: string; name: string }>('select id, name from system')
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Each connection with how its newest look at everybody went, and how many accounts there nobody was named for. */
export async function listRosterLooks({ sql }: TenantContext): Promise<
  {
    readonly connection_id: string
    readonly system_id: string
    readonly system_name: string
    readonly connector: string
    readonly paused: boolean
    readonly looked_at: Date | null
    readonly why: Why | null
    readonly whole_at: Date | null
    readonly unmatched: number
  }[]
> {
  const { rows } = await sql.query<{
    connection_id: string
    system_id: string
    system_name: string
    connector: string
    paused: boolean
    looked_at: Date | null
    why: Why | null
    whole_at: Date | null
    unmatched: number
  }>(
    `select c.id as connection_id, c.system_id, s.name as system_name, c.connector, c.paused, l.looked_at, l.why, l.whole_at,
       (select count(*)::int from account_seen a where a.connection_id = c.id and a.gone_at is null and a.person is null
          and not exists (select from account_holder h where h.system_id = a.system_id and h.account = a.account)) as unmatched
     from connection c join system s on s.id = c.system_id left join roster_look l on l.connection_id = c.id
     order by s.name, c.connector, c.id`,
  )
  return rows
}

export async function isMember({ sql }: TenantContext, accountId: string): Promise<boolean> {
  return (await sql.query('select 1 from membership where account_id = $1', [accountId])).rows.length > 0
}

export async function findSaid({ sql }: TenantContext): Promise<{ digest: string; said_at: Date } | undefined> {
  return (await sql.query<{ digest: string; said_at: Date }>('select digest, said_at from accounts_said')).rows[0]
}

export async function saveSaid({ sql, now }: TenantContext, digest: string): Promise<void> {
  await sql.query(
    `insert into accounts_said (id, digest, said_at) values (1, $1, $2)
     on conflict (id) do update set digest = excluded.digest, said_at = excluded.said_at`,
    [digest, now],
  )
}

export async function listProposals({ sql }: TenantContext): Promise<ProposalRow[]> {
  return (await sql.query<ProposalRow>('select * from leaver_proposal order by proposed_at, id')).rows
}

export async function findProposal({ sql }: TenantContext, id: string): Promise<ProposalRow | undefined> {
  return (await sql.query<ProposalRow>('select * from leaver_proposal where id = $1 for update', [id])).rows[0]
}

/** Proposes somebody of the directory, once. @returns the proposal; undefined: it is not known, or nobody left who has not */
export async function addProposal(
  { sql, now, newId }: TenantContext,
  directoryId: string,
): Promise<string | undefined> {
  const { rows } = await sql.query<{ id: string }>(
    `insert into leaver_proposal (id, directory_id, person_id, name, email, proposed_at)
     select $2, d.id, p.id, d.name, d.email, $3 from directory_person d left join person p on lower(p.email) = lower(d.email)
     where d.id = $1 and p.left_on is null on conflict (directory_id) do nothing returning id`,
    [directoryId, newId(), now],
  )
  return rows[0]?.id
}

/** Whoever is active again in the directory is proposed no more. */
export async function withdrawProposal({ sql }: TenantContext, directoryId: string): Promise<boolean> {
  const { rows } = await sql.query(
    `delete from leaver_proposal where directory_id = $1
       and exists (select from directory_person d where d.id = $1 and d.is_active) returning 1`,
    [directoryId],
  )
  return rows.length > 0
}

export async function removeProposal({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('delete from leaver_proposal where id = $1', [id])
}
