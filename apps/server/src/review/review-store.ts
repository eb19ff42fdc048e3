import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import type { AccountState } from './store.ts'

/** What a reviewer says of an account. */
export const decisions = ['keep', 'remove', 'ask'] as const

/** What a reviewer says of an account. */
export type Decision = (typeof decisions)[number]

/** A review of who may do what. */
export interface ReviewRow {
  readonly id: string
  readonly started_by: string | null
  readonly started_at: Date
  readonly signed_at: Date | null
  readonly role: string | null
  readonly list_hash: string | null
  readonly dropped_at: Date | null
}

/** An account as it stood when the review began. */
export interface LineStart {
  readonly line: number
  /** Null: here, in art32 itself. */
  readonly system_id: string | null
  readonly system_name: string
  readonly account: string
  readonly person: string | null
  readonly holder: string | null
  readonly is_admin: boolean
  readonly is_active: boolean | null
  readonly rights: readonly string[]
  readonly used_at: Date | null
  readonly seen_at: Date | null
  readonly changes: readonly string[]
  readonly before: Decision | null
  readonly before_on: string | null
}

/** A line with what was decided. */
export interface LineRow extends LineStart {
  readonly id: string
  readonly review_id: string
  readonly decision: Decision | null
  readonly reason: string
  readonly decided_at: Date | null
  readonly decided_by: string | null
  readonly asked_account: string | null
  readonly answer: 'keep' | 'remove' | null
  readonly answer_reason: string
  readonly answered_at: Date | null
  readonly state: AccountState | null
  readonly state_at: Date | null
}

const columns = `id, review_id, line, system_id, system_name, account, person, holder, is_admin, is_active, rights, used_at, seen_at, changes,
  before, before_on::text as before_on, decision, reason, decided_at, decided_by, asked_account, answer, answer_reason, answered_at,
  state, state_at`

/** Each review, the newest first, with how far it is. */
export async function listReviews({ sql }: TenantContext): Promise<(ReviewRow & Tally)[]> {
  const { rows } = await sql.query<ReviewRow & Tally>(
    `select r.*, ${tally} from access_review r left join (${bySystem('true')}) as l on l.review_id = r.id
     where r.dropped_at is null group by r.id order by r.started_at desc, r.id`,
  )
  return rows
}

/** What was decided of how many. */
export interface Tally {
  readonly lines: number
  readonly keep: number
  readonly remove: number
  readonly ask: number
  /** Asked, and not answered. */
  readonly asking: number
  /** To be removed, and not seen closed. */
  readonly open: number
  readonly systems: number
}

/** Each line is counted once, by its system: a list of thousands is read in one pass, and not sorted for what differs in it. */
const bySystem = (
  of: string,
) => `select review_id, system_id, max(system_name) as name, min(line) as first, count(*) as lines,
  count(decision) as decided, count(*) filter (where changes <> '{}') as changed,
  count(*) filter (where decision = 'keep') as keep, count(*) filter (where decision = 'remove') as remove,
  count(*) filter (where decision = 'ask') as ask, count(*) filter (where decision = 'ask' and answer is null) as asking,
  count(*) filter (where (decision = 'remove' or answer = 'remove') and state = 'open') as open
  from access_line where ${of} group by review_id, system_id`

const tally = `${['lines', 'keep', 'remove', 'ask', 'asking', 'open']
  .map((name) => `coalesce(sum(l.${name}), 0)::int as ${name}`)
  .join(', ')}, count(l.review_id)::int as systems`

/** A review. @param lock until the transaction ends; who only reads needs none, and then nothing is written */
export async function findReview(
  { sql }: TenantContext,
  id: string,
  lock: 'for update' | '' = '',
): Promise<ReviewRow | undefined> {
  const { rows } = await sql.query<ReviewRow>(
    `select * from access_review where id = $1 and dropped_at is null ${lock}`,
    [id],
  )
  return rows[0]
}

export async function findOpenReview({ sql }: TenantContext): Promise<ReviewRow | undefined> {
  await takeTurn({ sql }, 'access_review')
  return (
    await sql.query<ReviewRow>('select * from access_review where signed_at is null and dropped_at is null for update')
  ).rows[0]
}

/** The last one that was signed off. */
export async function findLastSigned({ sql }: TenantContext): Promise<ReviewRow | undefined> {
  return (
    await sql.query<ReviewRow>(
      'select * from access_review where signed_at is not null order by signed_at desc, id limit 1',
    )
  ).rows[0]
}

