import { checks, connectors, isFor } from '@art32/probes'
import type { Reading } from '@art32/probes'
import type { Client } from 'pg'
import { keepReadings } from '../../apps/server/src/check/index.ts'
import { listConnections } from '../../apps/server/src/connection/index.ts'
import type { ConnectionRow } from '../../apps/server/src/connection/index.ts'
import type { TenantContext } from '../../apps/server/src/evidence/index.ts'
import type { Server } from '../../apps/server/src/main.ts'
import { manyFacts } from '../../packages/probes/src/testing/many-facts.ts'

/** What the sample looks at: one of each, each with a hundred facts. */
const looked = ['tls', 'http', 'dns', 'github', 'azure', 'entra', 'postgres', 'hetzner', 'backup', 'git'] as const
const facts = 100

/** How often each was looked at by the product's own code before what it stored is multiplied. */
const rounds = 3

/** What one look costs, by the product's own code. */
export interface Looked {
  readonly looks: number
  readonly outcomes: number
  /** Milliseconds of all of them, one after the other, integrated and signed. */
  readonly taken: number
}

/** The tenant of the sample. */
export const slug = 'sample'

/** Systems and connections, which nothing looks at by itself. */
export async function connect(server: Server): Promise<void> {
  await server.tenants.asSystem(slug, async ({ sql }) => {
    await sql.query(
      `with named as (select unnest($1::text[]) as name), made as (
         insert into system (id, name, kind, environment, created_at)
         select gen_random_uuid(), name, 'service', 'production', now() from named returning id, name)
       insert into connection (id, system_id, connector, target, settings, every, paused, environment, next_at, created_at)
       select gen_random_uuid(), id, name, name || '.example.com', '', 'P1D', true, 'production', now() + interval '10 years', now() from made`,
      [looked],
    )
  })
}

/** Looks at every connection some times, each look a run and a transaction of its own as the schedule makes it. */
export async function look(server: Server, times = rounds): Promise<Looked> {
  const open = await server.registry.open(slug)
  const before = await countOutcomes(server)
  const begun = performance.now()
  let looks = 0
  for (let round = 0; round < times; round++)
    for (const connector of looked) {
      await lookOnce(server, connector)
      await server.ledgers.settle(open)
      looks += 1
    }
  return { looks, outcomes: (await countOutcomes(server)) - before, taken: performance.now() - begun }
}

/** One look as the schedule makes it. */
export async function lookOnce(server: Server, connector: string = looked[0]): Promise<void> {
  await server.tenants.asSystem(slug, async (tx) => {
    const connection = await connectionOf(tx, connector)
    await keepReadings(tx, [{ connection, reading: readingOf(connector, tx.now) }], { judged: () => Promise.resolve() })
  })
}

async function connectionOf(tx: TenantContext, connector: string): Promise<ConnectionRow> {
  const found = (await listConnections(tx)).find((row) => row.connector === connector)
  if (!found) throw new Error(`${connector} is not connected`)
  return found
}

/** By the connector's own schema, the same each time: nothing changes between two looks. */
const seen = new Map<string, Reading>()
function readingOf(id: string, now: Date): Reading {
  const connector = connectors.find((one) => one.id === id)
  if (!connector) throw new Error(`there is no connector ${id}`)
  const groups = manyFacts(connector, Object.keys(connector.facts), { facts, shape: 'wide', variant: 0 })
  if (!groups || !checks.some((check) => isFor(check, id))) throw new Error(`${id} has nothing to judge`)
  const known = seen.get(id) ?? {
    read: 'ok',
    complete: true,
    at: now.toISOString(),
    source: id,
    facts: Object.fromEntries(
      Object.entries(groups).map(([name, group]) => [name, { read: 'ok', complete: true, facts: group }]),
    ),
  }
  seen.set(id, known)
  return { ...known, at: now.toISOString() }
}

async function countOutcomes(server: Server): Promise<number> {
  const { rows } = await server.tenants.asSystem(slug, ({ sql }) =>
    sql.query<{ n: number }>('select count(*)::int as n from outcome'),
  )
  return rows[0]?.n ?? 0
}

/**
 * What the last round of looks stored, so often that there are so many outcomes, spread over the year before. Ids, hashes,
 * salts and sealed facts are other ones in every copy, so that nothing is smaller than it would be. The ledger's rows lie
 * beyond the log's own indexes: its head stays true.
 *
 * @returns how many looks and outcomes there are more
 */
