import type { TenantContext } from '../evidence/index.ts'
import type { State } from './duty.ts'
import type { DutyRow, OccurrenceRow } from './store.ts'

/**
 * Lists that are cut in the database: a page of a hundred is read as quickly from fifty thousand due days as from fifty.
 * How a day stands is said here as `stateOf` says it; `list.test.ts` compares both.
 */

/** What the caller can act on. */
export interface Mine {
  readonly accountId: string
  /** Duties that the caller may sign off, each with the stages of a due day at which they may: 1 usual, 2 overdue, 4 missed. */
  readonly duties: readonly (readonly [dutyId: string, stages: number])[]
  /** Whether they confirm any second signature. */
  readonly isSecond: boolean
}

/** Which due days are wanted. */
export interface Wanted {
  readonly today: string
  /** `open`: whatever is not done; null: of every state. */
  readonly state: State | 'open' | null
  /** Null: everybody's. */
  readonly mine: Mine | null
}

const columns = `o.id, o.duty_id, o.due_on::text as due_on, o.from_on::text as from_on, o.last_on::text as last_on, o.label, o.told,
  o.done_on::text as done_on, o.done_at, o.first_id`
const tables = 'occurrence o join duty d on d.id = o.duty_id'
// As a case, which the planner takes for every second duty: as a plain condition it would take it for one in two hundred, as long
// as it does not know the table, and ask the due days duty by duty.
const goesOn = 'case when d.retired_at is null then true else false end'
// Of a retired duty only what is over.
const isShown = `(o.done_at is not null or ${goesOn})`

const state = `case when o.done_at is not null then 'done' when $1::date > o.last_on then 'missed'
  when o.first_id is not null then 'waiting' when $1::date > o.due_on then 'overdue'
  when $1::date = o.due_on then 'due' else 'coming' end`

// Joined and not compared with an array: the planner would reckon each due day with each of thousands of duties.
const withMine = 'left join unnest($3::uuid[], $4::int[]) as m (duty_id, stages) on m.duty_id = o.duty_id'
const isOfStage =
  '(coalesce(m.stages, 0) & case when $1::date > o.last_on then 4 when $1::date > o.due_on then 2 else 1 end) > 0'
const isMine = `(o.done_at is null and ${goesOn} and ((o.first_id is null and ${isOfStage})
  or (o.first_id is not null and ($5::boolean or d.deputy_account = $2::uuid or ${isOfStage})
    and (select account_id from sign_off where id = o.first_id) is distinct from $2::uuid)))`

function mineValues({ accountId, duties, isSecond }: Mine): unknown[] {
  return [accountId, duties.map(([id]) => id), duties.map(([, stages]) => stages), isSecond]
}

/** The condition and its values; the day is always the first. */
function conditionOf({ today, state: wanted, mine }: Wanted): { from: string; where: string; values: unknown[] } {
  const values: unknown[] = [today, ...(mine ? mineValues(mine) : [])]
  const terms = [isShown, ...(mine ? [isMine] : [])]
  // Said apart from how it stands, so that the index of what is open serves it.
  if (wanted === 'done') terms.push('o.done_at is not null')
  else if (wanted !== null) terms.push('o.done_at is null')
  if (wanted !== null && wanted !== 'open' && wanted !== 'done') {
    values.push(wanted)
    terms.push(`${state} = $${values.length}`)
  }
  // The day has to be of a known kind also where nothing asks for it.
  const from = mine ? `${tables} ${withMine}` : tables
  // What is done is shown whatever became of its duty: no need to ask, and the largest list is the quickest.
  if (wanted === 'done' && !mine)
    return { from: 'occurrence o', where: '$1::date is not null and o.done_at is not null', values }
  return { from, where: `$1::date is not null and ${terms.join(' and ')}`, values }
}

export async function countDue({ sql }: TenantContext, wanted: Wanted): Promise<number> {
  const { from, where, values } = conditionOf(wanted)
  const { rows } = await sql.query<{ found: number }>(
    `select count(*)::int as found from ${from} where ${where}`,
    values,
  )
  return rows[0]?.found ?? 0
}