export async function addReview({ sql, now, caller }: TenantContext, id: string, lines: readonly LineStart[]) {
  await sql.query('insert into access_review (id, started_by, started_at) values ($1, $2, $3)', [
    id,
    caller.accountId,
    now,
  ])
  for (let from = 0; from < lines.length; from += 5_000)
    await sql.query(
      `insert into access_line (review_id, id, line, system_id, system_name, account, person, holder, is_admin, is_active, rights, used_at,
         seen_at, changes, before, before_on)
       select $1, gen_random_uuid(), g.line, g.system_id, g.system_name, g.account, g.person, g.holder, g.is_admin, g.is_active,
         array (select jsonb_array_elements_text(g.rights)), g.used_at, g.seen_at,
         array (select jsonb_array_elements_text(g.changes)), g.before, g.before_on
       from jsonb_to_recordset($2) as g (line int, system_id uuid, system_name text, account text, person text, holder text,
         is_admin boolean, is_active boolean, rights jsonb, used_at timestamptz, seen_at timestamptz, changes jsonb, before text, before_on date)`,
      [id, JSON.stringify(lines.slice(from, from + 5_000))],
    )
}

/** Accounts that there are now, once for each system. */
export async function listPresent({
  sql,
}: TenantContext): Promise<Omit<LineStart, 'line' | 'changes' | 'before' | 'before_on'>[]> {
  const { rows } = await sql.query<Omit<LineStart, 'line' | 'changes' | 'before' | 'before_on'>>(
    `select * from (
       select distinct on (s.name, s.id, a.account) s.id as system_id, s.name as system_name, a.account,
         max(a.person) over place as person, coalesce(p.name, h.owner) as holder, bool_or(a.is_admin) over place as is_admin,
         bool_or(a.is_active) over place as is_active, a.rights, max(a.used_at) over place as used_at,
         max(a.seen_at) over place as seen_at
       from account_seen a join system s on s.id = a.system_id
       left join account_holder h on h.system_id = a.system_id and h.account = a.account
       left join person p on p.id = h.person_id
       where a.gone_at is null window place as (partition by s.id, a.account)
       order by s.name, s.id, a.account, cardinality(a.rights) desc) as seen
     union all
     select s.id, s.name, h.account, null, coalesce(p.name, h.owner), false, null, '{}', null, null
     from account_holder h join system s on s.id = h.system_id left join person p on p.id = h.person_id
     where not exists (select from account_seen a where a.system_id = h.system_id and a.account = h.account)
       and not exists (select from connection c join roster_look l on l.connection_id = c.id where c.system_id = h.system_id)
     order by 2, 3`,
  )
  return rows
}

/** @param filter of one system (`null`: here), or only lines that wait for something */
export async function listLines(
  { sql }: TenantContext,
  reviewId: string,
  filter: {
    readonly system?: string | undefined
    readonly of?: 'open' | 'changed' | 'remove' | 'ask' | undefined
  } = {},
  page: { readonly from: number; readonly size: number } | null = null,
): Promise<LineRow[]> {
  const { rows } = await sql.query<LineRow>(
    `select ${columns} from access_line where review_id = $1 and ${where} order by line
     ${page === null ? '' : `limit ${page.size} offset ${page.from}`}`,
    [reviewId, filter.system ?? null, filter.of ?? null],
  )
  return rows
}

const where = `($2::text is null or coalesce(system_id::text, 'art32') = $2)
  and ($3::text is null or ($3 = 'open' and decision is null) or ($3 = 'changed' and changes <> '{}') or decision = $3)`

export async function countLines(
  { sql }: TenantContext,
  reviewId: string,
  filter: { readonly system?: string | undefined; readonly of?: string | undefined },
): Promise<number> {
  const { rows } = await sql.query<{ n: number }>(
    `select count(*)::int as n from access_line where review_id = $1 and ${where}`,
    [reviewId, filter.system ?? null, filter.of ?? null],
  )
  return rows[0]?.n ?? 0
}

/** A system of a review, with how far it is. */
export interface SystemTally extends Omit<Tally, 'systems'> {
  /** `art32`: here. */
  readonly system: string
  readonly name: string
  readonly decided: number
  readonly changed: number
}

