import type { TenantContext } from '../evidence/index.ts'
import { addDays } from '../calendar/index.ts'
import { contractStates, endingDays } from './contract.ts'
import type { ContractState } from './contract.ts'
import type { CustomerRow } from './store.ts'

/** What the list of customers is narrowed to. `none`: without any agreement. */
export const listed = ['all', ...contractStates, 'none', 'no-edition'] as const

/** What the list of customers is narrowed to. */
export type Listed = (typeof listed)[number]

/** A customer with the agreement that counts: the one in force, or else the newest. */
export interface ListedRow extends CustomerRow {
  readonly contract_id: string | null
  readonly title: string | null
  readonly state: ContractState | null
  readonly valid_until: string | null
  readonly edition: number | null
  readonly confirmed: boolean
  readonly contracts: number
  readonly open: number
  readonly due_on: string | null
}

// The same as `stateOf`, where lists of a thousand are counted; a test holds the two against each other.
const stateSql = `case
    when k.ended_on is not null and k.ended_on <= $1::date then 'ended'
    when k.valid_until < $1::date then 'expired'
    when k.valid_from > $1::date then 'coming'
    when least(k.valid_until, k.ended_on) <= $2::date then 'ending'
    else 'in-force' end`

const tables = `(select c.*, k.contract_id, k.title, k.state, k.valid_until, k.edition, coalesce(k.confirmed, false) as confirmed
    from customer c left join lateral (
      select k.id as contract_id, k.title, k.valid_until, k.edition, k.confirmed_at is not null as confirmed, ${stateSql} as state
      from contract k where k.customer_id = c.id
      order by array_position(array['in-force', 'ending', 'coming', 'expired', 'ended'], ${stateSql}), k.valid_from desc, k.id limit 1
    ) k on true) l`

const matches = `($3 = 'all' or l.state = $3 or ($3 = 'none' and l.contract_id is null)
      or ($3 = 'no-edition' and l.state in ('in-force', 'ending') and l.edition is null))
    and ($4 = '' or position(lower($4) in lower(l.name)) > 0 or position(lower($4) in lower(l.reference)) > 0)`

/** A page of customers by name. @param after the last customer of the page before */
export async function pageOfCustomers(
  { sql }: TenantContext,
  today: string,
  { of, find, after, most }: { of: Listed; find: string; after: string | null; most: number | null },
): Promise<ListedRow[]> {
  const { rows } = await sql.query<ListedRow>(
    `select l.*, l.valid_until::text as valid_until,
       (select count(*)::int from contract k where k.customer_id = l.id) as contracts,
       o.open, o.due_on
     from ${tables} left join lateral (
       select count(*)::int as open, min(m.due_on)::text as due_on from contract_matter m join contract k on k.id = m.contract_id
       where k.customer_id = l.id and m.closed_on is null) o on true
     where ${matches}
       and ($5::uuid is null or (lower(l.name), l.id) > (select lower(name), id from customer where id = $5))
     order by lower(l.name), l.id limit $6`,
    [today, addDays(today, endingDays), of, find, after, most],
  )
  return rows
}

/** How many customers there are of each kind, and how much is open. */
export async function countListed(
  { sql }: TenantContext,
  today: string,
): Promise<Readonly<Record<Listed, number>> & { readonly open: number; readonly overdue: number }> {
  const { rows } = await sql.query<{ name: Listed; n: number }>(
    `select coalesce(l.state, 'none') as name, count(*)::int as n from ${tables} group by 1
     union all select 'no-edition', count(*)::int from ${tables} where l.state in ('in-force', 'ending') and l.edition is null`,
    [today, addDays(today, endingDays)],
  )
  const { rows: matters } = await sql.query<{ open: number; overdue: number }>(
    `select count(*)::int as open, count(*) filter (where due_on < $1::date)::int as overdue from contract_matter
     where closed_on is null`,
    [today],
  )
  const found = new Map(rows.map(({ name, n }) => [name, n]))
  const of = (name: Listed) => found.get(name) ?? 0
  const states = { coming: of('coming'), 'in-force': of('in-force'), ending: of('ending') }
  const over = { expired: of('expired'), ended: of('ended'), none: of('none') }
  const all = [...Object.values(states), ...Object.values(over)].reduce((sum, n) => sum + n, 0)
  return { ...states, ...over, all, 'no-edition': of('no-edition'), open: 0, overdue: 0, ...matters[0] }
}

/** How many agreements hold today, where their customers are not asked for. */
export async function countInForce({ sql }: TenantContext, today: string): Promise<number> {
  const { rows } = await sql.query<{ n: number }>(
    `select count(*)::int as n from (select ${stateSql} as state from contract k) s where state in ('in-force', 'ending')`,
    [today, addDays(today, endingDays)],
  )
  return rows[0]?.n ?? 0
}