/** A page of due days, the oldest first and by title; what is done from its end. */
export async function listDue(
  { sql }: TenantContext,
  wanted: Wanted,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<OccurrenceRow[]> {
  const { from, where, values } = conditionOf(wanted)
  const [second, down] = wanted.state === 'done' ? ['o.done_at', ' desc'] : ['lower(d.title)', '']
  const order = (first: string, then: string, last: string) => `${first}${down}, ${then}${down}, ${last}`
  // Ids first: what is written as text is written for a page, and not for all that is sorted. And no more is sorted than is
  // read so far, which a number for each row would undo.
  const { rows } = await sql.query<OccurrenceRow>(
    `select ${columns} from (select o.id, o.due_on as day, ${second} as second from ${from} where ${where}
       order by ${order('o.due_on', second, 'o.id')} limit $${values.length + 1} offset $${values.length + 2}) as cut
     join occurrence o on o.id = cut.id order by ${order('cut.day', 'cut.second', 'cut.id')}`,
    [...values, limit, offset],
  )
  return rows
}

/** How many due days stand how. */
export async function countStates(
  { sql }: TenantContext,
  today: string,
): Promise<{ open: number; overdue: number; missed: number; done: number }> {
  const { rows } = await sql.query<{ open: number; overdue: number; missed: number; done: number }>(
    `select count(*)::int as open, count(*) filter (where s = 'overdue')::int as overdue,
       count(*) filter (where s = 'missed')::int as missed,
       (select count(*)::int from occurrence where done_at is not null) as done
     from (select ${state} as s from ${tables} where o.done_at is null and ${goesOn}) as standing`,
    [today],
  )
  return rows[0] ?? { open: 0, overdue: 0, missed: 0, done: 0 }
}

/** What says whose a duty is, of every duty that goes on. */
export async function listOwned({
  sql,
}: TenantContext): Promise<Pick<DutyRow, 'id' | 'owner_account' | 'owner_role' | 'deputy_account'>[]> {
  const { rows } = await sql.query<Pick<DutyRow, 'id' | 'owner_account' | 'owner_role' | 'deputy_account'>>(
    'select id, owner_account, owner_role, deputy_account from duty where retired_at is null',
  )
  return rows
}

/** Ids of a page of duties, those that go on first, by their titles. @param find what the title holds; empty: anything */
export async function listDutyIds(
  { sql }: TenantContext,
  { find, limit, offset }: { readonly find: string; readonly limit: number; readonly offset: number },
): Promise<{ readonly ids: string[]; readonly found: number }> {
  const { rows } = await sql.query<{ id: string; found: number }>(
    `select id, count(*) over ()::int as found from duty where position(lower($1) in lower(title)) > 0
     order by retired_at is not null, lower(title), id limit $2 offset $3`,
    [find, limit, offset],
  )
  return { ids: rows.map(({ id }) => id), found: rows[0]?.found ?? 0 }
}

/** How often a duty was performed on time, and its oldest open day. */
export interface FigureRow {
  readonly duty_id: string
  readonly on_time: number
  readonly counted: number
  /** The oldest due day that is open; null: none is. */
  readonly next: string | null
  /** Of those on time that were written down about when the grace ended, or later: when, and the last day in time. */
  readonly late: readonly { readonly at: string; readonly last: string }[] | null
}

/** The figures of some duties. Whether something was written down too late is said by the tenant's calendar, not here. */
export async function listFigures(
  { sql }: TenantContext,
  ids: readonly string[],
  today: string,
): Promise<Map<string, FigureRow>> {
  const { rows } = await sql.query<FigureRow>(
    `select duty_id, count(*) filter (where done_on <= last_on)::int as on_time,
       count(*) filter (where done_at is not null or $2::date > last_on)::int as counted,
       (min(due_on) filter (where done_at is null))::text as next,
       json_agg(json_build_object('at', done_at, 'last', last_on))
         filter (where done_on <= last_on and done_at > last_on::timestamp at time zone 'UTC') as late
     from occurrence where duty_id = any($1::uuid[]) group by duty_id`,
    [ids, today],
  )
  return new Map(rows.map((row) => [row.duty_id, row]))
}

/** Every duty that goes on and every one that is over, with all its due days in a span, by title and day. */
export async function listSpan(
  { sql }: TenantContext,
  { from, until }: { readonly from: string | null; readonly until: string | null },
): Promise<(OccurrenceRow & { readonly title: string })[]> {
  const { rows } = await sql.query<OccurrenceRow & { readonly title: string }>(
    `select ${columns}, d.title from ${tables} where ${isShown} and ($1::date is null or o.due_on >= $1)
       and ($2::date is null or o.due_on <= $2) order by o.due_on, lower(d.title), o.id`,
    [from, until],
  )
  return rows
}

/** What is open, of duties that go on. */
export async function listOpen({ sql }: TenantContext): Promise<OccurrenceRow[]> {
  const { rows } = await sql.query<OccurrenceRow>(
    `select ${columns} from ${tables} where o.done_at is null and ${goesOn} order by o.due_on, o.label, o.id`,
  )
  return rows
}