/** The systems of a review with how far each is. */
export async function listSystems({ sql }: TenantContext, reviewId: string): Promise<SystemTally[]> {
  const { rows } = await sql.query<SystemTally>(
    `select coalesce(system_id::text, 'art32') as system, name, lines::int, decided::int, changed::int, keep::int, remove::int,
       ask::int, asking::int, open::int
     from (${bySystem('review_id = $1')}) as l order by first`,
    [reviewId],
  )
  return rows
}

/** What was decided of how many, over all systems of a review. */
export function tallyIn(systems: readonly SystemTally[]): Tally {
  const sum = (of: 'lines' | 'keep' | 'remove' | 'ask' | 'asking' | 'open') =>
    systems.reduce((all, one) => all + one[of], 0)
  return {
    lines: sum('lines'),
    keep: sum('keep'),
    remove: sum('remove'),
    ask: sum('ask'),
    asking: sum('asking'),
    open: sum('open'),
    systems: systems.length,
  }
}

export async function tallyOf(tx: TenantContext, reviewId: string): Promise<Tally> {
  return tallyIn(await listSystems(tx, reviewId))
}

/** @returns how many of them there are */
export async function decide(
  { sql, now, caller }: TenantContext,
  reviewId: string,
  lines: readonly number[],
  { decision, reason, asked }: { decision: Decision; reason: string; asked: string | null },
): Promise<number> {
  const { rows } = await sql.query(
    `update access_line set decision = $3, reason = $4, asked_account = $5, decided_at = $6, decided_by = $7, answer = null,
       answer_reason = '', answered_at = null, state = case when $3 = 'remove' then 'open' end, state_at = case when $3 = 'remove' then $6::timestamptz end
     where review_id = $1 and line = any ($2::int[]) returning 1`,
    [reviewId, lines, decision, reason, asked, now, caller.accountId],
  )
  return rows.length
}

export async function sign({ sql, now, caller }: TenantContext, reviewId: string, listHash: string): Promise<void> {
  await sql.query('update access_review set signed_at = $2, role = $3, list_hash = $4 where id = $1', [
    reviewId,
    now,
    caller.role,
    listHash,
  ])
}

export async function drop({ sql, now }: TenantContext, reviewId: string): Promise<void> {
  await sql.query('update access_review set dropped_at = $2 where id = $1', [reviewId, now])
  await sql.query('delete from access_line where review_id = $1', [reviewId])
}

/** What somebody is asked, and has not answered. */
export async function listAsked({ sql }: TenantContext, accountId: string | null): Promise<LineRow[]> {
  const { rows } = await sql.query<LineRow>(
    `select ${columns} from access_line where asked_account = $1 and decision = 'ask' and answer is null
       and review_id in (select id from access_review where dropped_at is null) order by decided_at, line`,
    [accountId],
  )
  return rows
}

export async function answer(
  { sql, now }: TenantContext,
  id: string,
  { said, reason }: { said: 'keep' | 'remove'; reason: string },
): Promise<void> {
  await sql.query(
    `update access_line set answer = $2, answer_reason = $3, answered_at = $4, state = case when $2 = 'remove' then 'open' end,
       state_at = case when $2 = 'remove' then $4::timestamptz end where id = $1`,
    [id, said, reason, now],
  )
}

/** What the last review that was signed off of each account wants removed. */
export async function listRemovals({ sql }: TenantContext): Promise<LineRow[]> {
  const { rows } = await sql.query<LineRow>(
    `select ${columns} from (
       select distinct on (l.system_id, l.account) l.*, r.signed_at from access_line l join access_review r on r.id = l.review_id
       where r.signed_at is not null order by l.system_id, l.account, r.signed_at desc) as newest
     where decision = 'remove' or answer = 'remove' order by system_name, account`,
  )
  return rows
}

export async function setState({ sql }: TenantContext, id: string, state: AccountState, at: Date): Promise<void> {
  await sql.query('update access_line set state = $2, state_at = $3 where id = $1', [id, state, at])
}

/** Who is asked in a review and has not answered. */
export async function listAskedAccounts({ sql }: TenantContext, reviewId: string): Promise<string[]> {
  const { rows } = await sql.query<{ asked_account: string }>(
    `select distinct asked_account from access_line where review_id = $1 and decision = 'ask' and answer is null
       and asked_account is not null`,
    [reviewId],
  )
  return rows.map(({ asked_account: account }) => account)
}