export async function multiply(client: Client, outcomes: number): Promise<{ looks: number; outcomes: number }> {
  await client.query(`set max_parallel_workers_per_gather = 0; set work_mem = '64MB'`)
  await client.query(
    `create temp table base as select r.id, (select count(*) from outcome o where o.run_id = r.id) as outcomes
     from run r order by requested_at desc limit ${looked.length}`,
  )
  const { rows } = await client.query<{ n: number }>('select sum(outcomes)::int as n from base')
  const each = rows[0]?.n ?? 0
  const copies = Math.ceil(outcomes / each)
  await client.query(
    `create temp table copy as select b.id as old, gen_random_uuid() as id, gen_random_uuid() as reading, k,
       now() - (k * interval '365 days' / ${copies + 1}) as at from base b cross join generate_series(1, ${copies}) k`,
  )
  await client.query('analyze copy')
  for (const statement of statements) await client.query(statement)
  return { looks: copies * looked.length, outcomes: copies * each }
}

/** Where the copies of leaves begin: far beyond the log's own. */
const beyond = 1_000_000_000

/** So many bytes of noise as a value has. */
const noise = (value: string, seed: string) =>
  `substr((select string_agg(sha256((${seed} || ':' || i)::bytea), ''::bytea) from generate_series(0, octet_length(${value}) / 32) i), 1, octet_length(${value}))`

const statements: readonly string[] = [
  `insert into run select p.* from copy c join run r on r.id = c.old
     cross join lateral jsonb_populate_record(r, jsonb_build_object('id', c.id, 'requested_at', c.at, 'started_at', c.at, 'finished_at', c.at)) p
     order by c.at`,
  `insert into reading (id, run_id, connection_id, read, why, facts, facts_hash, requests, at)
     select c.reading, c.id, r.connection_id, r.read, r.why, ${noise('r.facts', 'c.reading')}, sha256(c.reading::text::bytea), r.requests, c.at
     from copy c join reading r on r.run_id = c.old order by c.at`,
  `insert into outcome select p.* from copy c join outcome o on o.run_id = c.old
     cross join lateral (select md5(o.id::text || c.id::text)::uuid as id) made
     cross join lateral jsonb_populate_record(o, jsonb_build_object('id', made.id, 'run_id', c.id, 'reading_id', c.reading, 'at', c.at,
       'judged_at', c.at, 'fresh_until', c.at + interval '2 days', 'commitment', sha256(made.id::text::bytea))) p
     order by c.at`,
  // The leaves of the last round: those of its outcomes and of its runs.
  `create temp table leaf as
     with first as (select min(l.idx) as idx from log_entry l where l.subject in (select id::text from base)),
     round as (select l.* from log_entry l, first where l.idx >= first.idx)
     select ${beyond} + row_number() over (order by k desc, round.idx) - 1 as idx, round.idx as old, k, round.type, round.subject, c.at,
       convert_to(regexp_replace(regexp_replace(convert_from(round.leaf, 'UTF8'),
         '"c":"[^"]{44}"', '"c":"' || encode(sha256((round.idx || 'a' || k)::bytea), 'base64') || '"', 1, 1),
         '"c":"[^"]{44}"', '"c":"' || encode(sha256((round.idx || 'b' || k)::bytea), 'base64') || '"', 1, 2), 'UTF8') as leaf
     from round cross join (select distinct k, at from copy where old = (select id from base limit 1)) c`,
  `insert into log_entry (idx, leaf, leaf_hash, at, type, subject) select idx, leaf, sha256(leaf), at, type, subject from leaf order by idx`,
  `insert into opening (commitment, idx, role, salt, content)
     select sha256(o.commitment || l.k::text::bytea), l.idx, o.role, sha256(o.salt || l.k::text::bytea),
       convert_to(regexp_replace(convert_from(o.content, 'UTF8'), '[0-9a-f]{64}', encode(sha256((l.idx || 'c')::bytea), 'hex')), 'UTF8')
     from leaf l join opening o on o.idx = l.old order by l.idx`,
  `insert into log_tile (level, n, width, data)
     select 0, ${beyond} / 256 + n, 256, (select string_agg(sha256((n || ':' || i)::bytea), ''::bytea) from generate_series(1, 256) i)
     from generate_series(1, (select count(*) / 256 from leaf)) n`,
  `insert into log_checkpoint (size, root, note, at)
     select ${beyond} + row_number() over (order by c.at), sha256(c.id::text::bytea),
       regexp_replace(s.note, '[A-Za-z0-9+/]{80,}', encode(sha512(c.id::text::bytea), 'base64')), c.at
     from copy c cross join (select note from log_checkpoint order by size desc limit 1) s`,
  'vacuum analyze',
]
