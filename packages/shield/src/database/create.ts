import type { Client } from 'pg'
import { z } from 'zod'
import type { Catalogue, Column, Table } from './catalogue.ts'
import { quoted } from './connect.ts'

const typeRow = z.object({ statement: z.string() })

/**
 * Makes the tables of the source in the target: types, sequences, columns with defaults; keys come when the rows are there. No views, functions,
 * triggers, rights, or indexes that only make things quick; partitioned tables are plain ones.
 */
export async function createTables(source: Client, target: Client, { tables, sequences }: Catalogue): Promise<void> {
  const schemas = new Set([...tables, ...sequences].map(({ schema }) => schema))
  for (const schema of schemas) await target.query(`create schema if not exists ${quoted(schema)}`)
  for (const sql of [extensionsSql, enumsSql, domainsSql]) {
    const { rows } = await source.query<Record<string, unknown>>(sql)
    for (const { statement } of z.array(typeRow).parse(rows)) await target.query(statement)
  }
  for (const { schema, name, type, start, increment, owner } of sequences) {
    if (owner?.isIdentity === true) continue
    await target.query(
      `create sequence ${quoted(schema)}.${quoted(name)} as ${type} increment by ${increment} start with ${start}`,
    )
  }
  for (const table of tables) {
    const columns = table.columns.map(columnSql).join(', ')
    await target.query(`create table ${quoted(table.schema)}.${quoted(table.name)} (${columns})`)
  }
  for (const { schema, name, owner } of sequences) {
    if (owner === null || owner.isIdentity) continue
    await target.query(
      `alter sequence ${quoted(schema)}.${quoted(name)} owned by ${quoted(owner.schema)}.${quoted(owner.table)}.${quoted(owner.column)}`,
    )
  }
}

/** Primary keys and what is unique, when the rows are there. */
export async function createKeys(target: Client, tables: readonly Table[]): Promise<void> {
  for (const { schema, name, keys } of tables) {
    for (const key of keys) {
      const isIndex = /^create /iu.test(key.definition)
      await target.query(
        isIndex
          ? key.definition
          : `alter table ${quoted(schema)}.${quoted(name)} add constraint ${quoted(key.name)} ${key.definition}`,
      )
    }
  }
}

function columnSql({ name, type, notNull, identity, generated, default: value }: Column): string {
  const parts = [quoted(name), type]
  if (generated !== null) parts.push(`generated always as (${generated}) stored`)
  else if (identity !== '') parts.push(`generated ${identity === 'a' ? 'always' : 'by default'} as identity`)
  else if (value !== null) parts.push(`default ${value}`)
  if (notNull) parts.push('not null')
  return parts.join(' ')
}

const own = "n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'"
const ofTables = (type: string) =>
  `exists (select from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
            where a.attnum > 0 and not a.attisdropped and a.atttypid in (${type}.oid, ${type}.typarray))`
const notOfExtension = `not exists (select from pg_depend x where x.classid = 'pg_type'::regclass and x.objid = t.oid and x.deptype = 'e')`

const extensionsSql = `
  select distinct format('create extension if not exists %I', e.extname) as statement
    from pg_extension e join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'e'
         join pg_type t on d.classid = 'pg_type'::regclass and t.oid = d.objid
   where ${ofTables('t')}`

const enumsSql = `
  select format('create type %I.%I as enum (%s)', n.nspname, t.typname,
                (select string_agg(quote_literal(l.enumlabel), ', ' order by l.enumsortorder) from pg_enum l where l.enumtypid = t.oid)) as statement
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
   where t.typtype = 'e' and ${own} and ${notOfExtension} order by t.oid`

/** Without their checks: what the shield writes may not pass them, and a copy without keeps its types. */
const domainsSql = `
  select format('create domain %I.%I as %s%s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod),
                case when t.typnotnull then ' not null' else '' end) as statement
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
   where t.typtype = 'd' and ${own} and ${notOfExtension} order by t.oid`
