import type { Client } from 'pg'
import { latestOutcomes } from '../../apps/server/src/check/store.ts'
import { rounded, type Row } from '../table.ts'

const names = { plain: 'outcome_whole', parts: 'outcome_parts' } as const

/** The outcomes of the sample once more in one table and in a table of months, side by side; both go again. */
export async function partitioned(client: Client): Promise<readonly Row[]> {
  const timed = async (statement: string) => {
    const begun = performance.now()
    await client.query(statement)
    return performance.now() - begun
  }
  const both = async (statement: (table: string) => string) => ({
    plain: await timed(statement(names.plain)),
    parts: await timed(statement(names.parts)),
  })
  for (const statement of made) await client.query(statement)
  const filled = await both((table) => `insert into ${table} select * from outcome order by at`)
  for (const table of Object.values(names)) await client.query(`vacuum analyze ${table}`)
  const latest = await both(
    (table) => `select o.* from ${latestOutcomes.replace('from outcome', () => `from ${table}`)}`,
  )
  const month = `at < now() - interval '11 months'`
  const emptied = await both((table) => `update ${table} set subjects = '[]' where ${month}`)
  const { rows } = await client.query<{ plain: number; parts: number }>(
    `with recursive tree as (
       select oid, case relname when '${names.plain}' then 'plain' else 'parts' end as kind from pg_class where relname in ('${names.plain}', '${names.parts}')
       union all select i.inhrelid, tree.kind from tree join pg_inherits i on i.inhparent = tree.oid
     ), whole as (
       select kind, oid from tree where exists (select 1 from pg_class c where c.oid = tree.oid and c.relkind = 'r')
       union all select kind, x.indexrelid from tree join pg_index x on x.indrelid = tree.oid join pg_class c on c.oid = x.indexrelid where c.relkind = 'i'
       union all select kind, c.reltoastrelid from tree join pg_class c on c.oid = tree.oid where c.reltoastrelid <> 0
       union all select kind, x.indexrelid from tree join pg_class c on c.oid = tree.oid join pg_index x on x.indrelid = c.reltoastrelid
     ) select count(*) filter (where kind = 'plain')::int as plain, count(*) filter (where kind = 'parts')::int as parts from whole`,
  )
  for (const table of Object.values(names)) await client.query(`drop table ${table}`)
  const row = (what: string, unit: string, { plain, parts }: { plain: number; parts: number }): Row => ({
    what: `outcomes in months: ${what}`,
    value: rounded(parts),
    unit,
    bare: { what: 'in one table', value: rounded(plain) },
  })
  return [
    row('all of them inserted', 'ms', filled),
    row('the latest ones found', 'ms', latest),
    row('the subjects of one month emptied', 'ms', emptied),
    row('tables and indexes', '', rows[0] ?? { plain: Number.NaN, parts: Number.NaN }),
  ]
}

/** As the migrations have it; a key over months must hold the time. */
const made: readonly string[] = [
  `create table ${names.plain} (like outcome including defaults)`,
  `alter table ${names.plain} add primary key (id)`,
  `create table ${names.parts} (like outcome including defaults) partition by range (at)`,
  `alter table ${names.parts} add primary key (id, at)`,
  `do $$ begin
     for n in -1 .. 13 loop
       execute format('create table ${names.parts}_%s partition of ${names.parts} for values from (%L) to (%L)', n + 1,
         date_trunc('month', now()) - n * interval '1 month', date_trunc('month', now()) - (n - 1) * interval '1 month');
     end loop;
   end $$`,
  ...Object.values(names).flatMap((table) => [
    `create index on ${table} (run_id)`,
    `create index on ${table} (reading_id)`,
    `create index on ${table} using hash (commitment)`,
    `create index on ${table} (check_id, system_id, parameters, at desc) where not superseded`,
    `create index on ${table} (at) where subjects <> '[]'`,
  ]),
]
