import type { Pool } from 'pg'

/** A tenant whose turn it is. */
export interface Taking {
  readonly id: string
  readonly slug: string
}

/** What a tenant's turn is about. */
export interface Turn {
  readonly own: Taking
  /** Another one to be reached: the next of the look. Null: there is none. */
  readonly other: Taking | null
  /** Which of how many turns in this look it is, from 0. */
  readonly place: number
  readonly places: number
}

/** How far looks that go from tenant to tenant have come. */
export interface Round {
  readonly looked: number
  readonly of: number
  readonly days: number
  readonly overdue: number
}

/** The time within which each tenant has its turn, with one look a day. */
const days = 7
const dayMs = 86_400_000

/** At least so many in each look, so that most installations are looked at as a whole each day. */
const least = 25

/** A look at the installation may take half a minute; there is more to look at than this. */
const budgetMs = 15_000

/** Each holds a few connections and two pools of the bounded ones, while people work with all the others. */
const atOnce = 2

/**
 * Gives the tenants that waited longest their turn, as many as this look has to and can. A turn counts when its work ended
 * well: one that failed comes again first. Nothing is held of a tenant whose turn is over but the result.
 */
export async function takeTurns<T>(
  { control, now }: { control: Pool; now: () => Date },
  work: (turn: Turn) => Promise<T>,
): Promise<{ readonly round: Round; readonly results: readonly T[] }> {
  const of = await countTenants(control)
  const waiting = await listWaiting(control, Math.max(least, Math.ceil(of / (days - 1))))
  const queue = waiting.map((own, place): Turn => {
    const after = [...waiting.slice(place + 1), ...waiting.slice(0, place)]
    // One beside it can be tried in every way; one on another server by the API.
    const other = after.find(({ server }) => server === own.server) ?? after[0]
    return { own, other: other ?? null, place, places: waiting.length }
  })
  const results: T[] = []
  const end = now().getTime() + budgetMs
  const worker = async () => {
    for (let next = queue.shift(); next && now().getTime() < end; next = queue.shift()) {
      const turn = await work(next).then(
        (result) => ({ result }),
        () => null,
      )
      if (turn === null) continue
      results.push(turn.result)
      await keepTurn(control, next.own.id, now())
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const overdue = await countOverdue(control, new Date(now().getTime() - days * dayMs))
  return { round: { looked: results.length, of, days, overdue }, results }
}

/** Those that are there, also while they are suspended: their databases are. */
const there = `t.state in ('ready', 'suspended') and t.importing_by is null`

async function countTenants(control: Pool): Promise<number> {
  const { rows } = await control.query<{ n: number }>(`select count(*)::int as n from tenant t where ${there}`)
  return rows[0]?.n ?? 0
}

async function listWaiting(control: Pool, most: number): Promise<(Taking & { server: string })[]> {
  const { rows } = await control.query<Taking & { server: string }>(
    `select t.id, t.slug, t.server from tenant t left join tenant_turn u on u.tenant_id = t.id where ${there}
     order by u.at nulls first, t.since, t.slug limit $1`,
    [most],
  )
  return rows
}

async function keepTurn(control: Pool, tenantId: string, at: Date): Promise<void> {
  // A tenant that is deleted at this moment keeps none.
  await control.query(
    `insert into tenant_turn (tenant_id, at) select id, $2 from tenant where id = $1
     on conflict (tenant_id) do update set at = excluded.at`,
    [tenantId, at],
  )
}

async function countOverdue(control: Pool, before: Date): Promise<number> {
  const { rows } = await control.query<{ n: number }>(
    `select count(*)::int as n from tenant t left join tenant_turn u on u.tenant_id = t.id
     where ${there} and coalesce(u.at, t.since) < $1`,
    [before],
  )
  return rows[0]?.n ?? 0
}
